// What an order is by itself: the facts that one webhook tells, before they are stitched to what was known.
import { address } from "./address.ts";
import { customerFacts } from "./customer.ts";
import type { Customer, Visitor } from "./facts.ts";
import { decimal, email, field, must, object, objects, ownId, text, time, yesNo } from "./fields.ts";
import { items } from "./item.ts";
import type { Fields } from "./json.ts";
import { orderAmounts, presentmentAmounts } from "./money.ts";
import type { Channel, Order } from "./shopping.ts";
import { tokenOf } from "./token.ts";

export type OrderFacts = Omit<Order, keyof Visitor | "source">;

/** @throws Unreadable where id, money or time cannot be had */
export function orderFacts(body: Fields): OrderFacts {
  const id = must(ownId, body, "id", "an id");
  const lines = items(body);
  const amounts = orderAmounts(body, lines);
  const financialStatus = text(body, "financial_status");
  return {
    id,
    name: text(body, "name") ?? id,
    ...times(body),
    amounts,
    presentment: presentmentAmounts(body, amounts.currency),
    taxesIncluded: yesNo(body, "taxes_included") ?? false,
    items: lines,
    financialStatus,
    fulfillmentStatus: text(body, "fulfillment_status"),
    paid: ["paid", "partially_refunded", "refunded"].includes(financialStatus ?? ""),
    test: yesNo(body, "test") ?? false,
    channel: channelOf(body),
    cartToken: tokenOf(field(body, "cart_token")),
    checkoutToken: tokenOf(field(body, "checkout_token")),
    ...person(body),
    ...codes(body),
    ...parcel(body),
    billingAddress: address(object(body, "billing_address")),
  };
}

function codes(body: Fields): Pick<Order, "discountCodes" | "codesWorth"> {
  const named = objects(body, "discount_codes").filter((one) => text(one, "code") !== null);
  const codesWorth = named.map((one) => decimal(one, "amount"));
  return {
    discountCodes: named.flatMap((one) => text(one, "code") ?? []),
    ...(codesWorth.some((worth) => worth !== null) ? { codesWorth } : {}),
  };
}

function times(body: Fields): Pick<Order, "createdAt" | "placedAt" | "updatedAt" | "cancelledAt"> {
  const processed = time(body, "processed_at");
  const createdAt = time(body, "created_at") ?? processed ?? must(time, body, "created_at", "a time with a zone");
  const updatedAt = time(body, "updated_at") ?? createdAt;
  return { createdAt, placedAt: processed ?? createdAt, updatedAt, cancelledAt: time(body, "cancelled_at") };
}

function person(body: Fields) {
  const from = object(body, "customer");
  const locale = text(body, "customer_locale");
  return {
    customer: customerOf(from, locale),
    email: email(body, "email") ?? email(body, "contact_email") ?? email(from, "email"),
    phone: text(body, "phone"),
    acceptsMarketing: yesNo(body, "buyer_accepts_marketing"),
    locale,
  };
}

/** The customer as this order alone tells them. */
function customerOf(from: Fields | null, locale: string | null): Customer | null {
  const id = ownId(from);
  if (!from || !id) return null;
  return { id, ...customerFacts(from, locale), updatedAt: time(from, "updated_at"), emailConsent: null };
}

function parcel(body: Fields): Pick<Order, "carrier" | "trackingNumber" | "shippingAddress"> {
  const line = objects(body, "shipping_lines").find((one) => !yesNo(one, "is_removed")) ?? null;
  const title = line ? (text(line, "title") ?? text(line, "code")) : null;
  const numbers = objects(body, "fulfillments").flatMap((one) => text(one, "tracking_number") ?? []);
  return {
    carrier: line && title ? { code: text(line, "code") ?? title, title } : null,
    trackingNumber: numbers[0] ?? null,
    shippingAddress: address(object(body, "shipping_address")),
  };
}

/** By source_name; Shopify's own channels may also go by their app's number (Online Store, Point of Sale, Draft Orders). */
const channels: Record<string, Channel> = {
  web: "web",
  "580111": "web",
  iphone: "mobile",
  android: "mobile",
  shopify_draft_order: "draft",
  "1354745": "draft",
  pos: "pos",
  "129785": "pos",
};

function channelOf(body: Fields): Channel {
  const source = text(body, "source_name") ?? text(body, "app_id") ?? "";
  // Both "subscription_contract" and, since October 2025, "subscription_contract_checkout_one" are renewals.
  if (source.startsWith("subscription_contract")) return "subscription";
  return Object.hasOwn(channels, source) ? (channels[source] ?? "other") : "other";
}
