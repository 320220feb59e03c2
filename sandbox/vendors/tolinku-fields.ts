// What Tolinku's document says of an event: thirteen types, and the fields that each needs.
import { currency, list, mapOf, number, object, shape, string, text } from "./check.ts";
import { isObject } from "./vendor.ts";

interface Item {
  item_id: string;
  item_name?: string;
  price?: number;
  quantity?: number;
}
export interface Sent {
  event_type: string;
  transaction_id?: string;
  revenue?: number;
  currency?: string;
  user_id?: string;
  cart_id?: string;
  coupon_code?: string;
  discount?: number;
  items?: Item[];
  properties?: Record<string, string>;
  campaign?: string;
  source?: string;
  medium?: string;
  platform?: string;
}

/** As it was taken. */
export interface Stored extends Sent {
  at: number;
}

const NEEDS: Record<string, (keyof Sent)[]> = {
  view_item: ["items"],
  add_to_cart: ["items"],
  remove_from_cart: ["items"],
  add_to_wishlist: ["items"],
  view_cart: [],
  add_payment_info: [],
  begin_checkout: [],
  purchase: ["transaction_id", "revenue"],
  refund: ["transaction_id", "revenue"],
  search: [],
  share: [],
  rate: [],
  spend_credits: ["revenue"],
};

const names = (all: string[], rule: typeof text) => Object.fromEntries(all.map((name) => [name, rule]));
const item = shape(
  { item_id: text },
  {
    ...names(["item_name", "item_category", "item_brand", "item_variant", "item_list_name", "item_list_id"], string),
    ...names(["item_image_url", "coupon_code"], string),
    ...names(["price", "quantity", "discount"], number),
    currency,
  },
);
const event = shape(
  { event_type: text },
  {
    ...names(["transaction_id", "user_id", "cart_id", "coupon_code"], text),
    // Not in the document, but in the vendor's own web SDK.
    ...names(["campaign", "source", "medium", "platform"], text),
    ...names(["revenue", "discount", "shipping", "tax"], number),
    currency,
    items: list(item, 1),
    properties: mapOf(string),
  },
);

/** @returns the vendor's sentence, or null where the event is right. */
export function wrongIn(given: unknown): string | null {
  if (!isObject(given)) return object(given, "event");
  const type = given.event_type;
  if (typeof type !== "string" || type === "") return "event_type is required";
  const needs = NEEDS[type];
  if (!needs) return "Invalid ecommerce event_type";
  const missing = needs.find((name) => given[name] === undefined || given[name] === null || given[name] === "");
  return missing ? `${missing} is required for ${type} events` : event(given, "");
}
