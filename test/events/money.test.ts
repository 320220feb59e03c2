// Ids, amounts and refunds by example: exact, and in the right currency.
import { expect, test } from "vitest";
import { type Body, line, money, number, order, refund, transaction } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";
import { checkout } from "../support/visits.ts";

function placed(over: Record<string, unknown>) {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order(over) });
  const [event] = books.of("order.placed");
  if (!event) throw new Error("no order was placed");
  return event;
}

test("ids stay exact above 2^53", () => {
  const event = placed({
    id: number("9007199254740993"),
    line_items: [line({ product_id: number("9007199254740995") })],
  });
  expect(event.key).toBe("purchase:9007199254740993");
  expect(event.order.items[0]?.productId).toBe("9007199254740995");
});

test("an id that went through a float is mended by the one in the text beside it", () => {
  const gid = "gid://shopify/Order/9007199254740993";
  expect(placed({ id: number("9007199254740992"), admin_graphql_api_id: gid }).order.id).toBe("9007199254740993");
  expect(placed({ id: 4001, admin_graphql_api_id: gid }).order.id).toBe("4001");
});

test("the buyer's currency stands beside the shop's, never in its place", () => {
  const both = (shop: string, buyer: string) => money(shop, buyer, "EUR", "SEK");
  const { order: facts } = placed({
    presentment_currency: "SEK",
    total_price_set: both("29.90", "341.00"),
    subtotal_price_set: both("25.00", "285.00"),
    total_tax_set: both("4.77", "54.45"),
    total_discounts_set: both("0.00", "0.00"),
    total_shipping_price_set: both("4.90", "56.00"),
  });
  expect(facts.amounts).toMatchObject({ currency: "EUR", total: "29.90", shipping: "4.90" });
  expect(facts.presentment).toMatchObject({ currency: "SEK", total: "341.00", shipping: "56.00" });
});

test("what was paid in the shop's own currency is told once", () => {
  const same = money("29.90", "29.90", "EUR", "EUR");
  expect(placed({ presentment_currency: "EUR", total_price_set: same }).order.presentment).toBeNull();
});

test("a tip that is told beside the total is the order's, without a line of its own", () => {
  expect(placed({ total_tip_received: "3.00" }).order.amounts.tip).toBe("3.00");
});

test("an amount beside another currency's name is not taken", () => {
  const { order: facts } = placed({
    presentment_currency: "SEK",
    total_shipping_price_set: money("56.00", "5.00", "SEK", "NOK"),
  });
  expect(facts.amounts.shipping).toBe("4.90");
  expect(facts.presentment).toBeNull();
});

const code = { amount: "5.95", amount_set: money("5.95", "68.00", "EUR", "SEK"), discount_application_index: 0 };
const express = { title: "Express", price: "11.90", price_set: money("11.90", "136.00", "EUR", "SEK") };
const half = { discounted_price: "5.95", discounted_price_set: money("5.95", "68.00", "EUR", "SEK") };
const full = { discounted_price: "11.90", discounted_price_set: money("11.90", "136.00", "EUR", "SEK") };
const said = (shop: string, buyer: string) => ({
  presentment_currency: "SEK",
  total_price_set: money("124.95", "1428.00", "EUR", "SEK"),
  subtotal_price_set: money("119.00", "1360.00", "EUR", "SEK"),
  total_shipping_price_set: money(shop, buyer, "EUR", "SEK"),
});

test.each([
  ["by the discounted price alone", [{ ...express, ...half }], "5.95", "68.00"],
  ["by the allocations alone", [{ ...express, discount_allocations: [code] }], "5.95", "68.00"],
  ["by both", [{ ...express, ...half, discount_allocations: [code] }], "5.95", "68.00"],
  [
    "by allocations that the discounted price leaves out",
    [{ ...express, ...full, discount_allocations: [code, code] }],
    "0.00",
    "0.00",
  ],
  [
    "without a line that was removed",
    [
      { ...express, ...half },
      { ...express, is_removed: true },
    ],
    "5.95",
    "68.00",
  ],
  ["as nothing where all lines were removed", [{ ...express, is_removed: true }], "0", "0"],
  ["by the total where no line tells it", [], "11.90", "136.00"],
  ["by the total where the lines do not tell the buyer's", [{ title: "Express", price: "11.90" }], "11.90", "136.00"],
])("shipping is told after its discounts, %s", (_, lines, shop, buyer) => {
  const { order: facts } = placed({ ...said("11.90", "136.00"), shipping_lines: lines });
  expect(facts.amounts.shipping).toBe(shop);
  expect(facts.presentment?.shipping).toBe(buyer);
});

test("the discount is that on the items, the shipping's own is in the shipping", () => {
  const shares = [{ amount: "2.50", amount_set: money("2.50", "28.50", "EUR", "SEK") }];
  const { order: facts } = placed({
    ...said("11.90", "136.00"),
    total_discounts: "8.45",
    total_discounts_set: money("8.45", "96.50", "EUR", "SEK"),
    line_items: [line({ discount_allocations: shares })],
    shipping_lines: [{ ...express, discount_allocations: [code] }],
  });
  expect(facts.amounts).toMatchObject({ shipping: "5.95", discount: "2.50" });
  expect(facts.presentment).toMatchObject({ shipping: "68.00", discount: "28.50" });
});

test("a checkout's shipping is after its discounts, too", () => {
  const books = new Books();
  const lines = [{ title: "Express", price: "11.90", discount_allocations: [{ amount: "5.95" }] }];
  books.hear({ topic: "checkouts/create", body: checkout({ total_discounts: "5.95", shipping_lines: lines }) });
  expect(books.of("checkout.started")[0]?.checkout.amounts).toMatchObject({ shipping: "5.95", discount: "0.00" });
});

test("the carrier is that of a shipping line that was not removed", () => {
  const lines = [
    { code: "EXP", title: "Express", price: "11.90", is_removed: true },
    { code: "STD", title: "Standard", price: "4.90" },
  ];
  expect(placed({ shipping_lines: lines }).order.carrier).toEqual({ code: "STD", title: "Standard" });
});

test("yen have no decimals", () => {
  const body = { currency: "JPY", presentment_currency: "JPY", total_price: "4980", subtotal_price: "4980" };
  expect(placed(body).order.amounts).toMatchObject({ currency: "JPY", total: "4980" });
});

test("thirty pieces at 0.10 with a discount add up exactly", () => {
  const lines = [line({ quantity: 30, price: "0.10", discount_allocations: [{ amount: "0.03" }, { amount: "0.07" }] })];
  const { order: facts } = placed({ line_items: lines, subtotal_price: null, subtotal_price_set: null });
  expect(facts.items[0]).toMatchObject({ quantity: 30, price: "0.10", discount: "0.10" });
  expect(facts.amounts.subtotal).toBe("2.90");
});

test("a refund is the sum of its successful transactions, by whichever webhook it comes", () => {
  const books = new Books();
  const transactions = [
    transaction({ amount: "10.10" }),
    transaction({ amount: "2.2" }),
    transaction({ amount: "99.00", status: "failure" }),
    transaction({ amount: "99.00", kind: "void" }),
  ];
  const body = refund({ transactions });
  books.hear({ topic: "refunds/create", body });
  books.hear({ topic: "orders/updated", body: order({ refunds: [body] }) });
  expect(books.of("order.refunded")).toHaveLength(1);
  expect(books.of("order.refunded")[0]).toMatchObject({
    key: "refund:5501",
    subject: "order:4001",
    order: null,
    refund: {
      total: "12.30",
      currency: "EUR",
      items: [{ productId: "501", quantity: 1, price: "12.50", discount: "0", tax: "2.0" }],
    },
  });
});

test.each([
  [],
  null,
  undefined,
])("a refund without its money (%j) is nothing yet, and is told when the money is", (none) => {
  for (const topics of [
    ["refunds/create", "orders/updated"],
    ["orders/updated", "refunds/create"],
  ]) {
    const books = new Books();
    const say = (topic: string, body: Body) =>
      books.hear({ topic, body: topic === "refunds/create" ? body : order({ refunds: [body] }) });
    expect(say(topics[0] ?? "", refund({ transactions: none })).map(({ key }) => key)).not.toContain("refund:5501");
    say(topics[1] ?? "", refund());
    expect(books.of("order.refunded")).toMatchObject([{ key: "refund:5501", refund: { total: "12.50" } }]);
  }
});

test("a refund that the gateway has not settled is told when it is", () => {
  const books = new Books();
  const pending = refund({ transactions: [transaction({ status: "pending" })] });
  expect(books.hear({ topic: "refunds/create", body: pending })).toEqual([]);
  books.hear({ topic: "orders/updated", body: order({ refunds: [refund()] }) });
  expect(books.of("order.refunded")[0]?.refund.total).toBe("12.50");
});
