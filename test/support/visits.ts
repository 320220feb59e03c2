// What a visit to the shop leaves before there is an order: carts, checkouts and the web pixel's posts, of the same shape as Shopify's.
import { type Body, line, money } from "./payloads.ts";

export function cartLine(variant: number, quantity: number, over: Body = {}): Body {
  return {
    id: variant,
    key: `${variant}:0c7a3f`,
    product_id: 501,
    variant_id: variant,
    sku: `SKU-${variant}`,
    title: "Enamel cup",
    vendor: "Harbour Goods",
    quantity,
    price: "12.50",
    original_price: "12.50",
    discounted_price: "12.50",
    price_set: money("12.50"),
    discounted_price_set: money("12.50"),
    gift_card: false,
    properties: {},
    ...over,
  };
}

export function cart(lines: Body[], over: Body = {}): Body {
  const token = "5b1f0c9e7d3a4862b0e4c1d2f3a49586";
  return {
    id: over.token ?? token,
    token,
    note: null,
    note_attributes: [],
    created_at: "2026-11-20T16:59:00.000Z",
    updated_at: "2026-11-20T17:00:00.000Z",
    line_items: lines,
    ...over,
  };
}

export function checkout(over: Body = {}): Body {
  return {
    id: 3301,
    token: "c2a94e1b7f60438d95b8d7e6f5a43210",
    cart_token: "5b1f0c9e7d3a4862b0e4c1d2f3a49586",
    created_at: "2026-11-20T17:55:00+01:00",
    updated_at: "2026-11-20T17:56:00+01:00",
    currency: "EUR",
    presentment_currency: "EUR",
    total_price: "29.90",
    subtotal_price: "25.00",
    total_tax: "4.77",
    total_discounts: "0.00",
    email: null,
    phone: null,
    customer_locale: "de-DE",
    line_items: [line({ id: undefined, key: "41ab", properties: null })],
    shipping_lines: [{ title: "Standard", price: "4.90" }],
    discount_codes: [],
    note_attributes: [],
    customer: null,
    abandoned_checkout_url: "https://shop.example.com/checkouts/c2a9/recover",
    ...over,
  };
}

/** One event as the web pixel posts it. */
export function seen(name: string, over: Body = {}): Body {
  return {
    id: "e7f3b2aa-0001",
    name,
    timestamp: "2026-11-20T16:58:00.000Z",
    clientId: "0b0d7c1e-5a2f-4a37-9d43-aa00bb11cc22",
    data: {},
    context: {
      url: "https://shop.example.com/products/enamel-cup?utm_source=letter",
      title: "Enamel cup",
      referrer: "https://search.example.com/",
    },
    consent: { marketing: true, analytics: true },
    ...over,
  };
}
