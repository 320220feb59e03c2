// Reads what the web pixel posts: who looked at what, and which checkout and order it became. Strangers can post too: it never makes an order.
import { cartOf, paymentGiven, type Seen, wareOf } from "./browse-facts.ts";
import { checkoutKey } from "./checkout-memory.ts";
import type { Event } from "./event.ts";
import { currency, field, id, object, objects, shortText, time, yesNo } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Known, Reading, Snapshot, SnapshotKey } from "./reading.ts";
import { because } from "./reasons.ts";
import type { Page } from "./shopping.ts";
import { arrival as arrived, visitorId } from "./source.ts";
import { tokenOf } from "./token.ts";
import { frame } from "./version.ts";
import { remember, type Tokens, visitorKeys } from "./visitor.ts";

/** More than this in one post is not the pixel's. */
const most = 100;

/** A post {"events": […]}; an event in it that cannot be read is left out. @throws Unreadable */
export function readPixel(body: Fields, heard: Heard): Reading {
  if (!Array.isArray(field(body, "events")))
    throw new Unreadable(because("field_not", { field: "events", what: because("a_list") }));
  const all = objects(body, "events");
  if (all.length > most) throw new Unreadable(because("field_too_long", { field: "events", most: `${most}` }));
  const seen = all.flatMap((one) => seenOf(one, heard) ?? []);
  const normalize = (known: Known) => ({
    events: seen.flatMap((one) => eventOf(one, heard) ?? payment(one, known, heard) ?? []),
    snapshots: visitors(seen, known, heard),
  });
  const checkouts = seen.flatMap((one) => (one.tokens.checkout ? checkoutKey(one.tokens.checkout) : []));
  return { is: "events", needs: [...checkouts, ...seen.flatMap((one) => visitorKeys(one.tokens))], normalize };
}

const payment = (seen: Seen, known: Known, heard: Heard) =>
  seen.name === "payment_info_submitted" ? paymentGiven(seen, known, heard) : null;

function visitors(seen: Seen[], known: Known, heard: Heard): Snapshot[] {
  const made = new Map<string, Snapshot>();
  const name = (key: SnapshotKey) => `${key.kind} ${key.id}`;
  const now: Known = (key) => made.get(name(key)) ?? known(key);
  for (const one of seen)
    for (const snapshot of remember(one.tokens, one.page, one.at, now, heard)) made.set(name(snapshot), snapshot);
  return [...made.values()];
}

function seenOf(from: Fields, heard: Heard): Seen | null {
  const own = visitorId(field(from, "id"));
  const client = visitorId(field(from, "clientId"));
  const said = time(from, "timestamp");
  const name = shortText(field(from, "name"), 60);
  const page = client && pageOf(from, client);
  if (!own || !client || !said || !name || !page) return null;
  const data = object(from, "data");
  const embed = visitorId(field(from, "embedId"));
  const tokens: Tokens = {
    checkout: tokenOf(field(from, "checkoutToken")),
    cart: tokenOf(field(object(data, "cart"), "id")) ?? tokenOf(field(from, "cartToken")),
    embed,
    client: embed && client,
  };
  // A visitor's clock may run ahead: nothing happened after it was heard of.
  const at = Date.parse(said) > Date.parse(heard.heardAt) ? heard.heardAt : said;
  return { id: own, name, at, page, tokens, data };
}

function pageOf(from: Fields, client: string): Page | null {
  const context = object(from, "context");
  const url = shortText(field(context, "url"), 2048);
  const parsed = url ? URL.parse(url) : null;
  if (!url || !parsed || !/^https?:$/.test(parsed.protocol)) return null;
  const consent = object(from, "consent");
  return {
    visitorId: client,
    visitorFrom: "pixel",
    consent: { marketing: yesNo(consent, "marketing"), analytics: yesNo(consent, "analytics") },
    url,
    path: parsed.pathname,
    title: shortText(field(context, "title"), 300),
    ...signedIn(id(from, "customerId")),
    source: { ...arrived(url), landingPage: null, referrer: shortText(field(context, "referrer"), 2048) },
  };
}

const signedIn = (customerId: string | null) => ({
  customerId,
  ...(customerId ? { signedInAs: customerId } : {}),
});

function eventOf(seen: Seen, heard: Heard): Event | null {
  const { page, data, at } = seen;
  const about = {
    subject: subjectOf("visitor", `${page.visitorId}`),
    occurredAt: at,
    version: null,
    ...frame(heard, at),
  };
  const key = `pixel:${seen.id}`;
  if (seen.name === "page_viewed") return { kind: "page.viewed", key, ...about, page };
  if (seen.name === "product_viewed") {
    const variant = object(data, "productVariant");
    const item = wareOf(variant, 1);
    const code = currency(object(variant, "price"), "currencyCode");
    return item && code ? { kind: "product.viewed", key, ...about, page, item, currency: code } : null;
  }
  if (seen.name === "collection_viewed") {
    const own = id(object(data, "collection"), "id");
    const title = shortText(field(object(data, "collection"), "title"), 300) ?? "";
    return own ? { kind: "collection.viewed", key, ...about, page, collection: { id: own, title } } : null;
  }
  if (seen.name === "search_submitted") {
    const query = shortText(field(object(data, "searchResult"), "query"), 300);
    return query ? { kind: "search.submitted", key, ...about, page, query } : null;
  }
  if (seen.name === "cart_viewed") {
    const cart = cartOf(seen);
    return cart ? { kind: "cart.viewed", key, ...about, page, cart } : null;
  }
  return null;
}
