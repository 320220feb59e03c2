// The last known customer: what several webhooks say of one person, put together so that no order of arrival matters.
import type { Customer, Id, Time } from "./facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";

/** The facts that a webhook may leave out; a known one gives way only to a newer one. */
export type Facts = Omit<Customer, "id" | "emailConsent" | "updatedAt">;
type Said<T> = { value: T; stamp: string };

/** What a snapshot of kind "customer" holds. */
export interface Dossier {
  facts: { [Name in keyof Facts]?: Said<NonNullable<Facts[Name]>> };
  updatedAt: Time | null;
  /** The newest word of the consent topic. */
  topic: { subscribed: boolean; at: Time | null; stamp: string } | null;
  /** buyer_accepts_marketing of the earliest order seen. */
  order: { subscribed: boolean; placedAt: Time } | null;
  /** Deleted for good, or merged into another: Shopify never gives the id again. */
  gone: boolean;
  /** How often the customer was seen to change: two changes back and forth are two states. */
  changes: number;
}

export const customerKey = (id: Id): SnapshotKey => ({ kind: "customer", id });

export function dossierOf(id: Id, known: Known): Dossier {
  const kept = known(customerKey(id))?.data as Dossier | undefined;
  return kept ?? { facts: {}, updatedAt: null, topic: null, order: null, gone: false, changes: 0 };
}

export function withFacts(dossier: Dossier, facts: Facts, updatedAt: Time | null, stamp: string): Dossier {
  const merged: Record<string, Said<unknown>> = { ...dossier.facts };
  for (const [name, value] of Object.entries(facts)) {
    const before = merged[name];
    if (value !== null && (!before || stamp >= before.stamp)) merged[name] = { value, stamp };
  }
  const newer = updatedAt && (!dossier.updatedAt || Date.parse(updatedAt) > Date.parse(dossier.updatedAt));
  return { ...dossier, facts: merged as Dossier["facts"], updatedAt: newer ? updatedAt : dossier.updatedAt };
}

/** The word of the earliest order counts, but a no of an earlier one does not take back a later one's yes. */
export function withOrderConsent(dossier: Dossier, subscribed: boolean | null, placedAt: Time): Dossier {
  if (subscribed === null) return dossier;
  const { order } = dossier;
  if (order && (Date.parse(placedAt) >= Date.parse(order.placedAt) || (order.subscribed && !subscribed)))
    return dossier;
  return { ...dossier, order: { subscribed, placedAt } };
}

export function withTopicConsent(dossier: Dossier, subscribed: boolean, at: Time | null, stamp: string): Dossier {
  if (dossier.topic && stamp < dossier.topic.stamp) return dossier;
  return { ...dossier, topic: { subscribed, at, stamp } };
}

/** The customer as all that is known of them; the shop's language stands in for theirs. */
export function customerOf(id: Id, dossier: Dossier, heard: Heard): Customer {
  const { facts, topic, order } = dossier;
  return {
    id,
    email: facts.email?.value ?? null,
    phone: facts.phone?.value ?? null,
    firstName: facts.firstName?.value ?? null,
    lastName: facts.lastName?.value ?? null,
    locale: facts.locale?.value ?? heard.shop.locale,
    createdAt: facts.createdAt?.value ?? null,
    updatedAt: dossier.updatedAt,
    emailConsent: topic
      ? { subscribed: topic.subscribed, source: "topic", at: topic.at }
      : order && { subscribed: order.subscribed, source: "order", at: order.placedAt },
    defaultAddress: facts.defaultAddress?.value ?? null,
    addresses: facts.addresses?.value ?? null,
  };
}

/** So long after the last change of them a customer's facts are kept; then only what they said of the newsletter. */
const FACTS_LIVE_MS = 90 * 24 * 60 * 60 * 1000;

export function snapshotOf(id: Id, dossier: Dossier, heard: Heard): Snapshot {
  const ends = new Date(Date.parse(heard.heardAt) + FACTS_LIVE_MS).toISOString();
  const expiresAt = Object.keys(dossier.facts).length > 0 ? ends : null;
  return { ...customerKey(id), version: dossier.updatedAt ?? "", data: dossier, expiresAt };
}
