// An order as Shopify's webhooks write it, through its life: placed, paid, cancelled.

import { type Basket, type Sums, sumsOf } from "./cart.ts";
import type { Buyer } from "./catalogue.ts";
import { orderLine, shippingLine } from "./order-lines.ts";
import { addressOf, customerWithin } from "./people.ts";
import { CURRENCY, gid, money, moneySet, nextId, shopTime } from "./writing.ts";

const DISCOUNT_CODE = "WELCOME10";
const DISCOUNT_PERCENT = 10;
let lastNumber = 1000 + (Math.floor(Date.now() / 2000) % 900_000);

export interface Placed {
  basket: Basket;
  checkoutToken: string;
  buyer: Buyer;
  discounted: boolean;
  landingSite: string;
  at: Date;
}
export type Order = ReturnType<typeof orderPayload>;

export function orderPayload(placed: Placed) {
  const percent = placed.discounted ? DISCOUNT_PERCENT : 0;
  const sums = sumsOf(placed.basket.lines, percent);
  const id = nextId();
  const number = ++lastNumber;
  return {
    id,
    admin_graphql_api_id: gid("Order", id),
    name: `#${number}`,
    number: number - 1000,
    order_number: number,
    confirmation_number: id.toString(36).toUpperCase().slice(-9),
    token: id.toString(16),
    test: false,
    confirmed: true,
    ...origin(placed),
    ...moments(placed.at),
    ...state("pending", sums.total),
    ...amounts(sums),
    discount_codes: placed.discounted
      ? [{ code: DISCOUNT_CODE, amount: money(sums.discount), type: "percentage" }]
      : [],
    discount_applications: placed.discounted ? [discountApplication] : [],
    ...buyerFields(placed.buyer, placed.at),
    line_items: placed.basket.lines.map((line) => orderLine(line, percent)),
    shipping_lines: [shippingLine(sums.shipping)],
    fulfillments: [],
    refunds: [],
    payment_terms: null,
    payment_gateway_names: ["shopify_payments"],
  };
}

export const paidOrder = (order: Order, at: Date): Order => ({
  ...order,
  ...state("paid", 0),
  updated_at: shopTime(at),
});

export const cancelledOrder = (order: Order, at: Date): Order => ({
  ...order,
  ...state("voided", 0),
  cancel_reason: "customer",
  cancelled_at: shopTime(at),
  closed_at: shopTime(at),
  updated_at: shopTime(at),
});

function origin({ basket, checkoutToken, landingSite }: Placed) {
  return {
    app_id: 580111,
    source_name: "web",
    cart_token: basket.token,
    checkout_token: checkoutToken,
    landing_site: landingSite,
    referring_site: "",
    note: null,
    note_attributes: basket.attributes,
    tags: "",
    browser_ip: "192.0.2.44",
    client_details: { accept_language: "de-DE", browser_ip: "192.0.2.44", user_agent: "Mozilla/5.0 (sandbox)" },
    customer_locale: "de-DE",
    location_id: null,
    user_id: null,
  };
}

const moments = (at: Date) => ({
  created_at: shopTime(at),
  processed_at: shopTime(at),
  updated_at: shopTime(at),
  closed_at: null as string | null,
  cancelled_at: null as string | null,
  cancel_reason: null as string | null,
});

const state = (financial: "pending" | "paid" | "voided", outstanding: number) => ({
  financial_status: financial as string,
  fulfillment_status: null as string | null,
  total_outstanding: money(outstanding),
});

function amounts(sums: Sums) {
  const subtotal = sums.lines - sums.discount;
  const pair = (name: string, cents: number) => ({ [name]: money(cents), [`${name}_set`]: moneySet(cents) });
  return {
    currency: CURRENCY,
    presentment_currency: CURRENCY,
    taxes_included: true,
    tax_exempt: false,
    total_price: money(sums.total),
    total_price_set: moneySet(sums.total),
    ...pair("current_total_price", sums.total),
    ...pair("subtotal_price", subtotal),
    ...pair("current_subtotal_price", subtotal),
    ...pair("total_line_items_price", sums.lines),
    ...pair("total_discounts", sums.discount),
    ...pair("current_total_discounts", sums.discount),
    ...pair("total_tax", sums.tax),
    ...pair("current_total_tax", sums.tax),
    total_shipping_price_set: moneySet(sums.shipping),
    total_tip_received: "0.00",
    original_total_duties_set: null,
    current_total_duties_set: null,
    tax_lines: [{ price: money(sums.tax), rate: 0.19, title: "MwSt", price_set: moneySet(sums.tax) }],
  };
}

const discountApplication = {
  target_type: "line_item",
  type: "discount_code",
  value: "10.0",
  value_type: "percentage",
  allocation_method: "across",
  target_selection: "all",
  code: DISCOUNT_CODE,
};

const buyerFields = (buyer: Buyer, at: Date) => ({
  email: buyer.email,
  contact_email: buyer.email,
  phone: null,
  buyer_accepts_marketing: buyer.acceptsMarketing,
  customer: customerWithin(buyer, at),
  billing_address: addressOf(buyer),
  shipping_address: addressOf(buyer),
});
