// What ShopiMind is told of an order.
import type { Order } from "../../../events/shopping.ts";
import type { Example } from "../../example.ts";
import { integer } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { customer, item, order } from "../../samples.ts";
import { body, mugs, sent } from "./example-order.ts";

const skipped = (name: string, change: Partial<Order>, skips: string): Example => ({
  name,
  event: happened("order.updated", { order: order(change) }),
  skips,
});

export const orderExamples: Example[] = [
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
  sent("nothing is sent as null: no carrier where there is none", { carrier: null }, { carrier_id: undefined }),
  sent("the number of the parcel", { trackingNumber: "00340434" }, { shipping_number: "00340434" }),
  sent(
    "the e-mail address of the order stands in for the customer's",
    { customer: customer({ email: null, createdAt: null }) },
    { customer: { ...body.customer, created_at: "2026-11-21T08:30:00.000Z" } },
  ),
  {
    name: "an order that was taken out of the books is deleted there",
    event: happened("order.deleted"),
    sends: [{ channel: "deletions", id: "orders/5500112233445", body: { resource: "orders", id: "5500112233445" } }],
  },
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
