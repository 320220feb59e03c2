// Carts and checkouts, as Shopify's webhooks write them.
import { randomBytes } from "node:crypto";
import { type Buyer, MAKER, type Product, type Variant } from "./catalogue.ts";
import { addressOf, customerWithin } from "./people.ts";
import { CURRENCY, money, moneySet, shopTime, taxInside } from "./writing.ts";

export interface Line {
  product: Product;
  variant: Variant;
  quantity: number;
}
/** What the buyer has in the basket, before it is written down in a webhook. */
export interface Basket {
  token: string;
  lines: Line[];
  createdAt: Date;
  attributes: { name: string; value: string }[];
}
export interface Sums {
  lines: number;
  discount: number;
  shipping: number;
  total: number;
  tax: number;
}

/** In the long form that Shopify's carts have had since 2024. */
export const newToken = () => `hWN${randomBytes(15).toString("base64url").replace(/[-_]/g, "x")}`;

/** Everything in cents. Shipping is free from 60 euros. */
export function sumsOf(lines: Line[], discountPercent: number): Sums {
  const before = lines.reduce((sum, line) => sum + line.variant.cents * line.quantity, 0);
  const discount = lines.reduce((sum, line) => sum + lineDiscount(line, discountPercent), 0);
  const shipping = before - discount >= 6000 ? 0 : 490;
  const total = before - discount + shipping;
  return { lines: before, discount, shipping, total, tax: taxInside(total) };
}

export const lineDiscount = (line: Line, percent: number) =>
  Math.round((line.variant.cents * line.quantity * percent) / 100);

export function cartPayload(basket: Basket, at: Date) {
  return {
    id: basket.token,
    token: basket.token,
    line_items: basket.lines.map(cartLine),
    note: null,
    note_attributes: basket.attributes,
    created_at: basket.createdAt.toISOString(),
    updated_at: at.toISOString(),
  };
}

function cartLine(line: Line) {
  const { product, variant, quantity } = line;
  const whole = variant.cents * quantity;
  return {
    id: variant.id,
    key: `${variant.id}:${product.id.toString(16).padStart(32, "0")}`,
    properties: null,
    quantity,
    variant_id: variant.id,
    product_id: product.id,
    title: titleOf(line),
    sku: variant.sku,
    vendor: MAKER,
    grams: variant.grams,
    gift_card: false,
    taxable: true,
    price: money(variant.cents),
    original_price: money(variant.cents),
    discounted_price: money(variant.cents),
    line_price: money(whole),
    original_line_price: money(whole),
    total_discount: "0.00",
    discounts: [],
    price_set: moneySet(variant.cents),
    discounted_price_set: moneySet(variant.cents),
    line_price_set: moneySet(whole),
    original_line_price_set: moneySet(whole),
    total_discount_set: moneySet(0),
  };
}

export const titleOf = (line: Line) =>
  line.product.variants.length > 1 ? `${line.product.title} - ${line.variant.title}` : line.product.title;

/** `token` becomes the order's checkout_token. */
export function checkoutPayload(basket: Basket, token: string, buyer: Buyer, at: Date) {
  const sums = sumsOf(basket.lines, 0);
  return {
    token,
    cart_token: basket.token,
    email: buyer.email,
    phone: null,
    gateway: null,
    buyer_accepts_marketing: buyer.acceptsMarketing,
    buyer_accepts_sms_marketing: false,
    created_at: shopTime(at),
    updated_at: shopTime(at),
    completed_at: null,
    closed_at: null,
    landing_site: "/",
    referring_site: "",
    note: null,
    note_attributes: basket.attributes,
    name: `#${token.slice(0, 12)}`,
    source_name: "web",
    customer_locale: "de-DE",
    currency: CURRENCY,
    presentment_currency: CURRENCY,
    taxes_included: true,
    total_weight: basket.lines.reduce((sum, line) => sum + line.variant.grams * line.quantity, 0),
    total_discounts: "0.00",
    total_line_items_price: money(sums.lines),
    subtotal_price: money(sums.lines),
    total_price: money(sums.total),
    total_tax: money(sums.tax),
    total_duties: null,
    discount_codes: [],
    tax_lines: [{ price: money(sums.tax), rate: 0.19, title: "MwSt" }],
    shipping_lines: [{ code: "standard", title: "DHL Paket", price: money(sums.shipping), source: "shopify" }],
    line_items: basket.lines.map(checkoutLine),
    billing_address: addressOf(buyer),
    shipping_address: addressOf(buyer),
    customer: customerWithin(buyer, at),
    abandoned_checkout_url: `https://sandbox-shop.myshopify.com/checkouts/cn/${token}/recover`,
  };
}

function checkoutLine(line: Line) {
  const { product, variant, quantity } = line;
  return {
    key: String(variant.id),
    product_id: product.id,
    variant_id: variant.id,
    title: product.title,
    variant_title: variant.title,
    sku: variant.sku,
    vendor: MAKER,
    quantity,
    grams: variant.grams,
    gift_card: false,
    taxable: true,
    requires_shipping: true,
    properties: null,
    price: money(variant.cents),
    variant_price: money(variant.cents),
    line_price: money(variant.cents * quantity),
    compare_at_price: null,
    applied_discounts: [],
    discount_allocations: [],
    tax_lines: [],
  };
}
