// Reads orders: every order webhook carries the whole order, so any of them tells all that has happened to it.

import { learned, saved } from "./customer.ts";
import { customerKey, withOrderConsent } from "./dossier.ts";
import type { Event } from "./event.ts";
import type { Time } from "./facts.ts";
import { object, ownId, timeOf } from "./fields.ts";
import type { Fields } from "./json.ts";
import { type OrderFacts, orderFacts } from "./order-facts.ts";
import type { Heard, Known, Normalized, Reading } from "./reading.ts";
import { refunded, refundsOf } from "./refund.ts";
import type { Order } from "./shopping.ts";
import { told } from "./source.ts";
import { sourceKeys, withSource } from "./source-memory.ts";
import { frame, stateKey, version } from "./version.ts";
import { remember, type Tokens, visitor, visitorKeys } from "./visitor.ts";
import { asInCatalog, wareKeys } from "./wares.ts";

/** All topics of orders/ that carry a whole order. @throws Unreadable */
export function readOrder(body: Fields, heard: Heard): Reading {
  const facts = orderFacts(body);
  const refunds = refundsOf(body, facts.id, heard);
  const own = told(body);
  const customerId = ownId(object(body, "customer"));
  const { id, cartToken, checkoutToken } = facts;
  const tokens: Tokens = {
    checkout: checkoutToken,
    cart: cartToken,
    customer: customerId,
    embed: own.visitorId,
  };
  // Only what the webhook itself says makes the state: who it was may be known better when it comes again.
  const key = stateKey(`order:${id}`, facts.updatedAt, [facts, refunds, own]);
  const normalize = (known: Known): Normalized => {
    const who = visitor(tokens, own, known, heard);
    const buyer = customerId && !facts.test ? buyerOf(body, facts, customerId, known, heard) : null;
    const customer = buyer?.customer ?? facts.customer;
    const items = asInCatalog(facts.items, known);
    const order: Order = {
      ...facts,
      items,
      ...who,
      customer,
      source: withSource(own.source, tokens, who.consent, known),
    };
    return {
      events: [
        ...(buyer?.events ?? []),
        ...happenings(order, key, heard),
        ...refunds.map((refund) => refunded(refund, order, heard)),
      ],
      snapshots: [...(buyer?.snapshots ?? []), ...remember(tokens, who, facts.updatedAt, known, heard)],
    };
  };
  const needs = [
    ...(customerId ? [customerKey(customerId)] : []),
    ...sourceKeys(tokens),
    ...visitorKeys(tokens),
    ...wareKeys(facts.items),
  ];
  return { is: "events", needs, normalize };
}

function buyerOf(body: Fields, facts: OrderFacts, customerId: string, known: Known, heard: Heard) {
  const { acceptsMarketing, placedAt, locale } = facts;
  return saved(
    customerId,
    (dossier) =>
      withOrderConsent(learned(dossier, object(body, "customer") ?? {}, heard, locale), acceptsMarketing, placedAt),
    known,
    heard,
  );
}

function happenings(order: Order, key: string, heard: Heard): Event[] {
  const about = { subject: `order:${order.id}`, version: null, ...frame(heard, order.updatedAt), order };
  const events: Event[] = [{ kind: "order.placed", key: `purchase:${order.id}`, occurredAt: order.placedAt, ...about }];
  if (order.paid) {
    const paidAt = paidAtOf(order, heard);
    events.push({ kind: "order.paid", key: `paid:${order.id}`, occurredAt: paidAt, ...about, paidAt });
  }
  const state = version(heard, order.updatedAt);
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
