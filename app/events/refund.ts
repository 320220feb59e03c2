// Reads refunds: refunds/create, and the refunds that every order webhook carries.
import { compare, less, times } from "./decimal.ts";
import type { Event } from "./event.ts";
import type { Id, Item } from "./facts.ts";
import { count, decimal, id, must, object, objects, ownId, text, time } from "./fields.ts";
import { item } from "./item.ts";
import type { Fields } from "./json.ts";
import { moneyBack } from "./money-back.ts";
import type { Heard, Reading } from "./reading.ts";
import type { Order, Refund } from "./shopping.ts";
import { frame, when } from "./version.ts";

/** refunds/create. @throws Unreadable */
export function readRefund(body: Fields, heard: Heard): Reading {
  const orderId = must(id, body, "order_id", "an id");
  const refund = refundOf(body, must(ownId, body, "id", "an id"), orderId, heard);
  const events = refund ? [refunded(refund, null, heard)] : [];
  return { is: "events", needs: [], normalize: () => ({ events, snapshots: [] }) };
}

/** The refunds in an order; one without an id cannot be told from the others and waits for its own webhook. */
export const refundsOf = (order: Fields, orderId: Id, heard: Heard): Refund[] =>
  objects(order, "refunds").flatMap((refund) => {
    const own = ownId(refund);
    return own ? (refundOf(refund, own, orderId, heard) ?? []) : [];
  });

export function refunded(refund: Refund, order: Order | null, heard: Heard): Event {
  return {
    kind: "order.refunded",
    key: `refund:${refund.id}`,
    subject: `order:${refund.orderId}`,
    occurredAt: refund.createdAt,
    version: null,
    ...frame(heard, refund.createdAt),
    refund,
    order,
  };
}

/** null while money is still on its way: what a refund came to is said once, when the gateway has settled it. */
function refundOf(refund: Fields, own: Id, orderId: Id, heard: Heard): Refund | null {
  const payments = objects(refund, "transactions").filter((one) => text(one, "kind") === "refund");
  if (payments.some((one) => text(one, "status") === "pending")) return null;
  return {
    id: own,
    orderId,
    createdAt: when(heard, time(refund, "created_at"), time(refund, "processed_at")),
    ...moneyBack(refund, payments),
    items: objects(refund, "refund_line_items").flatMap((line) => refundedItem(line) ?? []),
  };
}

/** The line as it was bought, with the quantity that came back and its share of discount and tax. */
function refundedItem(line: Fields): Item | null {
  const bought = object(line, "line_item");
  const was = bought && item(bought);
  const quantity = count(line, "quantity");
  if (!was || quantity === null) return null;
  const subtotal = decimal(line, "subtotal");
  const full = times(was.price, quantity);
  return {
    ...was,
    lineId: was.lineId ?? id(line, "line_item_id"),
    quantity,
    discount: subtotal && compare(subtotal, full) < 0 ? less(full, subtotal) : "0",
    tax: decimal(line, "total_tax") ?? "0",
  };
}
