// Keeps, after consent only, how a visitor came and which visitor it is in one first-party cookie, and lends both to the cart.
(() => {
  const COOKIE = "switchyard";
  const LIFE = 30 * 24 * 60 * 60; // seconds; Safari keeps a script's cookie for 7 days at most
  const LONGEST = 499; // characters of the cart attribute, which staff can see on the order
  const CLICKS = {
    pjclid: /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}_[\da-z]{16}$/i,
    gclid: /^[\w.-]+$/,
    fbclid: /^[\w.-]+$/,
  };
  const UTM = ["source", "medium", "campaign", "term", "content", "id"];
  const landing = new URLSearchParams(location.search);

  function cookie(name) {
    const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
    try {
      return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
    } catch {
      return ""; // another script's cookie, not written as we write it
    }
  }

  function keep(state) {
    const [text, life] = state ? [encodeURIComponent(JSON.stringify(state)), LIFE] : ["", 0];
    // biome-ignore lint/suspicious/noDocumentCookie: Safari has had no Cookie Store API for long
    document.cookie = `${COOKIE}=${text}; path=/; max-age=${life}; SameSite=Lax; Secure`;
  }

  function kept() {
    try {
      return JSON.parse(cookie(COOKIE)) || {};
    } catch {
      return {}; // none yet, or spoilt by hand
    }
  }

  /** The click of this landing, else the one that is kept and not yet 30 days old. The same click keeps its first time. */
  function click(name, old) {
    const now = new Date();
    const known = !!old?.id && CLICKS[name].test(old.id) && now - new Date(old.at) < LIFE * 1000;
    const id = (landing.get(name) || "").trim();
    if (CLICKS[name].test(id) && !(known && old.id === id)) return { id, at: `${now.toISOString().slice(0, 19)}Z` };
    return known ? { id: old.id, at: old.at } : undefined;
  }

  /** What may be kept under this consent. The first to be added stay where not all fits. */
  function compose(old, consent) {
    const v = /^[\da-f-]{36}$/.test(old.v) ? old.v : crypto.randomUUID();
    const state = { v, c: consent, clicks: {}, utm: {} };
    const add = (place, name, value) => {
      if (!value) return;
      place[name] = value;
      if (JSON.stringify(state).length > LONGEST) delete place[name];
    };
    if (consent.marketing) for (const name in CLICKS) add(state.clicks, name, click(name, old.clicks?.[name]));
    const landed = UTM.some((name) => landing.has(`utm_${name}`));
    for (const name of UTM) add(state.utm, name, landed ? landing.get(`utm_${name}`) : old.utm?.[name]);
    return state;
  }

  /** @returns the answer of a call to Shopify's Ajax cart; {} where there is none: the next page tries again. */
  async function cart(path, init) {
    try {
      const answer = await fetch(`${window.Shopify.routes?.root || "/"}${path}`, { priority: "low", ...init });
      return answer.ok ? await answer.json() : {};
    } catch {
      return {};
    }
  }

  const short = (token) => (token || "").split("?")[0]; // Shopify hangs a ?key=… on it, in some places

  /** Writes the attributes. @returns the token of the cart that has them now, "" where it failed. */
  async function write(attributes) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ attributes });
    const answer = await cart("cart/update.js", { method: "POST", headers, body, keepalive: true });
    return answer.token ? short(cookie("cart") || answer.token) : "";
  }

  async function sync() {
    const privacy = window.Shopify.customerPrivacy;
    const marketing = privacy?.marketingAllowed?.() === true;
    const analytics = privacy?.analyticsProcessingAllowed?.() === true;
    const { cart: written, ...old } = kept();
    const attributes = old.clicks?.pjclid ? { pjclid: "" } : {};

    if (!marketing && !analytics) {
      if (!cookie(COOKIE)) return;
      keep(null);
      // Not cleared: a cookie with nothing of the visitor in it lets the next page clear the cart.
      if (!(await write({ ...attributes, __switchyard: "" }))) keep({ clicks: { pjclid: "pjclid" in attributes } });
      return;
    }

    const state = compose(old, { marketing, analytics });
    const value = JSON.stringify(state);
    let same = !!written && value === JSON.stringify(old);
    keep({ ...state, cart: same ? written : "" });
    // The cart's own cookie may be hidden from scripts; then its token is asked for.
    if (same) same = written === short(cookie("cart") || (await cart("cart.js")).token);
    if (same) return;
    if (state.clicks.pjclid) attributes.pjclid = state.clicks.pjclid.id;
    const token = await write({ ...attributes, __switchyard: value });
    if (token) keep({ ...state, cart: token });
  }

  // One after the other, and only when the page has nothing better to do.
  let turn = Promise.resolve();
  const soon = () => (window.requestIdleCallback || setTimeout)(() => (turn = turn.then(sync)));
  window.Shopify?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
    if (error) return; // consent can't be known: nothing is kept or written
    document.addEventListener("visitorConsentCollected", soon);
    soon();
  });
})();
