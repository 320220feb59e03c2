// An order that was paid in another currency than the shop's, with a part paid back: every amount in both, as Shopify writes them.
import { type Body, line, money, order, refund, transaction } from "./payloads.ts";

/** Twelve kronor for a euro. */
const both = (euro: string) => money(euro, (Number(euro) * 12).toFixed(2), "EUR", "SEK");

export function paidInKronor({ discounted = false, back = false } = {}): Body {
  const off = discounted ? "2.50" : "0.00";
  const goods = discounted ? "22.50" : "25.00";
  const total = discounted ? "27.40" : "29.90";
  const share = [{ amount: off, amount_set: both(off) }];
  const bought = line({
    ...{ price_set: both("12.50"), current_quantity: back ? 1 : 2 },
    discount_allocations: discounted ? share : [],
    tax_lines: [{ title: "VAT", price: "3.99", price_set: both("3.99") }],
  });
  const rest = back ? (Number(total) - 12.5).toFixed(2) : total;
  return order({
    ...{ presentment_currency: "SEK", financial_status: back ? "partially_refunded" : "paid" },
    ...{ total_price: total, total_price_set: both(total), subtotal_price: goods, subtotal_price_set: both(goods) },
    ...{
      current_total_price: rest,
      current_total_price_set: both(rest),
      total_tax: "4.77",
      total_tax_set: both("4.77"),
    },
    ...{
      total_shipping_price_set: both("4.90"),
      discount_codes: discounted ? [{ code: "TEN", type: "percentage" }] : [],
    },
    ...{ current_subtotal_price: back ? "12.50" : goods, current_total_tax: back ? "2.78" : "4.77" },
    line_items: [bought],
    shipping_lines: [
      {
        ...{ id: 3301, code: "STD", title: "Standard", price: "4.90", price_set: both("4.90") },
        ...{ discounted_price: "4.90", discounted_price_set: both("4.90") },
      },
    ],
    refunds: back ? [paidBack(bought)] : [],
  });
}

const paidBack = (bought: Body): Body =>
  refund({
    refund_line_items: [
      {
        ...{ id: 7701, line_item_id: 9101, quantity: 1, subtotal: 12.5, subtotal_set: both("12.50") },
        ...{ total_tax: 2, total_tax_set: both("2.00"), line_item: bought },
      },
    ],
    transactions: [transaction({ amount: "150.00", currency: "SEK" })],
  });
