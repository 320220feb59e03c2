// Reads refunds: refunds/create, and the refunds that every order webhook carries.
import { type Account, accountKey, accountOf, accountSnapshot, withRefund } from "./account.ts";
import { compare, isZero, less, times } from "./decimal.ts";
import type { Event } from "./event.ts";
import type { Id, Item } from "./facts.ts";
import { count, decimal, id, must, object, objects, ownId, time } from "./fields.ts";
import { item } from "./item.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Known, Reading } from "./reading.ts";
import { type RefundTold, reckonRefunds } from "./reckon.ts";
import { type RefundFacts, refundFacts } from "./refund-facts.ts";
import type { Order, Refund } from "./shopping.ts";
import { frame, when } from "./version.ts";

/** refunds/create. @throws Unreadable */
export function readRefund(body: Fields, heard: Heard): Reading {
  const orderId = must(id, body, "order_id", "an_id");
  const own = must(ownId, body, "id", "an_id");
  const around = { currency: heard.shop.currency, taxesIncluded: true, untold: false };
  const told = toldIn(body, own, orderId, refundFacts(body, around), heard);
  const normalize = (known: Known) => {
    if (!told) return { events: [], snapshots: [] };
    const before = accountOf(orderId, known);
    const { account, refunds } = reckonRefunds(withRefund(before, told.facts, told.refund));
    return {
      events: refunds.map((one) => refunded(one, null, heard)),
      snapshots: [accountSnapshot(orderId, account, heard)],
    };
  };
  return { is: "events", needs: [accountKey(orderId)], normalize };
}

/** The account with the refunds of an order; one without an id cannot be told from the others and waits for its own webhook. */
export function withRefunds(account: Account, order: Fields, orderId: Id, facts: RefundFacts[], heard: Heard): Account {
  return objects(order, "refunds").reduce((before, refund, at) => {
    const own = ownId(refund);
    const one = facts[at];
    const told = own && one ? toldIn(refund, own, orderId, one, heard) : null;
    return told ? withRefund(before, told.facts, told.refund) : before;
  }, account);
}

export function refunded({ refund, ...how }: RefundTold, order: Order | null, heard: Heard): Event {
  const { number, against } = how;
  return {
    kind: "order.refunded",
    key: ["refund", refund.id, ...(number ? [number] : []), ...(against === "paid" ? [against] : [])].join(":"),
    subject: subjectOf("order", refund.orderId),
    occurredAt: refund.createdAt,
    version: null,
    ...frame(heard, refund.createdAt),
    refund,
    order,
    ...how,
  };
}

/** null as long as no money moved, or a part of it is on its way: nothing is decided before. */
function toldIn(record: Fields, own: Id, orderId: Id, facts: RefundFacts, heard: Heard) {
  if (isZero(facts.paid)) return null;
  const { currency, total, others } = facts.money;
  const refund: Refund = {
    id: own,
    orderId,
    createdAt: when(heard, time(record, "created_at"), time(record, "processed_at")),
    currency,
    total,
    ...(others.length > 0 ? { others } : {}),
    items: objects(record, "refund_line_items").flatMap((line) => refundedItem(line) ?? []),
  };
  return { facts, refund };
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
