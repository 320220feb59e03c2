// What goes back of an order in parts: refunds in two currencies, in two payments, of pieces not known yet, and edits one after the other.
import { expect, test } from "vitest";
import { type Body, line, order, refund, transaction } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const at = (second: number) => `2026-11-20T17:00:0${second}Z`;
const paid = (over: Body = {}) => order({ financial_status: "paid", ...over });
const cups = (quantity: number) => line({ current_quantity: quantity });

function after(...bodies: Body[]): Books {
  const books = new Books();
  for (const body of bodies) books.hear({ topic: "orders/updated", body });
  return books;
}

test("a refund that was paid back in two currencies tells both", () => {
  const books = new Books();
  const transactions = [transaction({ amount: "10.00" }), transaction({ amount: "5.00", currency: "USD" })];
  books.hear({ topic: "refunds/create", body: refund({ transactions }) });
  expect(books.of("order.refunded")[0]?.refund).toMatchObject({
    ...{ currency: "EUR", total: "10.00" },
    others: [{ currency: "USD", total: "5.00" }],
  });
});

test("what a refund pays back later is told as its second part, and only that", () => {
  const first = transaction({ amount: "10.00" });
  const more = [first, transaction({ amount: "2.50" })];
  const books = after(paid({ updated_at: at(1) }));
  books.hear({ topic: "refunds/create", body: refund({ transactions: [first] }) });
  books.hear({ topic: "refunds/create", body: refund({ transactions: more }) });
  books.hear({ topic: "refunds/create", body: refund({ transactions: more }) });
  const told = books.of("order.refunded");
  expect(told.map(({ key, part, number }) => [key, part, number])).toEqual([
    ["refund:5501", undefined, undefined],
    ["refund:5501:2", "2.50", 2],
  ]);
});

test("a refund of pieces that were added meanwhile waits until the order tells of them", () => {
  const books = after(paid({ line_items: [cups(2)], updated_at: at(1) }));
  const added = line({ id: 9102, quantity: 1, price: "12.50", current_quantity: 0 });
  const back = refund({ refund_line_items: [{ line_item_id: 9102, quantity: 1, subtotal: 12.5, line_item: added }] });
  expect(books.hear({ topic: "refunds/create", body: back })).toEqual([]);
  const known = { line_items: [cups(2), added], refunds: [back], current_total_price: "29.90", updated_at: at(2) };
  books.hear({ topic: "orders/updated", body: paid({ ...known, total_price: "42.40" }) });
  expect(books.of("order.refunded")).toMatchObject([{ key: "refund:5501", part: "0.00" }]);
});

test("the reductions of an order are numbered one after the other", () => {
  const edited = (pieces: number, current_total_price: string, second: number) =>
    paid({ line_items: [cups(pieces)], current_total_price, updated_at: at(second) });
  const books = after(edited(2, "29.90", 1), edited(1, "17.40", 2), edited(0, "4.90", 3));
  expect(books.of("order.reduced").map(({ less, number }) => [less, number])).toEqual([
    ["12.50", 1],
    ["12.50", 2],
  ]);
});

test("a purchase is worth no more than the order ever was, where what went back is still in what is left", () => {
  const body = paid({ current_total_price: "29.90", refunds: [refund()] });
  expect(after(body).of("order.placed")[0]?.order.amounts.total).toBe("29.90");
});

test("money that is on its way back was paid: the purchase is worth it", () => {
  const pending = refund({ transactions: [transaction({ status: "pending" })] });
  const body = paid({ line_items: [cups(1)], current_total_price: "17.40", refunds: [pending] });
  expect(after(body).of("order.placed")[0]?.order.amounts.total).toBe("29.90");
});

test("a refund of no money leaves nothing in the books", () => {
  const books = new Books();
  expect(books.hear({ topic: "refunds/create", body: refund({ transactions: [] }) })).toEqual([]);
  expect([...books.snapshots.keys()]).toEqual([]);
});
