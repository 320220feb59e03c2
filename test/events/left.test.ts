// What is left of an order of which all products went without money: its state at ShopiMind, and what was bought.
import { expect, test } from "vitest";
import { orderMessage } from "../../app/destinations/shopimind/order.ts";
import type { EventOf } from "../../app/events/event.ts";
import { type Body, line, order, refund, transaction } from "../support/payloads.ts";
import { Books, type Sent } from "../support/readings.ts";

const at = (second: number) => `2026-11-20T17:00:0${second}Z`;
const cups = line({ price: "30.00", quantity: 1, tax_lines: [] });
const plate = line({ ...{ id: 9102, product_id: 502, variant_id: 602, price: "20.00", quantity: 2, tax_lines: [] } });
const whole = {
  total_price: "74.90",
  total_price_set: null,
  subtotal_price: "70.00",
  total_tax: "0.00",
  line_items: [cups, plate],
};
const gone = {
  line_items: [cups, plate].map((one) => ({ ...one, current_quantity: 0 })),
  current_subtotal_price: "0.00",
};
const taken = (over: Body = {}) =>
  refund({
    transactions: [],
    refund_line_items: [
      { line_item_id: 9101, quantity: 1, subtotal: 30 },
      { line_item_id: 9102, quantity: 2, subtotal: 40 },
    ],
    ...over,
  });
const voided = { financial_status: "voided", cancelled_at: at(2) };

function toldOf(...sent: Sent[]) {
  const books = new Books();
  for (const one of sent) books.hear(one);
  const event = books.newest("order:4001") as EventOf<"order.updated">;
  const told = orderMessage(event);
  return { books, told: "body" in told ? (told.body as Body) : told };
}
const created: Sent = { topic: "orders/create", body: order({ ...whole, updated_at: at(1) }) };
const products = [
  { product_id: 501, quantity: 1 },
  { product_id: 502, quantity: 2 },
];

const ends: [string, Body, Body][] = [
  [
    "voided before it was paid",
    { ...whole, ...gone, ...voided, current_total_price: "0.00", refunds: [taken()] },
    { amount: 0, shipping_costs: 0, status_id: "cancelled" },
  ],
  [
    "voided after its money was reserved",
    {
      ...{ ...whole, ...gone, ...voided, current_total_price: "0.00" },
      refunds: [taken({ transactions: [transaction({ kind: "void", amount: "74.90" })] })],
    },
    { amount: 0, shipping_costs: 0, status_id: "cancelled" },
  ],
  [
    "paid, cancelled, and its money paid back later",
    {
      ...{ ...whole, ...gone, financial_status: "refunded", cancelled_at: at(2), current_total_price: "0.00" },
      refunds: [taken(), refund({ id: 5502, refund_line_items: [], transactions: [transaction({ amount: "74.90" })] })],
    },
    { amount: 0, status_id: "cancelled" },
  ],
  [
    "edited until its shipping was left alone",
    { ...whole, ...gone, financial_status: "paid", current_total_price: "4.90", refunds: [taken()] },
    { amount: 4.9, shipping_costs: 4.9, status_id: "paid" },
  ],
];

test.each(
  ends,
)("ShopiMind is told of an order that was %s, with the products as they were bought", (_, end, expected) => {
  const last: Sent = { topic: "orders/updated", body: order({ ...end, updated_at: at(3) }) };
  for (const sent of [[created, last], [last]]) {
    const { told } = toldOf(...sent);
    expect(JSON.parse(JSON.stringify(told))).toMatchObject({ products, ...expected });
  }
});

test("an order that was cancelled before it was paid has no amount, tax or shipping left, with no record of it either", () => {
  const taxed = {
    ...whole,
    total_tax: "11.18",
    line_items: [cups, line({ ...plate, tax_lines: [{ price: "6.39" }] })],
  };
  const shipping_lines = [
    { title: "Standard", price: "4.90", discounted_price: "4.90", tax_lines: [{ price: "0.78" }] },
  ];
  const start: Sent = { topic: "orders/create", body: order({ ...taxed, shipping_lines, updated_at: at(1) }) };
  const end: Sent = {
    topic: "orders/cancelled",
    body: order({ ...taxed, shipping_lines, ...voided, updated_at: at(2) }),
  };
  for (const sent of [[start, end], [end]]) {
    const { told } = toldOf(...sent);
    expect(JSON.stringify(told)).not.toMatch(/:"?-/);
    expect(JSON.parse(JSON.stringify(told))).toMatchObject({
      ...{ amount: 0, amount_without_tax: 0, shipping_costs: 0, shipping_costs_without_tax: 0, products },
    });
  }
});

test("what was paid back apart from its pieces was bought, where nothing else is missing of what was ordered", () => {
  const apart = refund({ id: 5502, refund_line_items: [], transactions: [transaction({ amount: "70.00" })] });
  const body = { ...whole, ...gone, current_total_price: "4.90", financial_status: "partially_refunded" };
  const { books } = toldOf({ topic: "orders/updated", body: order({ ...body, refunds: [taken(), apart] }) });
  const [bought] = books.of("order.placed");
  expect(bought?.order).toMatchObject({
    amounts: { total: "74.90", subtotal: "70.00" },
    items: [
      { productId: "501", quantity: 1 },
      { productId: "502", quantity: 2 },
    ],
  });
});

test("what an edit took out was not bought, though a favour of more than that was paid back", () => {
  const favour = refund({ id: 5502, refund_line_items: [], transactions: [transaction({ amount: "40.00" })] });
  const edit = taken({ refund_line_items: [{ line_item_id: 9101, quantity: 1, subtotal: 30 }] });
  const lines = [
    { ...cups, current_quantity: 0 },
    { ...plate, current_quantity: 2 },
  ];
  const body = { ...whole, line_items: lines, current_total_price: "4.90", financial_status: "partially_refunded" };
  const { books } = toldOf({ topic: "orders/updated", body: order({ ...body, refunds: [edit, favour] }) });
  expect(books.of("order.placed")[0]?.order).toMatchObject({
    amounts: { total: "44.90" },
    items: [{ productId: "502", quantity: 2 }],
  });
});
