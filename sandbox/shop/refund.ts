// A refund as Shopify's webhooks write it: one piece of the order's first line, paid back.
import type { Order } from "./order.ts";
import { CURRENCY, gid, money, moneySet, nextId, shopTime, taxInside } from "./writing.ts";

/** @throws where the order has no line. */
export function refundPayload(order: Order, at: Date) {
  const line = order.line_items[0];
  if (!line) throw new Error("an order without lines has nothing to give back");
  const discount = line.discount_allocations.reduce((sum, part) => sum + Math.round(Number(part.amount) * 100), 0);
  const cents = Math.round((Math.round(Number(line.price) * 100) * line.quantity - discount) / line.quantity);
  const id = nextId();
  return {
    id,
    admin_graphql_api_id: gid("Refund", id),
    order_id: order.id,
    created_at: shopTime(at),
    processed_at: shopTime(at),
    note: "Sent back",
    restock: true,
    user_id: null,
    duties: [],
    order_adjustments: [],
    refund_line_items: [
      {
        id: nextId(),
        line_item_id: line.id,
        quantity: 1,
        location_id: null,
        restock_type: "return",
        // Shopify writes these two as JSON numbers, unlike every other amount.
        subtotal: cents / 100,
        total_tax: taxInside(cents) / 100,
        subtotal_set: moneySet(cents),
        total_tax_set: moneySet(taxInside(cents)),
        line_item: line,
      },
    ],
    transactions: [transaction(order.id, cents, at)],
  };
}

function transaction(orderId: number, cents: number, at: Date) {
  const id = nextId();
  return {
    id,
    admin_graphql_api_id: gid("OrderTransaction", id),
    order_id: orderId,
    parent_id: nextId(),
    kind: "refund",
    status: "success",
    gateway: "shopify_payments",
    amount: money(cents),
    currency: CURRENCY,
    created_at: shopTime(at),
    processed_at: shopTime(at),
    test: false,
  };
}

/** The order once the money went back: what is left of it, as every webhook of it says from then on. */
// biome-ignore lint/suspicious/noExplicitAny: a refund and an order of any of Shopify's shapes
export function withRefund(order: any, refund: any): any {
  const cents = (amount: unknown) => Math.round(Number(amount ?? 0) * 100);
  const total = (of: object[], name: string) =>
    of.reduce((sum, one) => sum + cents((one as Record<string, unknown>)[name]), 0);
  const paid = refund.transactions.filter(({ status }: { status: string }) => status === "success");
  const [back, goods] = [total(paid, "amount"), total(refund.refund_line_items, "subtotal")];
  const tax = total(refund.refund_line_items, "total_tax");
  const pieces = (line: { id: unknown }) =>
    refund.refund_line_items
      .filter(({ line_item_id }: { line_item_id: unknown }) => line_item_id === line.id)
      .reduce((sum: number, { quantity }: { quantity: number }) => sum + quantity, 0);
  const left = (name: string, taken: number) => {
    const rest = Math.max(0, cents(order[name]) - taken);
    return { [name]: money(rest), [`${name}_set`]: moneySet(rest) };
  };
  const rest = cents(order.current_total_price) - back;
  return {
    ...order,
    ...left("current_total_price", back),
    ...left("current_subtotal_price", goods),
    ...left("current_total_tax", tax),
    ...(back > 0 ? { financial_status: rest > 0 ? "partially_refunded" : "refunded" } : {}),
    line_items: order.line_items.map((line: { id: unknown; current_quantity: number }) => ({
      ...line,
      current_quantity: line.current_quantity - pieces(line),
    })),
    refunds: [...order.refunds, refund],
  };
}
