// One full, valid event of every kind, for the vendors' examples; any fact of it can be another.
import type { Event, EventKind, EventOf } from "../events/event.ts";
import { collection, product } from "./sample-catalog.ts";
import { cart, checkout, customer, item, OCCURRED, order, page, refund, shop } from "./samples.ts";

/** The instant at which the examples are run: an hour and a half after it happened. */
export const NOW = "2026-11-21T10:00:00Z";

type Facts<Event> = Event extends { kind: string } ? Omit<Event, "kind" | keyof typeof around> : never;
type Subjects = { [Kind in EventKind]: { key: string; subject: string; version?: string } & Facts<EventOf<Kind>> };

const around = {
  key: "",
  subject: "",
  occurredAt: OCCURRED,
  saidAt: OCCURRED as string | null,
  heardAt: "2026-11-21T08:30:01.250Z",
  version: null as string | null,
  shop: shop(),
};
const ORDER = { subject: "order:5500112233445" };
const CART = { subject: "cart:c1-3f9a77" };
const CHECKOUT = { subject: "checkout:k1-77aa01" };
const CUSTOMER = { subject: "customer:6401230098" };
const PRODUCT = { subject: "product:7290001112223" };
const COLLECTION = { subject: "collection:488100200300" };
const VISITOR = { subject: "visitor:visitor-7f3a" };
const newer = { version: OCCURRED };

const samples: Subjects = {
  "order.placed": { key: "purchase:5500112233445", ...ORDER, order: order() },
  "order.paid": { key: "paid:5500112233445", ...ORDER, order: order(), paidAt: OCCURRED },
  "order.updated": { key: "order:5500112233445", ...ORDER, ...newer, order: order() },
  "order.cancelled": {
    key: "cancelled:5500112233445",
    ...ORDER,
    ...newer,
    order: order({ cancelledAt: OCCURRED, financialStatus: "voided" }),
  },
  "order.refunded": { key: "refund:920011223", ...ORDER, refund: refund(), order: order() },
  "order.reduced": {
    key: "reduced:5500112233445@1",
    ...ORDER,
    order: order(),
    less: "12.50",
    raise: "0",
    owed: "17.40",
    number: 1,
  },
  "order.raised": {
    key: "raised:5500112233445@1",
    ...ORDER,
    order: order(),
    more: "8.00",
    raise: "8.00",
    owed: "37.90",
    number: 1,
  },
  "cart.created": { key: "cart:c1-3f9a77:1", ...CART, cart: cart(), added: [item()], removed: [] },
  "order.deleted": { key: "order:5500112233445@deleted", ...ORDER, orderId: "5500112233445" },
  "cart.changed": {
    key: "cart:c1-3f9a77:2",
    ...CART,
    cart: cart({ items: [item({ quantity: 3 })] }),
    added: [item({ quantity: 1 })],
    removed: [],
  },
  "checkout.started": { key: "checkout:k1-77aa01", ...CHECKOUT, checkout: checkout() },
  "checkout.contact_given": { key: "contact:k1-77aa01", ...CHECKOUT, checkout: checkout() },
  "checkout.payment_info_given": { key: "payment:k1-77aa01", ...CHECKOUT, checkout: checkout() },
  "checkout.abandoned": { key: "abandoned:k1-77aa01", ...CHECKOUT, checkout: checkout() },
  "customer.saved": { key: "customer:6401230098", ...CUSTOMER, ...newer, customer: customer() },
  "customer.deleted": { key: "customer-deleted:6401230098", ...CUSTOMER, customerId: "6401230098" },
  "customer.merged": {
    key: "customer-merged:6401230098:6401230555",
    ...CUSTOMER,
    customerId: "6401230098",
    mergedId: "6401230555",
  },
  "customer.consent_changed": { key: "consent:6401230098", ...CUSTOMER, ...newer, customer: customer() },
  "product.saved": { key: "product:7290001112223", ...PRODUCT, ...newer, product: product() },
  "product.deleted": { key: "product-deleted:7290001112223", ...PRODUCT, productId: "7290001112223" },
  "collection.saved": { key: "collection:488100200300", ...COLLECTION, ...newer, collection: collection() },
  "collection.deleted": { key: "collection-deleted:488100200300", ...COLLECTION, collectionId: "488100200300" },
  "page.viewed": { key: "browse:sh-1", ...VISITOR, page: page() },
  "product.viewed": {
    key: "browse:sh-2",
    ...VISITOR,
    page: page({ url: "https://shop.example.com/products/stoneware-mug", path: "/products/stoneware-mug" }),
    item: item({ quantity: 1 }),
    currency: "EUR",
  },
  "collection.viewed": {
    key: "browse:sh-3",
    ...VISITOR,
    page: page({ url: "https://shop.example.com/collections/kitchen", path: "/collections/kitchen" }),
    collection: { id: "488100200300", title: "Kitchen" },
  },
  "cart.viewed": {
    key: "browse:sh-4",
    ...VISITOR,
    page: page({ url: "https://shop.example.com/cart", path: "/cart" }),
    cart: cart(),
  },
  "search.submitted": {
    key: "browse:sh-5",
    ...VISITOR,
    page: page({ url: "https://shop.example.com/search?q=blue+mug", path: "/search" }),
    query: "blue mug",
  },
};

/** @example happened("order.placed", { order: order({ email: null }) }) */
export function happened<Kind extends EventKind>(kind: Kind, facts: Partial<EventOf<Kind>> = {}): EventOf<Kind> {
  const event = { ...around, ...samples[kind], kind, ...facts } as unknown as Event;
  return event as EventOf<Kind>;
}
