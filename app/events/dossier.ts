// The last known customer: what several webhooks say of one person, put together so that no order of arrival matters.
import type { Customer, Id, Time } from "./facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";
import { utc } from "./version.ts";

/** The facts that a webhook may leave out; a known one gives way only to a newer one, or to a newer word that there is none. */
export type Facts = Omit<Customer, "id" | "emailConsent" | "updatedAt">;
type Said<T> = { value: T; stamp: string };
export interface Contact {
  email: string | null;
  phone: string | null;
  at: Time;
}

/** What a snapshot of kind "customer" holds. */
export interface Dossier {
  facts: { [Name in keyof Facts]?: Said<Facts[Name]> };
  /** How the newest order says that its buyer can be reached; stands in where the customer's own record does not. */
  contact?: Contact;
  updatedAt: Time | null;
  /** The newest word of the consent topic. */
  topic: { subscribed: boolean; at: Time | null; stamp: string } | null;
  /** buyer_accepts_marketing of the earliest order seen. */
  order: { subscribed: boolean; placedAt: Time } | null;
  /** Deleted for good, or merged into another: Shopify never gives the id again. */
  gone: boolean;
  /** Where they were merged into another: the one who is left. */
  mergedInto?: Id;
  /** Those who were merged into this one. */
  absorbed?: Id[];
  /** How often the customer was seen to change: two changes back and forth are two states. */
  changes: number;
}

export const customerKey = (id: Id): SnapshotKey => ({ kind: "customer", id });

export function dossierOf(id: Id, known: Known): Dossier {
  const kept = known(customerKey(id))?.data as Dossier | undefined;
  return kept ?? { facts: {}, updatedAt: null, topic: null, order: null, gone: false, changes: 0 };
}

/** The part of a stamp that Shopify's updated_at makes; "" where it tells none. */
const momentOf = (stamp: string) => stamp.split("|")[0] ?? "";

/** What is null is told to be none; what is not told is left out. */
export function withFacts(dossier: Dossier, facts: Partial<Facts>, updatedAt: Time | null, stamp: string): Dossier {
  const merged: Record<string, Said<unknown>> = { ...dossier.facts };
  // Of one moment a value counts before none: the record that an order carries may be the poorer one.
  for (const [name, value] of Object.entries(facts)) {
    const before = merged[name];
    const none = value === null && before && momentOf(stamp) <= momentOf(before.stamp);
    if (!before || (stamp >= before.stamp && !none)) merged[name] = { value, stamp };
    else if (before.value === null && value !== null && momentOf(stamp) === momentOf(before.stamp))
      merged[name] = { value, stamp };
  }
  const newer = updatedAt && (!dossier.updatedAt || Date.parse(updatedAt) > Date.parse(dossier.updatedAt));
  return { ...dossier, facts: merged as Dossier["facts"], updatedAt: newer ? updatedAt : dossier.updatedAt };
}

/** The newest order's; of one moment always the same one. */
export function withContact(dossier: Dossier, contact: Contact): Dossier {
  if (!contact.email && !contact.phone) return dossier;
  const name = ({ at, email, phone }: Contact) => `${utc(at)} ${email ?? ""} ${phone ?? ""}`;
  return dossier.contact && name(dossier.contact) >= name(contact) ? dossier : { ...dossier, contact };
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

/** A newer word of the customer's own record that there is none counts before an older order's. */
function reached(own: Said<string | null> | undefined, contact: Contact | undefined, name: "email" | "phone") {
  const older = own && contact && momentOf(own.stamp) > utc(contact.at);
  return own?.value ?? (older ? null : (contact?.[name] ?? null));
}

/** The customer as all that is known of them; the shop's language stands in for theirs. */
export function customerOf(id: Id, dossier: Dossier, heard: Heard): Customer {
  const { facts, topic, order, contact } = dossier;
  return {
    id,
    email: reached(facts.email, contact, "email"),
    phone: reached(facts.phone, contact, "phone"),
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
