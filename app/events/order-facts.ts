// What an order is by itself: the facts that one webhook tells, before they are stitched to what was known.
import { address } from "./address.ts";
import { cameBy, channelOf, sourceName } from "./channel.ts";
import { bestEmail, bestPhone } from "./contact.ts";
import { customerFacts } from "./customer.ts";
import type { Customer, Visitor } from "./facts.ts";
import { decimal, field, must, object, objects, ownId, text, time, word, yesNo } from "./fields.ts";
import type { Fields } from "./json.ts";
import { type Owed, owedOf, wasPaid } from "./owed.ts";
import type { Order } from "./shopping.ts";
import { tokenOf } from "./token.ts";

export type OrderFacts = Omit<Order, keyof Visitor | "source">;

/** @returns the facts, and what the order owes. @throws Unreadable where id, money or time cannot be had */
export function orderFacts(body: Fields): { facts: OrderFacts; owed: Owed } {
  const id = must(ownId, body, "id", "an_id");
  const taxesIncluded = yesNo(body, "taxes_included") ?? false;
  const owed = owedOf(body, taxesIncluded);
  const { amounts, presentment, items, left } = owed;
  const facts: OrderFacts = {
    id,
    name: text(body, "name") ?? id,
    ...times(body),
    ...{ amounts, presentment, taxesIncluded, items },
    ...(left ? { left } : {}),
    financialStatus: word(body, "financial_status"),
    fulfillmentStatus: word(body, "fulfillment_status"),
    paid: wasPaid(body),
    test: yesNo(body, "test") ?? false,
    channel: channelOf(body),
    sourceName: sourceName(body),
    cameBy: cameBy(body),
    cartToken: tokenOf(field(body, "cart_token")),
    checkoutToken: tokenOf(field(body, "checkout_token")),
    ...person(body),
    ...codes(body),
    ...parcel(body),
    billingAddress: address(object(body, "billing_address")),
  };
  return { facts, owed };
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
  const createdAt = time(body, "created_at") ?? processed ?? must(time, body, "created_at", "a_zoned_time");
  const updatedAt = time(body, "updated_at") ?? createdAt;
  return { createdAt, placedAt: processed ?? createdAt, updatedAt, cancelledAt: time(body, "cancelled_at") };
}

function person(body: Fields) {
  const from = object(body, "customer");
  const locale = text(body, "customer_locale");
  return {
    customer: customerOf(from, locale),
    email: bestEmail(body),
    phone: bestPhone(body),
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
