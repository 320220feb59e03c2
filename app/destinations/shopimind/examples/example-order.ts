// What the examples of ShopiMind's orders share: an order as it is sent, and what of it differs.
import type { Order } from "../../../events/shopping.ts";
import type { Example } from "../../example.ts";
import { decimal, integer } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { order } from "../../samples.ts";

export const mugs = {
  product_id: integer("7290001112223"),
  quantity: 2,
  price: decimal("12.50"),
  price_without_tax: decimal("10.51"),
  product_variation_id: integer("41220003334445"),
};
export const body = {
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
export const sent = (name: string, change: Partial<Order>, differs: Record<string, unknown>): Example => ({
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
