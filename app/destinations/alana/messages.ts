// What alana is told of an event. It names no failed event afterwards, so what lacks a required field is never sent.
import type { EventOf } from "../../events/event.ts";
import type { Item } from "../../events/facts.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { decimal } from "../number.ts";
import { because as common } from "../reasons.ts";
import type { VendorEvent } from "./client.ts";
import { because } from "./reasons.ts";

export const BEHAVIOUR = "behaviour";
export const PURCHASE = "purchase";

/** What the product's id at alana is in Shopify. */
export type ProductIds = "product" | "variant" | "sku" | "metafield";
type Said = VendorEvent extends infer Event ? (Event extends VendorEvent ? Omit<Event, "visitorId"> : never) : never;

const nobody = skip(because("alana_no_visitor"));

export function homePageView(event: EventOf<"page.viewed">): Message | Skip {
  if (event.page.path !== "/") return skip(because("alana_home_only"));
  return behaviour(event, event.page, { eventType: "home-page-view", userId: event.page.customerId ?? undefined });
}

export function search(event: EventOf<"search.submitted">): Message | Skip {
  const { page, query } = event;
  if (!query.trim()) return skip(common("nothing_searched"));
  return behaviour(event, page, { eventType: "search", query, userId: page.customerId ?? undefined });
}

export function categoryView(event: EventOf<"collection.viewed">): Message | Skip {
  const { page, collection } = event;
  if (!collection.title) return skip(because("alana_nameless_collection"));
  const said = { eventType: "category-view", categoryPath: pathOf(collection.title) } as const;
  return behaviour(event, page, { ...said, userId: page.customerId ?? undefined });
}

/** alana's categoryPath is a path, as in "Apparel > T-Shirts > Men's". Shopify's collections have no parents: the path is in the title, where the merchant wrote one. */
const pathOf = (title: string) =>
  title
    .split(/\s*[>›»→]\s*/)
    .filter(Boolean)
    .join(" > ");

export function detailPageView(event: EventOf<"product.viewed">, ids: ProductIds): Message | Skip {
  const { page } = event;
  const productId = idOf(event.item, ids);
  if (!productId) return skip(without(ids));
  return behaviour(event, page, { eventType: "detail-page-view", productId, userId: page.customerId ?? undefined });
}

export function cartPageView(event: EventOf<"cart.viewed">): Message | Skip {
  const userId = event.page.customerId ?? undefined;
  return behaviour(event, event.page, { eventType: "shopping-cart-page-view", userId });
}

/** One for each product that was added; alana has no quantity of its own. */
export function addToCart(event: EventOf<"cart.created"> | EventOf<"cart.changed">, ids: ProductIds): Message[] | Skip {
  if (event.added.length === 0) return skip(common("nothing_added"));
  const { visitorId, signedInAs: userId } = event.cart;
  if (!visitorId) return nobody;
  const pieces = new Map<string, number>();
  for (const item of event.added) {
    const id = idOf(item, ids);
    if (id) pieces.set(id, (pieces.get(id) ?? 0) + item.quantity);
  }
  if (pieces.size === 0) return skip(without(ids));
  return [...pieces].map(([productId, quantity]) => {
    const body: VendorEvent = { eventType: "add-to-cart", visitorId, userId, productId, metadata: { quantity } };
    return { channel: BEHAVIOUR, id: `${event.key}:${productId}`, body };
  });
}

export function purchase(event: EventOf<"order.placed">, ids: ProductIds): Message | Skip {
  const { order } = event;
  if (!order.visitorId) return nobody;
  const productIds = [...new Set(order.items.map((item) => idOf(item, ids)).filter((id) => id !== null))];
  if (productIds.length === 0) return skip(without(ids));
  const body: VendorEvent = {
    eventType: "purchase-complete",
    visitorId: order.visitorId,
    userId: order.customer?.id,
    productIds,
    revenue: decimal(order.amounts.total),
    currency: order.amounts.currency,
    metadata: { orderId: order.id },
  };
  return { channel: PURCHASE, id: order.id, body };
}

function behaviour(event: { key: string }, { visitorId }: { visitorId: string | null }, said: Said): Message | Skip {
  if (!visitorId) return nobody;
  return { channel: BEHAVIOUR, id: event.key, body: { ...said, visitorId } };
}

function idOf(item: Item, ids: ProductIds): string | null {
  const all = { product: item.productId, variant: item.variantId, sku: item.sku, metafield: item.metafield };
  return all[ids] || null;
}

const WITHOUT = {
  product: "alana_no_product_id",
  variant: "alana_no_variant_id",
  sku: "alana_no_sku",
  metafield: "alana_no_metafield",
} as const;
const without = (ids: ProductIds) => because(WITHOUT[ids]);
