// What ShopiMind is told of an order.
import type { Order } from "../../events/shopping.ts";
import { decimal, integer } from "../destination.ts";
import type { Example } from "../example.ts";
import { happened } from "../sample-events.ts";
import { amounts, customer, item, order } from "../samples.ts";

const mugs = {
  product_id: integer("7290001112223"),
  quantity: 2,
  price: decimal("12.50"),
  price_without_tax: decimal("10.51"),
  product_variation_id: integer("41220003334445"),
};
const body = {
  order_id: "5500112233445",
  lang: "de",
  status_id: "paid",
  customer: { customer_id: "6401230098", email: "mara@example.com", created_at: "2026-01-05T11:00:00.000Z" },
  products: [mugs],
  cart_id: "c1-3f9a77",
  cart_updated_at: "2026-11-21T08:30:00.000Z",
  amount: decimal("29.90"),
  amount_without_tax: decimal("25.13"),
  shipping_costs: decimal("4.90"),
  shipping_costs_without_tax: decimal("4.12"),
  currency: "EUR",
  is_confirmed: true,
  created_at: "2026-11-21T08:30:00.000Z",
  updated_at: "2026-11-21T08:30:00.000Z",
  reference: "#1001",
  carrier_id: "standard",
};
/** An order that differs, and in what its message differs; undefined: the field is absent. */
const sent = (name: string, change: Partial<Order>, differs: Record<string, unknown>): Example => ({
  name,
  event: happened("order.updated", { order: order(change) }),
  sends: [
    {
      channel: "orders",
      id: change.id ?? body.order_id,
      body: { ...body, ...differs },
      userId: change.customer?.id ?? "6401230098",
    },
  ],
});
const skipped = (name: string, change: Partial<Order>, skips: string): Example => ({
  name,
  event: happened("order.updated", { order: order(change) }),
  skips,
});
const LONG = "X".repeat(200);

export const orderExamples: Example[] = [
  sent("a paid order, taxes included: what the lines leave of the tax is the shipping's", {}, {}),
  sent(
    "taxes on top: the price of a piece is with them, and shipping has its share",
    { taxesIncluded: false, amounts: amounts({ total: "34.67" }) },
    {
      products: [{ ...mugs, price: decimal("14.50"), price_without_tax: decimal("12.50") }],
      amount: decimal("34.67"),
      amount_without_tax: decimal("29.90"),
      shipping_costs: decimal("5.68"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "a discount is shared by the pieces, rounded half up to two decimals",
    {
      items: [item({ quantity: 3, price: "12.50", discount: "3.75", tax: "5.39" })],
      amounts: amounts({ tax: "5.39" }),
    },
    {
      products: [{ ...mugs, quantity: 3, price: decimal("11.25"), price_without_tax: decimal("9.45") }],
      amount_without_tax: decimal("24.51"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "a currency without decimals stays whole",
    {
      amounts: amounts({ currency: "JPY", total: "1000", tax: "91", shipping: "0" }),
      items: [item({ price: "1000", quantity: 1, discount: "0", tax: "91" })],
    },
    {
      currency: "JPY",
      amount: decimal("1000"),
      amount_without_tax: decimal("909"),
      shipping_costs: decimal("0"),
      shipping_costs_without_tax: decimal("0"),
      products: [{ ...mugs, quantity: 1, price: decimal("1000.00"), price_without_tax: decimal("909.00") }],
    },
  ),
  sent(
    "a currency with three decimals is rounded half up to two",
    {
      amounts: amounts({ currency: "KWD", total: "29.905", tax: "0", shipping: "4.904" }),
      items: [item({ tax: "0" })],
    },
    {
      currency: "KWD",
      amount: decimal("29.91"),
      amount_without_tax: decimal("29.91"),
      shipping_costs: decimal("4.90"),
      shipping_costs_without_tax: decimal("4.90"),
      products: [{ ...mugs, price_without_tax: decimal("12.50") }],
    },
  ),
  sent(
    "ids above 2^53 stay exact: an order's as text, a product's as a number",
    {
      id: "9007199254740993001",
      items: [item({ productId: "9007199254740993002", variantId: "9007199254740993003" })],
    },
    {
      order_id: "9007199254740993001",
      products: [
        { ...mugs, product_id: integer("9007199254740993002"), product_variation_id: integer("9007199254740993003") },
      ],
    },
  ),
  sent(
    "a line without a product would have the whole order rejected, so it is left out",
    { items: [item(), item({ productId: null, variantId: null, tax: "0" })] },
    {},
  ),
  sent("a line of no pieces is none", { items: [item(), item({ quantity: 0, tax: "0" })] }, {}),
  sent(
    "a product that has no variants",
    { items: [item({ variantId: null })] },
    { products: [{ ...mugs, product_variation_id: undefined }] },
  ),
  sent("an order that no cart led to", { cartToken: null }, { cart_id: "order-5500112233445" }),
  sent(
    "an order of the point of sale is a state like any other",
    { channel: "pos", cartToken: null },
    { cart_id: "order-5500112233445" },
  ),
  sent(
    "an imported order is of the day on which it was bought",
    { placedAt: "2025-03-01T10:00:00+01:00" },
    { created_at: "2025-03-01T09:00:00.000Z" },
  ),
  sent(
    "an order that is not paid is not confirmed",
    { paid: false, financialStatus: "pending" },
    { status_id: "pending", is_confirmed: false },
  ),
  sent(
    "a cancelled order is not confirmed, paid or not",
    { cancelledAt: "2026-11-21T11:00:00+01:00" },
    { status_id: "cancelled", is_confirmed: false },
  ),
  sent("an order that is sent", { fulfillmentStatus: "fulfilled" }, { status_id: "fulfilled" }),
  sent("an order that is sent in part", { fulfillmentStatus: "partial" }, { status_id: "partially_fulfilled" }),
  sent(
    "money given back says more than goods sent",
    { fulfillmentStatus: "fulfilled", financialStatus: "partially_refunded" },
    { status_id: "partially_refunded" },
  ),
  sent(
    "an order of which Shopify says nothing is open",
    { financialStatus: null, paid: false },
    { status_id: "open", is_confirmed: false },
  ),
  sent(
    "codes are listed, ShopiMind's own first; the buyer's language has two letters",
    { discountCodes: ["SUMMER", "SPM-77", "SPM_88"], locale: "en-US" },
    { voucher_used: "SPM-77,SPM_88,SUMMER", lang: "en" },
  ),
  sent(
    "of codes that are too long together, the ones that fit, whole",
    { discountCodes: [LONG, `${LONG}-2`, "SUMMER"] },
    { voucher_used: `${LONG},SUMMER` },
  ),
  sent("nothing is sent as null: no carrier where there is none", { carrier: null }, { carrier_id: undefined }),
  sent("the number of the parcel", { trackingNumber: "00340434" }, { shipping_number: "00340434" }),
  sent(
    "the e-mail address of the order stands in for the customer's",
    { customer: customer({ email: null, createdAt: null }) },
    { customer: { ...body.customer, created_at: "2026-11-21T08:30:00.000Z" } },
  ),
  skipped("a test order goes nowhere", { test: true }, "a test order"),
  skipped(
    "an order of nobody, such as over the counter",
    { customer: null },
    "an order of nobody: ShopiMind's orders need a customer",
  ),
  skipped(
    "an order without an e-mail address",
    { customer: customer({ email: null }), email: null },
    "ShopiMind needs an e-mail",
  ),
  skipped(
    "an order of custom lines only",
    { items: [item({ productId: null, variantId: null })] },
    "no line of it is a product of the shop",
  ),
];
