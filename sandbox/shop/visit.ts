// What the web pixel posts of a visitor, in the form in which extensions/web-pixel sends it.
import { randomUUID } from "node:crypto";
import { SANDBOX_SHOP } from "../sign.ts";
import type { Basket, Line } from "./cart.ts";
import { MAKER } from "./catalogue.ts";
import { CURRENCY, money } from "./writing.ts";

export interface Visitor {
  /** Shopify's id of the browser. */
  clientId: string;
  /** As it stood in the address of the first page. */
  clickId?: string;
  /** In the cart that the visitor fills. */
  basket: Basket;
}
/** A visitor's page view, as one post of the pixel. */
export interface Visit {
  name: string;
  path: string;
  data?: object;
  checkoutToken?: string;
  orderId?: string;
  at?: Date;
}

export function pixelPost(visitor: Visitor, { name, path, data = {}, at = new Date(), ...ids }: Visit) {
  const url = new URL(path, `https://${SANDBOX_SHOP}`);
  if (visitor.clickId) url.searchParams.set("pjclid", visitor.clickId);
  const event = {
    id: `sh-${randomUUID()}`,
    name,
    timestamp: at.toISOString(),
    clientId: visitor.clientId,
    data,
    context: { url: url.href, title: "Sandbox shop", referrer: "" },
    consent: { marketing: true, analytics: true },
    cartToken: visitor.basket.token,
    ...ids,
  };
  return { events: [event] };
}

export const productSeen = (line: Line): Visit => ({
  name: "product_viewed",
  path: `/products/${line.product.handle}`,
  data: { productVariant: variantOf(line) },
});

export const cartSeen = (basket: Basket): Visit => ({
  name: "cart_viewed",
  path: "/cart",
  data: {
    cart: {
      id: basket.token,
      cost: { totalAmount: price(basket.lines.reduce((sum, line) => sum + line.variant.cents * line.quantity, 0)) },
      lines: basket.lines.map((line) => ({ quantity: line.quantity, merchandise: variantOf(line) })),
    },
  },
});

export const searched = (line: Line): Visit => ({
  name: "search_submitted",
  path: "/search",
  data: { searchResult: { query: line.product.title.toLowerCase() } },
});

const price = (cents: number) => ({ amount: Number(money(cents)), currencyCode: CURRENCY });

const variantOf = ({ product, variant }: Line) => ({
  id: String(variant.id),
  title: variant.title,
  sku: variant.sku,
  price: price(variant.cents),
  product: { id: String(product.id), title: product.title, vendor: MAKER },
});
