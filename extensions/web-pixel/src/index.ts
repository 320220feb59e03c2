// Sends what a visitor sees and does in the shop to the app, in batches, as long as the visitor allows analytics.
import { register } from "@shopify/web-pixels-extension";
import { bare, type Fact, fact, names, type Seen, type Ties } from "./facts.ts";

const MOST_EVENTS = 20;
/** A keepalive request takes 64 kB, all that are under way together (Fetch standard). */
const MOST_BYTES = 60_000;
/** Milliseconds; not longer, since a strict pixel isn't told when the page goes, and what waits then is lost. */
const WAIT = 250;
/** Events of one page that wait in memory for the visitor's answer. */
const MOST_HELD = 50;

register(({ analytics, browser, customerPrivacy, init, settings }) => {
  const url = `${settings.endpoint}/${settings.publicKey}`;
  let allowed = init.customerPrivacy;
  let waiting: Seen[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ties: Ties = { customerId: init.data.customer?.id, cartToken: bare(init.data.cart?.id), embedId: undefined };

  /** The page's cookies: a cart that was just begun, and the theme embed's visitor id. Either may be hidden or not there. */
  async function look() {
    const cookie = (name: string) => browser.cookie.get(name).catch(() => "");
    const [cart, embed] = await Promise.all([cookie("cart"), cookie("switchyard")]);
    ties.cartToken = bare(plain(cart)) ?? ties.cartToken;
    ties.embedId = /"v":"([\da-f-]{36})"/.exec(plain(embed))?.[1] ?? ties.embedId;
  }

  function send() {
    clearTimeout(timer);
    timer = undefined;
    const consent = { marketing: allowed.marketingAllowed, analytics: allowed.analyticsProcessingAllowed };
    const facts = waiting.map((event) => fact(event, consent, ties));
    waiting = [];
    for (const body of bodies(facts)) post(url, body);
  }

  function take(event: Seen) {
    waiting = [...waiting, event].slice(-MOST_HELD);
    if (event.name === "cart_viewed") ties.cartToken = bare(event.data.cart?.id) ?? ties.cartToken;
    if (!allowed.analyticsProcessingAllowed) return;
    if (event.name === "product_added_to_cart") void look();
    // The page often goes with these.
    const urgent = event.name.startsWith("checkout_") || event.name === "payment_info_submitted";
    if (urgent || waiting.length >= MOST_EVENTS) send();
    else timer ??= setTimeout(send, WAIT);
  }

  if (allowed.analyticsProcessingAllowed) void look();
  for (const name of names) analytics.subscribe(name, take);
  customerPrivacy.subscribe("visitorConsentCollected", (event) => {
    allowed = event.customerPrivacy;
    if (!allowed.analyticsProcessingAllowed) waiting = [];
    send();
  });
});

/** As the cookie was before it was encoded. */
function plain(cookie: string): string {
  try {
    return decodeURIComponent(cookie ?? "");
  } catch {
    return ""; // not written as we write it
  }
}

/** The events as request bodies, each within both limits. */
function bodies(facts: Fact[]): string[] {
  const found: string[] = [];
  const batch: Fact[] = [];
  for (const each of facts) {
    const longer = new TextEncoder().encode(body([...batch, each])).length > MOST_BYTES;
    if (batch.length && (longer || batch.length === MOST_EVENTS)) found.push(body(batch.splice(0)));
    batch.push(each);
  }
  return batch.length ? [...found, body(batch)] : found;
}

const body = (events: Fact[]) => JSON.stringify({ events });

/** text/plain needs no preflight; keepalive lets it outlive the page (Chromium: in a worker only once it is on its way). */
function post(url: string, body: string) {
  const request = { method: "POST", headers: { "Content-Type": "text/plain;charset=UTF-8" }, body };
  // Refused when all that is under way passes 64 kB; a second post does no harm, since the app knows an event by its id.
  // What is lost then stays lost: the shop's page is no place for our errors.
  fetch(url, { ...request, keepalive: true })
    .catch(() => fetch(url, request))
    .catch(() => undefined);
}
