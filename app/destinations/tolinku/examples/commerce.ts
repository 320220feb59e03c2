// What Tolinku is told of purchases and refunds.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { amounts, item, order, refund, source } from "../../samples.ts";
import { buyer, commerce, mug, visitor } from "./sample-messages.ts";

const bought = {
  event_type: "purchase",
  transaction_id: "5500112233445",
  revenue: decimal("29.90"),
  ...buyer,
  cart_id: "c1-3f9a77",
  currency: "EUR",
  discount: decimal("0.00"),
  shipping: decimal("4.90"),
  tax: decimal("4.77"),
  items: [mug],
  properties: { order_id: "5500112233445" },
};
const { cart_id: _, ...boughtWithoutCart } = bought;
const { items: __, ...boughtWithoutItems } = bought;

export const purchases: Example[] = [
  {
    name: "an order is a purchase with the order's id, all amounts as numbers, in the shop's currency",
    event: happened("order.placed"),
    sends: [commerce(bought)],
  },
  {
    name: "the campaign becomes properties, all of them text, and the first code the coupon",
    event: happened("order.placed", {
      order: order({
        discountCodes: ["SAVE10", "FREESHIP"],
        source: source({ utm: { source: "email", campaign: "spring-sale", term: "" } }),
      }),
    }),
    sends: [
      commerce({
        ...bought,
        coupon_code: "SAVE10",
        properties: { source: "email", campaign: "spring-sale", order_id: "5500112233445" },
      }),
    ],
  },
  {
    name: "a buyer without an account is known by the visitor's id, never by an e-mail address",
    event: happened("order.placed", { order: order({ customer: null }) }),
    sends: [commerce({ ...bought, ...visitor })],
  },
  {
    name: "an order that no cart led to carries no cart id",
    event: happened("order.placed", { order: order({ cartToken: null }) }),
    sends: [commerce(boughtWithoutCart)],
  },
  {
    name: "the buyer's other currency is not mixed in",
    event: happened("order.placed", {
      order: order({ presentment: amounts({ currency: "SEK", total: "340.50" }) }),
    }),
    sends: [commerce(bought)],
  },
  {
    name: "a currency without decimals is sent as it is, not in hundredths",
    event: happened("order.placed", {
      order: order({
        amounts: amounts({ currency: "JPY", total: "1000", shipping: "0", tax: "91", discount: "0" }),
        items: [item({ price: "1000", quantity: 1 })],
      }),
    }),
    sends: [
      commerce({
        ...bought,
        revenue: decimal("1000"),
        currency: "JPY",
        discount: decimal("0"),
        shipping: decimal("0"),
        tax: decimal("91"),
        items: [{ ...mug, price: decimal("1000"), quantity: 1, currency: "JPY" }],
      }),
    ],
  },
  {
    name: "an amount and an id beyond what a float holds stay exact",
    event: happened("order.placed", {
      order: order({ id: "9007199254740993001", amounts: amounts({ total: "90071992547409.93" }) }),
    }),
    sends: [
      commerce({
        ...bought,
        transaction_id: "9007199254740993001",
        revenue: decimal("90071992547409.93"),
        properties: { order_id: "9007199254740993001" },
      }),
    ],
  },
  {
    name: "a line that is no product of the shop is left out, and the purchase counts",
    event: happened("order.placed", { order: order({ items: [item({ productId: null, variantId: null })] }) }),
    sends: [commerce(boughtWithoutItems)],
  },
  {
    name: "a test order goes nowhere",
    event: happened("order.placed", { order: order({ test: true }) }),
    skips: "a test order",
  },
];

const returned = {
  event_type: "refund",
  transaction_id: "5500112233445-refund-920011223",
  revenue: decimal("12.50"),
  currency: "EUR",
  ...buyer,
  properties: { order_id: "5500112233445" },
};
const second = "5500112233445-refund-920011999";

export const refunds: Example[] = [
  { name: "a refund is positive and has its own id", event: happened("order.refunded"), sends: [commerce(returned)] },
  {
    name: "a second partial refund of the same day has another id, so that neither is taken for the other",
    event: happened("order.refunded", { refund: refund({ id: "920011999", total: "3.10" }) }),
    sends: [commerce({ ...returned, transaction_id: second, revenue: decimal("3.10") })],
  },
  {
    name: "a refund is in the currency that was paid back",
    event: happened("order.refunded", { refund: refund({ currency: "SEK", total: "142.00" }) }),
    sends: [commerce({ ...returned, revenue: decimal("142.00"), currency: "SEK" })],
  },
  {
    name: "a refund of an order that we do not know is in the shop's currency, of nobody",
    event: happened("order.refunded", { refund: refund({ currency: null }), order: null }),
    sends: [
      commerce({
        event_type: "refund",
        transaction_id: "5500112233445-refund-920011223",
        revenue: decimal("12.50"),
        currency: "EUR",
        properties: { order_id: "5500112233445" },
      }),
    ],
  },
  {
    name: "goods that came back without money are no refund",
    event: happened("order.refunded", { refund: refund({ total: "0.00" }) }),
    skips: "nothing was paid back",
  },
  {
    name: "a refund of a test order goes nowhere",
    event: happened("order.refunded", { order: order({ test: true }) }),
    skips: "a test order",
  },
];
