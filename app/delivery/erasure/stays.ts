// What stays of an event when its person is erased: ids, amounts, kinds, times and products by name; whatever has another name goes.
import type { Event } from "../../events/event.ts";
import { withoutContact } from "../contact.ts";

const IDS =
  "id key subject orderId customerId mergedId productId variantId lineId collectionId token cartToken checkoutToken visitorId domain primaryDomain";
const AMOUNTS = "total subtotal tax shipping discount tip duties price quantity currency";
const KINDS = "kind version channel financialStatus fulfillmentStatus visitorFrom timeZone";
const TIMES = "occurredAt saidAt heardAt createdAt placedAt updatedAt cancelledAt paidAt";
const STAYS = new Set([IDS, AMOUNTS, KINDS, TIMES].flatMap((names) => names.split(" ")));
/** Of a product that the shop has; the text of a line without one was written for somebody. */
const OF_PRODUCTS = new Set(["sku", "title", "variantTitle", "vendor"]);
const GONE = new Set(["carrier", "shippingAddress", "billingAddress", "defaultAddress", "addresses", "emailConsent"]);

/** What the person looked at and typed, and who they were: nothing of it stays. */
export const ALL_GOES =
  /^(customer\.(saved|consent_changed)|(page|product|collection|cart)\.viewed|search\.submitted)$/;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * @param owed a vendor still waits for it: the click ids that it may be counted by stay.
 * @returns null where nothing stays.
 */
export function whatStays(event: Event, owed: boolean): Event | null {
  if (ALL_GOES.test(event.kind)) return null;
  return kept(withoutContact(event) as unknown as Json, "", {}, owed) as unknown as Event;
}

function kept(value: Json, name: string, parent: { [name: string]: Json }, owed: boolean): Json {
  if (value === null || typeof value === "boolean") return value;
  if (GONE.has(name)) return null;
  if (Array.isArray(value)) return value.flatMap((one) => (isObject(one) ? [kept(one, name, parent, owed)] : []));
  if (!isObject(value))
    return stays(value, name, parent) ? value : typeof value === "string" && name in BLANK ? "" : null;
  if (name === "utm") return {};
  if (name === "clicks") return owed ? clickIds(value) : {};
  return Object.fromEntries(Object.entries(value).map(([own, one]) => [own, kept(one, own, value, owed)]));
}

/** Texts that are never null. */
const BLANK = { title: true };

function stays(value: number | string, name: string, parent: { [name: string]: Json }): boolean {
  if (OF_PRODUCTS.has(name)) return Boolean(parent.productId);
  if (name === "name") return parent.amounts !== undefined;
  if (name === "locale") return parent.domain !== undefined;
  if (!STAYS.has(name)) return false;
  return name === "key" || name === "subject" || !String(value).includes("@");
}

/** As they are made; a buyer can write anything into the address of a page. */
const clickIds = (clicks: { [name: string]: Json }): { [name: string]: Json } =>
  Object.fromEntries(
    Object.entries(clicks).filter(
      ([, click]) => isObject(click) && /^(?!.*%40)[\w.:+/=%~-]+$/i.test(String(click.id ?? "")),
    ),
  );

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The texts of an event that do not stay. */
export function wordsThatGo(before: unknown, after: unknown): string[] {
  const left = new Set(textsOf(after));
  return [...new Set(textsOf(before))].filter((text) => text.length > 2 && !left.has(text));
}

function textsOf(value: unknown, into: string[] = []): string[] {
  if (typeof value === "string") into.push(value);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) textsOf(one, into);
  return into;
}
