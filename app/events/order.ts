// Reads orders: every order webhook carries the whole order, so any of them tells all that has happened to it.

import { isDeepStrictEqual } from "node:util";
import {
  type Account,
  accountKey,
  accountOf,
  accountSnapshot,
  type Base,
  withPurchase,
  withVersion,
} from "./account.ts";
import { boughtKeys, rememberBought } from "./bought.ts";
import { buyerKeys, buyerOf, moreBuyerKeys } from "./buyer.ts";
import { tagsOf } from "./channel.ts";
import { channelKey, rememberChannel } from "./channel-memory.ts";
import type { Event } from "./event.ts";
import type { Time } from "./facts.ts";
import { object, ownId, timeOf } from "./fields.ts";
import type { Fields } from "./json.ts";
import { paidKey, purchaseKey, subjectOf } from "./keys.ts";
import { orderFacts } from "./order-facts.ts";
import { orderRank } from "./order-rank.ts";
import type { Owed } from "./owed.ts";
import type { Heard, Known, Normalized, Reading } from "./reading.ts";
import { type Change, reckonChanges, reckonRefunds } from "./reckon.ts";
import { refunded, withRefunds } from "./refund.ts";
import type { Order } from "./shopping.ts";
import { told } from "./source.ts";
import { sourceKeys, withSource } from "./source-memory.ts";
import { fingerprint, frame, stateKey, utc, version } from "./version.ts";
import { remember, type Tokens, visitor, visitorKeys } from "./visitor.ts";
import { asInCatalog, wareKeys } from "./wares.ts";

/** All topics of orders/ that carry a whole order. @throws Unreadable */
export function readOrder(body: Fields, heard: Heard): Reading {
  const { facts, owed } = orderFacts(body);
  const own = told(body);
  const tags = tagsOf(body);
  const customerId = ownId(object(body, "customer"));
  const { id, cartToken, checkoutToken } = facts;
  const tokens: Tokens = {
    checkout: checkoutToken,
    cart: cartToken,
    customer: customerId,
    embed: own.visitorId,
  };
  // Only what the webhook itself says makes the state: who it was may be known better when it comes again.
  const key = stateKey(subjectOf("order", id), facts.updatedAt, [facts, owed.refunds.map(({ money }) => money), own]);
  const normalize = (known: Known): Normalized => {
    const who = visitor(tokens, own, known, heard);
    const buyer = buyerOf(body, facts, known, heard);
    const { customer, email, phone } = buyer;
    const order: Order = {
      ...facts,
      ...(tags.length > 0 ? { tags } : {}),
      items: asInCatalog(facts.items, known),
      ...(facts.left ? { left: { ...facts.left, items: asInCatalog(facts.left.items, known) } } : {}),
      ...{ ...who, customer, email, phone, source: withSource(own.source, tokens, who.consent, known) },
    };
    const books = reckoned(body, order, owed, known, heard);
    return {
      events: [
        ...buyer.events,
        ...happenings(order, books.account, { key, rank: orderRank(owed, facts) }, heard),
        ...books.events,
      ],
      snapshots: [
        ...buyer.snapshots,
        ...books.snapshots,
        ...remember(tokens, who, facts.updatedAt, known, heard),
        ...rememberBought(tokens, facts.placedAt, known, heard),
        ...rememberChannel(order, known),
      ],
    };
  };
  const needs = [
    ...buyerKeys(customerId),
    ...[accountKey(id), ...channelKey(facts.sourceName)],
    ...[
      ...boughtKeys(tokens),
      ...sourceKeys(tokens),
      ...visitorKeys(tokens),
      ...wareKeys([...facts.items, ...(facts.left?.items ?? [])]),
    ],
  ];
  return { is: "events", needs, more: (known) => moreBuyerKeys(customerId, known), normalize };
}

/** What went back of the order, and what became of it without money. */
function reckoned(
  body: Fields,
  order: Order,
  owed: Owed,
  known: Known,
  heard: Heard,
): Normalized & { account: Account } {
  const before = accountOf(order.id, known);
  const heardOf = withRefunds(withVersion(before, owed, order.updatedAt), body, order.id, owed.refunds, heard);
  const placed = withPurchase(heardOf, "placed", owed);
  const whole = order.paid ? withPurchase(placed, "paid", owed) : placed;
  const first = reckonRefunds(whole);
  const { account, changes } = reckonChanges(first.account);
  const events = [
    ...first.refunds.map((one) => refunded(one, order, heard)),
    ...changes.map((change) => changed(change, order, account, heard)),
  ];
  const snapshots = isDeepStrictEqual(before, account) ? [] : [accountSnapshot(order.id, account, heard)];
  return { events, snapshots, account };
}

/** Keyed by what it leaves: the same webhook changes an account once. */
function changed({ more, ...change }: Change, order: Order, { newest }: Account, heard: Heard): Event {
  const occurredAt = newest?.updatedAt ?? order.updatedAt;
  const about = {
    subject: subjectOf("order", order.id),
    occurredAt,
    version: null,
    ...frame(heard, occurredAt),
    order,
  };
  const facts = { ...change, owed: newest?.now ?? order.amounts.total };
  const name = `${order.id}@${utc(occurredAt)}#${fingerprint([facts, more])}`;
  if (more !== "0") {
    const { less: _, ...raise } = facts;
    return { kind: "order.raised", key: `raised:${name}`, ...about, ...raise, more };
  }
  return { kind: "order.reduced", key: `reduced:${name}`, ...about, ...facts };
}

/** The order as this purchase is worth by its account. */
const bought = (order: Order, base: Base | null): Order =>
  base ? { ...order, amounts: { ...order.amounts, total: base.gross } } : order;

function happenings(
  order: Order,
  { placed, paid }: Account,
  { key, rank }: { key: string; rank: string },
  heard: Heard,
): Event[] {
  const about = { subject: subjectOf("order", order.id), version: null, ...frame(heard, order.updatedAt), order };
  const first = { ...about, occurredAt: order.placedAt, order: bought(order, placed) };
  const events: Event[] = [{ kind: "order.placed", key: purchaseKey(order.id), ...first }];
  if (order.paid) {
    const paidAt = paidAtOf(order, heard);
    const then = { ...about, occurredAt: paidAt, order: bought(order, paid), paidAt };
    events.push({ kind: "order.paid", key: paidKey(order.id), ...then });
  }
  const state = version(heard, order.updatedAt, rank);
  events.push({ kind: "order.updated", key, occurredAt: order.updatedAt, ...about, version: state });
  if (order.cancelledAt)
    events.push({ kind: "order.cancelled", key: `cancelled:${order.id}`, occurredAt: order.cancelledAt, ...about });
  return events;
}

/** orders/paid comes when it is paid; an order that is paid when it is created was paid when it was placed. */
function paidAtOf(order: Order, heard: Heard): Time {
  if (heard.topic === "orders/paid") return timeOf(heard.triggeredAt) ?? order.updatedAt;
  return heard.topic === "orders/create" ? order.placedAt : order.updatedAt;
}
