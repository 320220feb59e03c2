// Refunds of orders that were paid in another currency than the shop's: told in the shop's, where the refund tells it exactly.
import { expect, test } from "vitest";
import { type Body, line, money, order, refund, transaction } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const both = (shop: string, buyer: string) => money(shop, buyer, "EUR", "USD");
const paid = (amount: string) => transaction({ amount, currency: "USD" });
const goods = (subtotal: Body, tax = both("0.00", "0.00")) => ({
  line_item_id: 9101,
  quantity: 1,
  subtotal_set: subtotal,
  total_tax_set: tax,
  line_item: line({ price: "50.00" }),
});
const piece = goods(both("50.00", "54.35"), both("7.98", "8.68"));
const adjustment = (kind: string, amount: Body, tax = both("0.00", "0.00")) => ({
  kind,
  amount_set: amount,
  tax_amount_set: tax,
});
const shipped = {
  subtotal_amount_set: both("7.97", "8.66"),
  shipping_line: { tax_lines: [{ price_set: both("1.27", "1.38") }] },
};
const shippingBack = adjustment("shipping_refund", both("-6.70", "-7.28"), both("-1.27", "-1.38"));

function told(over: Body) {
  const books = new Books();
  books.hear({ topic: "refunds/create", body: refund(over) });
  const { currency, total } = books.of("order.refunded")[0]?.refund ?? {};
  const inOrder = new Books();
  inOrder.hear({ topic: "orders/updated", body: order({ refunds: [refund(over)] }) });
  expect(inOrder.of("order.refunded")[0]?.refund).toMatchObject({ currency, total });
  return `${total} ${currency}`;
}

test.each<[string, Body, string]>([
  ["of a piece whose price includes the tax", { refund_line_items: [piece], transactions: [paid("54.35")] }, "50.00"],
  ["of a piece with the tax on top", { refund_line_items: [piece], transactions: [paid("63.03")] }, "57.98"],
  [
    "paid back in two transactions",
    { refund_line_items: [piece], transactions: [paid("50.00"), paid("4.35"), paid("0.00")] },
    "50.00",
  ],
  [
    "of shipping that is told twice, as an adjustment and as a line",
    {
      refund_line_items: [piece],
      order_adjustments: [shippingBack],
      refund_shipping_lines: [shipped],
      transactions: [paid("63.01")],
    },
    "57.97",
  ],
  [
    "of shipping that is told as an adjustment alone",
    { refund_line_items: [piece], order_adjustments: [shippingBack], transactions: [paid("63.01")] },
    "57.97",
  ],
  [
    "of shipping that is told as a line alone",
    { refund_line_items: [piece], refund_shipping_lines: [shipped], transactions: [paid("63.01")] },
    "57.97",
  ],
  [
    "of shipping whose adjustment includes the tax that stands beside it",
    {
      refund_line_items: [piece],
      order_adjustments: [adjustment("shipping_refund", both("-7.97", "-8.66"), both("-1.27", "-1.38"))],
      transactions: [paid("63.01")],
    },
    "57.97",
  ],
  [
    "of shipping and a piece with the taxes on top, the shipping's on its line alone",
    {
      refund_line_items: [piece],
      refund_shipping_lines: [shipped],
      transactions: [paid("73.07")],
    },
    "67.22",
  ],
  [
    "of ten more than the goods, as a favour",
    {
      refund_line_items: [piece],
      order_adjustments: [adjustment("refund_discrepancy", both("-9.20", "-10.00"))],
      transactions: [paid("64.35")],
    },
    "59.20",
  ],
  [
    "of less than the goods, beside shipping that is told as a line",
    {
      refund_line_items: [piece],
      refund_shipping_lines: [shipped],
      order_adjustments: [adjustment("refund_discrepancy", both("10.00", "10.87"))],
      transactions: [paid("52.14")],
    },
    "47.97",
  ],
  [
    "of duties",
    { refund_line_items: [piece], total_duties_set: both("3.00", "3.26"), transactions: [paid("57.61")] },
    "53.00",
  ],
])("a refund %s is told in the shop's currency", (_, over, total) => {
  expect(told(over)).toBe(`${total} EUR`);
});

test.each<[string, Body, string]>([
  [
    "whose parts are not what was paid back",
    { refund_line_items: [piece], transactions: [paid("54.34")] },
    "54.34 USD",
  ],
  ["that names no parts", { refund_line_items: [], transactions: [paid("20.00")] }, "20.00 USD"],
  [
    "of which a part is not told in the shop's currency",
    {
      refund_line_items: [piece, goods({ presentment_money: { amount: "10.00", currency_code: "USD" } })],
      transactions: [paid("64.35")],
    },
    "64.35 USD",
  ],
  [
    "that adds up in two ways which differ in the shop's currency",
    { refund_line_items: [goods(both("50.00", "54.35"), both("0.01", "0.00"))], transactions: [paid("54.35")] },
    "54.35 USD",
  ],
  [
    "that was paid back in the shop's currency",
    { refund_line_items: [piece], transactions: [transaction({ amount: "49.00" })] },
    "49.00 EUR",
  ],
])("a refund %s is told as it was paid back", (_, over, said) => {
  expect(told(over)).toBe(said);
});
