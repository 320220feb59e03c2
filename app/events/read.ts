// Reads a webhook into events: one reader per topic. It never throws, whatever the body is.
import { readPixel } from "./browse.ts";
import { readBulkEnd } from "./bulk.ts";
import { readCart } from "./cart.ts";
import { readCheckout } from "./checkout.ts";
import { readCheckoutDeleted } from "./checkout-memory.ts";
import { readCollection, readCollectionDeleted } from "./collection.ts";
import { readConsent, readCustomer, readCustomerDeleted, readCustomersMerged } from "./customer.ts";
import { type Fields, parseBody, Unreadable } from "./json.ts";
import { readOrder } from "./order.ts";
import { readOrderDeleted } from "./order-deleted.ts";
import { readProduct, readProductDeleted } from "./product.ts";
import type { Heard, Reading } from "./reading.ts";
import { because } from "./reasons.ts";
import { readRefund } from "./refund.ts";
import { readScopes } from "./scopes.ts";
import { readShop } from "./shop.ts";
import { mustBeOurs } from "./whose.ts";

/** @throws Unreadable */
type Reader = (body: Fields, heard: Heard) => Reading;

const readers: Record<string, Reader> = {
  "orders/create": readOrder,
  "orders/paid": readOrder,
  "orders/updated": readOrder,
  "orders/cancelled": readOrder,
  "orders/fulfilled": readOrder,
  "orders/partially_fulfilled": readOrder,
  "orders/delete": readOrderDeleted,
  "refunds/create": readRefund,
  "customers/create": readCustomer,
  "customers/update": readCustomer,
  "customers/delete": readCustomerDeleted,
  "customers/merge": readCustomersMerged,
  "customers_email_marketing_consent/update": readConsent,
  "carts/create": readCart,
  "carts/update": readCart,
  "checkouts/create": readCheckout,
  "checkouts/update": readCheckout,
  "checkouts/delete": readCheckoutDeleted,
  "products/create": readProduct,
  "products/update": readProduct,
  "products/delete": readProductDeleted,
  "collections/create": readCollection,
  "collections/update": readCollection,
  "collections/delete": readCollectionDeleted,
  "shop/update": readShop,
  "app/scopes_update": readScopes,
  "bulk_operations/finish": readBulkEnd,
};

/** Our own name for a post of the shop's web pixel. The door writes Shopify's topics in lower case, so none is ever this. */
export const PIXEL_POST = "PIXEL";

/** What Shopify asks of every app; each names its shop. */
const compliance = ["customers/data_request", "customers/redact", "shop/redact"];
/** What they do cannot be undone: the body must prove the shop. */
const mustProve = ["app/uninstalled", ...compliance];
/** These take something away. */
const takesAway = (topic: string) => mustProve.includes(topic) || /\/(delete|merge)$/.test(topic);

/** Shopify's clock and ours may differ by so much. */
const AHEAD_MS = 5 * 60_000;
/**
 * Shopify sends a webhook again for four hours and says that one may come a day late; a day more is for what neither of us knows of.
 * What is older was kept by somebody, and is sent by them.
 */
const LATE_MS = 48 * 3_600_000;

/** Shopify's topics that have a reader. */
export const topics: readonly string[] = Object.keys(readers);

export function read(heard: Heard): Reading {
  const reader = readerOf(heard.topic);
  if (!reader && !mustProve.includes(heard.topic)) return { is: "ignored" };
  try {
    const body = parseBody(heard.body);
    if (heard.topic !== PIXEL_POST) mustBeOurs(body, heard, mustProve.includes(heard.topic));
    if (takesAway(heard.topic)) mustBeOfItsTime(heard);
    if (heard.topic === "app/uninstalled") return { is: "uninstalled" };
    if (heard.topic === "shop/redact") return { is: "redacted" };
    // Else a state of a time that never was would be the newest for ever.
    return reader ? reader(body, isAhead(heard) ? { ...heard, triggeredAt: null } : heard) : { is: "waiting" };
  } catch (error) {
    if (error instanceof Unreadable) return { is: "unreadable", reason: error.reason };
    // Our own fault; its message may quote the body, so only its name is told.
    const fault = error instanceof Error ? error.name : typeof error;
    return { is: "unreadable", reason: because("reader_failed", { topic: heard.topic, fault }) };
  }
}

const isAhead = ({ triggeredAt, now }: Heard) =>
  triggeredAt !== null && Date.parse(triggeredAt) > Date.parse(now) + AHEAD_MS;

/** A time that a shop cannot have said takes nothing away, nor does none: Shopify always sends one. @throws Unreadable */
function mustBeOfItsTime(heard: Heard): void {
  const { triggeredAt, heardAt } = heard;
  if (triggeredAt === null) throw new Unreadable(because("time_unsaid"));
  if (isAhead(heard)) throw new Unreadable(because("time_ahead"));
  if (Date.parse(triggeredAt) < Date.parse(heardAt) - LATE_MS) throw new Unreadable(because("time_long_ago"));
}

function readerOf(topic: string): Reader | undefined {
  if (topic === PIXEL_POST) return readPixel;
  return Object.hasOwn(readers, topic) ? readers[topic] : undefined;
}
