// What an order's amounts are at each vendor: discounts, shipping, taxes and vouchers, by the formula that docs/endpoints.md gives.
import { expect, test } from "vitest";
import { purchase as toPrisjakt } from "../../app/destinations/prisjakt/messages.ts";
import { orderMessage } from "../../app/destinations/shopimind/order.ts";
import { purchase as toShopiPixel } from "../../app/destinations/shopipixel/messages.ts";
import { purchase } from "../../app/destinations/tolinku/messages.ts";
import { type Body, line, money, order } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const CLICK = "239cd31f-9d43-4cb4-b8dc-2057fe18c289_1b05fa7f1c34d125";
/** A message's body as it would be sent. */
const sent = (message: unknown) => JSON.parse(JSON.stringify(message)).body;

function heard(body: Body) {
  const books = new Books();
  books.hear({ topic: "orders/create", body });
  const [[placed], [updated]] = [books.of("order.placed"), books.of("order.updated")];
  if (!placed || !updated) throw new Error("no order was placed");
  return { placed, updated };
}

const shelf = (over: Body = {}) => line({ price: "100.00", quantity: 1, tax_lines: [], ...over });
const parcel = (price: string, over: Body = {}) => ({ code: "P", title: "Parcel", price, tax_lines: [], ...over });

test("a tax that is told for the order only belongs neither to a line nor to the shipping", () => {
  const { updated } = heard(
    order({
      taxes_included: false,
      line_items: [shelf()],
      shipping_lines: [parcel("25.00", { discounted_price: "25.00" })],
      tax_lines: [{ title: "VAT", price: "19.00" }],
      subtotal_price: "100.00",
      total_tax: "19.00",
      total_price: "144.00",
    }),
  );
  expect(sent(orderMessage(updated))).toMatchObject({
    amount: 144,
    shipping_costs: 25,
    shipping_costs_without_tax: 25,
  });
});

test.each([
  ["a cent of rounding", "1.90", "0.63", {}],
  ["a tax on duties", "4.89", "0.63", { current_total_duties_set: money("10.00") }],
])("%s is not the shipping's tax", (_what, total_tax, tax, over) => {
  const cup = (id: number) => line({ id, quantity: 1, price: "3.33", tax_lines: [{ price: tax }] });
  const shipping_lines = [parcel("4.90", { discounted_price: "4.90" })];
  const { updated } = heard(
    order({ taxes_included: false, line_items: [cup(1), cup(2), cup(3)], shipping_lines, total_tax, ...over }),
  );
  expect(sent(orderMessage(updated))).toMatchObject({ shipping_costs: 4.9, shipping_costs_without_tax: 4.9 });
});

test("the shipping's own tax is its, of all lines that were not removed", () => {
  const taxed = { tax_lines: [{ price: "0.50" }, { price: "0.45" }] };
  const shipping_lines = [parcel("5.00", taxed), parcel("9.00", { ...taxed, is_removed: true })];
  const of = (taxes_included: boolean) => sent(orderMessage(heard(order({ taxes_included, shipping_lines })).updated));
  expect(of(false)).toMatchObject({ shipping_costs: 5.95, shipping_costs_without_tax: 5 });
  expect(of(true)).toMatchObject({ shipping_costs: 5, shipping_costs_without_tax: 4.05 });
});

test("a coupon for free shipping took something off: at Tolinku in discount, at ShopiMind as the voucher's value", () => {
  const { placed, updated } = heard(
    order({
      line_items: [shelf()],
      discount_codes: [{ code: "FREESHIP", amount: "10.00", type: "shipping" }],
      shipping_lines: [parcel("10.00", { discounted_price: "0.00", discount_allocations: [{ amount: "10.00" }] })],
      subtotal_price: "100.00",
      total_discounts: "10.00",
      total_price: "100.00",
      total_tax: "0.00",
    }),
  );
  expect(sent(purchase(placed))).toMatchObject({
    revenue: 100,
    coupon_code: "FREESHIP",
    discount: 10,
    shipping: 10,
  });
  expect(sent(orderMessage(updated))).toMatchObject({
    voucher_used: "FREESHIP",
    voucher_value: "10.00",
    shipping_costs: 0,
  });
});

test("a discount is shared by the pieces of its line, as far as an item's price can tell it", () => {
  const items = [shelf({ quantity: 3, price: "10.00", discount_allocations: [{ amount: "10.00" }] })];
  const { placed, updated } = heard(
    order({
      line_items: items,
      discount_codes: [{ code: "TENOFF", amount: "10.00", type: "fixed_amount" }],
      shipping_lines: [],
      total_shipping_price_set: money("0.00"),
      subtotal_price: "20.00",
      total_discounts: "10.00",
      total_price: "20.00",
    }),
  );
  const toPixel = toShopiPixel(placed);
  expect(sent(toPixel).customData).toMatchObject({ value: 20, contents: [{ quantity: 3, itemPrice: 6.67 }] });
  expect(sent(orderMessage(updated))).toMatchObject({ voucher_used: "TENOFF", voucher_value: "10.00" });
  expect(sent(purchase(placed)).items).toMatchObject([{ price: 10, quantity: 3, discount: 10 }]);
});

test("Prisjakt is told the buyer's amount where the shop's currency is none of its, whatever sets are missing beside it", () => {
  const both = (shop: string, buyer: string) => money(shop, buyer, "USD", "SEK");
  const whole = {
    currency: "USD",
    presentment_currency: "SEK",
    note_attributes: [{ name: "pjclid", value: CLICK }],
    total_price_set: both("29.90", "310.25"),
    line_items: [line({ price_set: both("12.50", "129.70") })],
  };
  const amountOf = (over: Body) => sent(toPrisjakt(heard(order({ ...whole, ...over })).placed))?.data;
  for (const subtotal_price_set of [undefined, null, both("25.00", "259.40")])
    expect(amountOf({ subtotal_price_set })).toMatchObject({ amount: 310.25, currency: "SEK" });
  expect(amountOf({ subtotal_price_set: null, line_items: [line({ price_set: null })] })).toMatchObject({
    amount: 310.25,
  });
});
