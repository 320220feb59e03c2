// The page around the app: opens it as the Shopify admin does, draws its navigation, and works the panel.
const SHOP = "sandbox-shop.myshopify.com";
const HOST = btoa("admin.shopify.com/store/sandbox-shop");
const POLL = 2000;
const get = (id) => document.getElementById(id);
const frame = get("app");

// The app in its frame.
async function openApp() {
  const token = await (await fetch("/sandbox/token")).text();
  const wanted = new URL(decodeURIComponent(location.hash.slice(1)) || "/app", location.origin);
  const inside = wanted.origin === location.origin && wanted.pathname.startsWith("/app");
  const url = inside ? wanted : new URL("/app", location.origin);
  for (const [name, value] of Object.entries({
    shop: SHOP,
    host: HOST,
    embedded: "1",
    locale: locale(),
    id_token: token,
  })) {
    url.searchParams.set(name, value);
  }
  frame.src = url.pathname + url.search;
}

const heard = {
  place({ path }) {
    history.replaceState(null, "", `#${path}`);
    markPlace(path);
  },
  nav({ links }) {
    const items = links.map(({ label, href }) => {
      const link = Object.assign(document.createElement("a"), { textContent: label, href: `#${href}` });
      link.dataset.path = href;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        frame.contentWindow.postMessage({ sandbox: "go", href }, location.origin);
      });
      const item = document.createElement("li");
      item.append(link);
      return item;
    });
    get("links").replaceChildren(...items);
    markPlace(location.hash.slice(1));
  },
  loading({ on }) {
    get("progress").hidden = !on;
  },
  title({ title }) {
    document.title = `${title} · Sandbox shop`;
  },
};
addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== frame.contentWindow) return;
  if (Object.hasOwn(heard, data?.sandbox)) heard[data.sandbox](data);
});

function markPlace(path) {
  const place = path.split("?")[0];
  for (const link of get("links").querySelectorAll("a")) {
    if (link.dataset.path === place) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// As Shopify does, the admin's language is handed over with the address that the frame is opened with.
const locale = () => get("locale").value;
get("locale").value = new URLSearchParams(location.search).get("locale") ?? "en";
if (!locale()) get("locale").value = "en";
get("locale").addEventListener("change", () => {
  history.replaceState(null, "", `?locale=${locale()}${location.hash}`);
  openApp();
});

// Narrow screens show one thing at a time.
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.show;
    for (const one of document.querySelectorAll("[data-show]"))
      one.setAttribute("aria-pressed", String(one === button));
  });
}

// The panel.
async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return await answer.json();
}

function say({ says, error, answers = {} }) {
  const refused = Object.entries(answers).filter(([answer]) => answer !== "200");
  const trouble = refused.map(([answer, count]) => `${count} webhooks got ${answer}.`).join(" ");
  get("said").textContent = [says ?? error, trouble].filter(Boolean).join(" ");
}

async function during(button, work) {
  button.disabled = true;
  try {
    say(await work());
  } catch {
    say({ error: "The app cannot be reached just now." });
  }
  button.disabled = false;
  await refresh();
}

for (const button of document.querySelectorAll("[data-deed]")) {
  button.addEventListener("click", () =>
    during(button, () => post(`/sandbox/${button.dataset.deed}`, { count: Number(button.dataset.count ?? 1) })),
  );
}

const cards = new Map();
function cardOf({ slug, name }, modes) {
  const there = cards.get(slug);
  if (there) return there;
  const card = get("vendor").content.firstElementChild.cloneNode(true);
  const part = (selector) => card.querySelector(selector);
  part("h3").textContent = name;
  part("label span").textContent = `How ${name} fails`;
  for (const [mode, words] of Object.entries(modes)) part("select").append(new Option(words, mode));
  part("select").value = "500";
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const mode = card.classList.contains("ill") ? null : part("select").value;
    during(part("button"), () => post(`/sandbox/vendors/${slug}`, { mode }));
  });
  card.dataset.vendor = slug;
  get("vendors").append(card);
  cards.set(slug, card);
  return card;
}

function draw({ own, reached, modes, vendors }) {
  const note = own
    ? "The vendors cannot be reached just now."
    : "These vendors run elsewhere: their counts are not known here, and they cannot be told to fail.";
  get("note").textContent = note;
  get("note").hidden = own && reached;
  for (const vendor of vendors) drawVendor(cardOf(vendor, modes), vendor, { own, reached, modes });
}

function drawVendor(card, { name, mode = null, counts = {}, breaches = 0 }, { own, reached, modes }) {
  const part = (selector) => card.querySelector(selector);
  card.classList.toggle("ill", mode !== null);
  card.classList.toggle("unknown", !reached);
  part(".state").textContent = mode ? "Fails" : reached ? "Works" : own ? "Not reached" : "Elsewhere";
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  part(".counts").replaceChildren(
    ...(counted.length
      ? counted.flatMap(([kind, count], at) => [at ? " · " : "", `${kind} `, bold(count)])
      : [reached ? "Nothing counted yet" : ""]),
  );
  part(".breaches").hidden = breaches === 0;
  part(".breaches").textContent = breaches === 1 ? "1 breach of its contract" : `${breaches} breaches of its contract`;
  part(".why").hidden = mode === null;
  part(".why").textContent = mode ? `${modes[mode]}.` : "";
  part("label").hidden = mode !== null;
  part("select").disabled = !own;
  const button = part("button");
  button.disabled = !own;
  button.textContent = mode ? `Heal ${name}` : "Make it fail";
  button.setAttribute("aria-label", mode ? `Heal ${name}` : `Make ${name} fail`);
}
const bold = (count) => Object.assign(document.createElement("b"), { textContent: count.toLocaleString("en") });

async function refresh() {
  try {
    draw(await (await fetch("/sandbox/state")).json());
  } catch {
    // The web process is being started again; what is drawn stays until it is back.
  }
}
setInterval(() => document.hidden || refresh(), POLL);

openApp();
refresh();
