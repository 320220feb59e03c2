// Who bought: an order's customer with all that is known of them; where they were merged, the one who is left.
import { ownContact } from "./contact.ts";
import { learned, saved, survivorKeys, survivorOf } from "./customer.ts";
import { customerKey, customerOf, type Dossier, dossierOf, withContact, withOrderConsent } from "./dossier.ts";
import type { Event } from "./event.ts";
import type { Customer, Id, Time } from "./facts.ts";
import { object, ownId, time } from "./fields.ts";
import type { Fields } from "./json.ts";
import type { OrderFacts } from "./order-facts.ts";
import type { Heard, Known, Snapshot, SnapshotKey } from "./reading.ts";

export interface Buyer {
  customer: Customer | null;
  email: string | null;
  phone: string | null;
  events: Event[];
  snapshots: Snapshot[];
}

export const buyerKeys = (own: Id | null): SnapshotKey[] => (own ? [customerKey(own)] : []);

/** Of one who was merged: the survivor, by what was known when the webhooks were taken. */
export const moreBuyerKeys = (own: Id | null, known: Known): SnapshotKey[] => (own ? survivorKeys(own, known) : []);

/** A test order saves nobody. */
export function buyerOf(body: Fields, facts: OrderFacts, known: Known, heard: Heard): Buyer {
  const told = ownId(object(body, "customer"));
  const nobody = { customer: null, email: facts.email, phone: facts.phone, events: [], snapshots: [] };
  if (!told) return nobody;
  const own = survivorOf(told, known);
  if (own === told) {
    if (facts.test) return { ...nobody, customer: facts.customer };
    const record = object(body, "customer") ?? {};
    const learn = (dossier: Dossier) => withOrder(learned(dossier, record, heard, facts.locale), body, facts);
    return { ...nobody, ...saved(told, learn, known, heard) };
  }
  return own ? survivorIn(own, body, facts, known, heard) : nobody;
}

/** The record that the order carries is the other one's: of the survivor it tells how the order itself reaches its buyer, no more. */
function survivorIn(own: Id, body: Fields, facts: OrderFacts, known: Known, heard: Heard): Buyer {
  const { customer, events, snapshots } = facts.test
    ? { customer: asKnown(own, known, heard), events: [], snapshots: [] }
    : saved(own, (dossier) => withOrder(dossier, body, facts), known, heard);
  const { email, phone } = ownContact(body);
  const reached = { email: email ?? customer?.email ?? null, phone: phone ?? customer?.phone ?? null };
  return { customer, ...reached, events, snapshots };
}

function asKnown(own: Id, known: Known, heard: Heard): Customer | null {
  const dossier = dossierOf(own, known);
  return dossier.gone ? null : customerOf(own, dossier, heard);
}

function withOrder(dossier: Dossier, body: Fields, { acceptsMarketing, placedAt, updatedAt }: OrderFacts): Dossier {
  const at = newest(updatedAt, time(object(body, "customer"), "updated_at"));
  return withContact(withOrderConsent(dossier, acceptsMarketing, placedAt), { ...ownContact(body), at });
}

const newest = (one: Time, other: Time | null): Time => (other && Date.parse(other) > Date.parse(one) ? other : one);
