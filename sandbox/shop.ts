// A shop that makes webhooks of Shopify's real shape: carts, checkouts, orders, refunds, customers, products.
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { type Basket, cartPayload, checkoutPayload, type Line, newToken } from "./shop/cart.ts";
import { BUYERS, type Buyer, PRODUCTS } from "./shop/catalogue.ts";
import { cancelledOrder, type Order, orderPayload, paidOrder } from "./shop/order.ts";
import { consentPayload, customerPayload, productPayload } from "./shop/people.ts";
import { refundPayload } from "./shop/refund.ts";
import { pixelPost, type Visit, type Visitor } from "./shop/visit.ts";
import { type Delivery, signWebhook } from "./sign.ts";

/** One thing that Shopify would tell the app. */
export interface Webhook {
  topic: string;
  payload: object;
}
export type { Order };

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;
const chance = (percent: number) => randomInt(100) < percent;

/** What Prisjakt puts behind `?pjclid=`: a UUIDv4, an underscore, 16 characters of signature. */
export const newClickId = () => `${randomUUID()}_${randomBytes(8).toString("hex")}`;

/** The webhook as a request: its exact body, and the headers that sign it. */
export function asRequest(webhook: Webhook, more: Partial<Delivery> = {}) {
  const body = JSON.stringify(webhook.payload);
  return { body, headers: signWebhook({ ...more, topic: webhook.topic, body }) };
}

export function newBasket(options: { lines?: number; clickId?: string; visitorId?: string } = {}): Basket {
  const basket: Basket = { token: newToken(), lines: [], createdAt: new Date(), attributes: [] };
  if (options.clickId) basket.attributes.push({ name: "pjclid", value: options.clickId });
  if (options.visitorId) basket.attributes.push({ name: "__switchyard", value: embedded(options.visitorId) });
  for (let n = options.lines ?? 1 + randomInt(3); n > 0; n--) grow(basket);
  return basket;
}

/** What the theme embed writes into a cart after consent. */
const embedded = (visitorId: string) =>
  JSON.stringify({ v: visitorId, c: { marketing: true, analytics: true }, clicks: {}, utm: {} });

/** One more piece: of something new, or of what is there already. */
export function grow(basket: Basket): Line {
  const product = pick(PRODUCTS);
  const variant = pick(product.variants);
  const there = basket.lines.find((line) => line.variant.id === variant.id);
  if (there) {
    there.quantity += 1;
    return there;
  }
  const line = { product, variant, quantity: 1 };
  basket.lines.push(line);
  return line;
}

export const cartCreated = (basket: Basket, at = new Date()): Webhook => ({
  topic: "carts/create",
  payload: cartPayload(basket, at),
});
export const cartUpdated = (basket: Basket, at = new Date()): Webhook => ({
  topic: "carts/update",
  payload: cartPayload(basket, at),
});
export const checkoutCreated = (basket: Basket, token: string, buyer: Buyer, at = new Date()): Webhook => ({
  topic: "checkouts/create",
  payload: checkoutPayload(basket, token, buyer, at),
});

export interface OrderOptions {
  basket?: Basket;
  buyer?: Buyer;
  /** Absent: three of ten orders came by a click at Prisjakt. null: none. */
  clickId?: string | null;
  checkoutToken?: string;
  /** As the theme embed keeps it. */
  visitorId?: string;
  at?: Date;
}
export function newOrder(options: OrderOptions = {}): Order {
  const clickId = options.clickId === undefined ? (chance(30) ? newClickId() : null) : options.clickId;
  const basket = options.basket ?? newBasket({ clickId: clickId ?? undefined, visitorId: options.visitorId });
  const clicked = basket.attributes.find((attribute) => attribute.name === "pjclid")?.value;
  return orderPayload({
    basket,
    buyer: options.buyer ?? someBuyer(),
    checkoutToken: options.checkoutToken ?? newCheckoutToken(),
    discounted: chance(20),
    landingSite: clicked ? `/?pjclid=${clicked}` : "/",
    at: options.at ?? new Date(),
  });
}

export const newCheckoutToken = () => randomBytes(16).toString("hex");
let turn = randomInt(BUYERS.length);
/** In turn, so that two of a day are two people. */
export const someBuyer = () => BUYERS[turn++ % BUYERS.length] as Buyer;

/** A post of the web pixel, in the place of a webhook. */
export const seenByPixel = (visitor: Visitor, visit: Visit): Webhook => ({
  topic: "pixel",
  payload: pixelPost(visitor, visit),
});
export const orderCreated = (order: Order): Webhook => ({ topic: "orders/create", payload: order });
export const orderPaid = (order: Order, at = new Date()): Webhook => ({
  topic: "orders/paid",
  payload: paidOrder(order, at),
});
export const orderUpdated = (order: Order): Webhook => ({ topic: "orders/updated", payload: order });
export const orderCancelled = (order: Order, at = new Date()): Webhook => ({
  topic: "orders/cancelled",
  payload: cancelledOrder(order, at),
});
export const refundCreated = (order: Order, at = new Date()): Webhook => ({
  topic: "refunds/create",
  payload: refundPayload(order, at),
});
export const customerCreated = (buyer: Buyer, at = new Date()): Webhook => ({
  topic: "customers/create",
  payload: customerPayload(buyer, at),
});
export const customerUpdated = (buyer: Buyer, at = new Date()): Webhook => ({
  topic: "customers/update",
  payload: customerPayload(buyer, at),
});
export const consentChanged = (buyer: Buyer, subscribed: boolean, at = new Date()): Webhook => ({
  topic: "customers_email_marketing_consent/update",
  payload: consentPayload(buyer, subscribed, at),
});
export const productUpdated = (at = new Date()): Webhook => ({
  topic: "products/update",
  payload: productPayload(pick(PRODUCTS), at),
});
