// Reads a webhook into events: one reader per topic. It never throws, whatever the body is.
import { readPixel } from "./browse.ts";
import { readCart } from "./cart.ts";
import { readCheckout } from "./checkout.ts";
import { readCollection, readCollectionDeleted } from "./collection.ts";
import { readConsent, readCustomer, readCustomerDeleted, readCustomersMerged } from "./customer.ts";
import { type Fields, parseBody, Unreadable } from "./json.ts";
import { readOrder } from "./order.ts";
import { readProduct, readProductDeleted } from "./product.ts";
import type { Heard, Reading } from "./reading.ts";
import { readRefund } from "./refund.ts";
import { readShop } from "./shop.ts";

/** @throws Unreadable */
type Reader = (body: Fields, heard: Heard) => Reading;

const readers: Record<string, Reader> = {
  "orders/create": readOrder,
  "orders/paid": readOrder,
  "orders/updated": readOrder,
  "orders/cancelled": readOrder,
  "orders/fulfilled": readOrder,
  "orders/partially_fulfilled": readOrder,
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
  "products/create": readProduct,
  "products/update": readProduct,
  "products/delete": readProductDeleted,
  "collections/create": readCollection,
  "collections/update": readCollection,
  "collections/delete": readCollectionDeleted,
  "shop/update": readShop,
};

/** Our own name for a post of the shop's web pixel. The door writes Shopify's topics in lower case, so none is ever this. */
export const PIXEL_POST = "PIXEL";

const compliance = ["customers/data_request", "customers/redact", "shop/redact"];

/** Shopify's topics that have a reader. */
export const topics: readonly string[] = Object.keys(readers);

export function read(heard: Heard): Reading {
  if (heard.topic === "app/uninstalled") return { is: "uninstalled" };
  if (compliance.includes(heard.topic)) return { is: "waiting" };
  const reader = readerOf(heard.topic);
  if (!reader) return { is: "ignored" };
  try {
    return reader(parseBody(heard.body), heard);
  } catch (error) {
    if (error instanceof Unreadable) return { is: "unreadable", reason: error.message };
    // Our own fault; its message may quote the body, so only its name is told.
    const fault = error instanceof Error ? error.name : typeof error;
    return { is: "unreadable", reason: `The reader of ${heard.topic} failed (${fault}).` };
  }
}

function readerOf(topic: string): Reader | undefined {
  if (topic === PIXEL_POST) return readPixel;
  return Object.hasOwn(readers, topic) ? readers[topic] : undefined;
}
