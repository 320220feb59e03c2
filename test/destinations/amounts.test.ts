// What orders and refunds come to at the vendors: the amounts of a message add up, and an order paid back whole leaves nothing.
import { expect, test } from "vitest";
import { orderMessage } from "../../app/destinations/shopimind/order.ts";
import { purchase, refunded } from "../../app/destinations/tolinku/messages.ts";
import { type Body, line, money, order, refund, transaction } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

function heard(body: Body) {
  const books = new Books();
  books.hear({ topic: "orders/create", body });
  const [placed] = books.of("order.placed");
  const [updated] = books.of("order.updated");
  if (!placed || !updated) throw new Error("no order was placed");
  return { placed, updated, refunds: books.of("order.refunded") };
}
/** A message's body as it would be sent. */
const sent = (message: unknown) => JSON.parse(JSON.stringify(message)).body;

const cups = (price: string, tax: string, over: Body = {}) =>
  line({ price, tax_lines: [{ price: tax, price_set: money(tax) }], ...over });
const shipping = (price: string, discount: string, tax?: string) => ({
  shipping_lines: [
    {
      code: "EXP",
      title: "Express",
      price,
      discounted_price: price,
      discount_allocations: [{ amount: discount }],
      tax_lines: tax ? [{ price: tax }] : [],
    },
  ],
  total_shipping_price_set: money(price),
});

test("shipping at half its price: lines and shipping are the amount", () => {
  const { placed, updated } = heard(
    order({
      line_items: [cups("59.50", "19.00")],
      ...shipping("11.90", "5.95", "0.95"),
      total_price: "124.95",
      subtotal_price: "119.00",
      total_tax: "19.95",
      total_discounts: "5.95",
    }),
  );
  expect(sent(orderMessage(updated))).toMatchObject({
    products: [{ quantity: 2, price: 59.5, price_without_tax: 50 }],
    shipping_costs: 5.95,
    shipping_costs_without_tax: 5,
    amount: 124.95,
    amount_without_tax: 105,
  });
  expect(sent(purchase(placed))).toMatchObject({
    items: [{ price: 59.5, quantity: 2 }],
    discount: 5.95,
    shipping: 11.9,
    revenue: 124.95,
  });
});

test("free shipping and a tenth off the items, taxes on top: no discount is taken off twice", () => {
  const { placed, updated } = heard(
    order({
      taxes_included: false,
      line_items: [cups("50.00", "17.10", { discount_allocations: [{ amount: "10.00" }] })],
      ...shipping("10.00", "10.00"),
      total_price: "107.10",
      subtotal_price: "90.00",
      total_tax: "17.10",
      total_discounts: "20.00",
    }),
  );
  expect(sent(orderMessage(updated))).toMatchObject({
    products: [{ quantity: 2, price: 53.55, price_without_tax: 45 }],
    shipping_costs: 0,
    shipping_costs_without_tax: 0,
    amount: 107.1,
    amount_without_tax: 90,
  });
  expect(sent(purchase(placed))).toMatchObject({
    items: [{ price: 50, quantity: 2, discount: 10 }],
    discount: 20,
    shipping: 10,
    tax: 17.1,
    revenue: 107.1,
  });
});

test("an order that was paid in another currency and paid back whole leaves nothing", () => {
  const both = (shop: string, buyer: string) => money(shop, buyer, "EUR", "USD");
  const back = (id: number, amount: string, more: Body = {}) =>
    refund({
      id,
      refund_line_items: [{ quantity: 1, subtotal_set: both("50.00", "54.35"), line_item: line({ price: "50.00" }) }],
      transactions: [transaction({ id, amount, currency: "USD" })],
      ...more,
    });
  const { placed, refunds } = heard(
    order({
      presentment_currency: "USD",
      line_items: [cups("50.00", "15.97")],
      shipping_lines: [{ title: "Express", price: "7.97", price_set: both("7.97", "8.66") }],
      total_price: "107.97",
      total_price_set: both("107.97", "117.36"),
      subtotal_price: "100.00",
      refunds: [
        back(5501, "54.35"),
        back(5502, "63.01", { refund_shipping_lines: [{ subtotal_amount_set: both("7.97", "8.66") }] }),
      ],
    }),
  );
  expect(sent(purchase(placed))).toMatchObject({ revenue: 107.97, currency: "EUR" });
  expect(refunds.map((event) => sent(refunded(event)))).toMatchObject([
    { revenue: 50, currency: "EUR" },
    { revenue: 57.97, currency: "EUR" },
  ]);
});
