// Reads customers: customers/*, the consent topic, and the customer that an order carries.
import { isDeepStrictEqual } from "node:util";
import { address } from "./address.ts";
import { defaultOf } from "./contact.ts";
import {
  customerKey,
  customerOf,
  type Dossier,
  dossierOf,
  type Facts,
  snapshotOf,
  withFacts,
  withTopicConsent,
} from "./dossier.ts";
import type { Event } from "./event.ts";
import type { Address, Customer, Id } from "./facts.ts";
import { email, field, id, must, object, objects, ownId, text, time, word } from "./fields.ts";
import { type Fields, Unreadable } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Known, Normalized, Reading, Snapshot, SnapshotKey } from "./reading.ts";
import { because } from "./reasons.ts";
import { arrival, fingerprint, frame, stamp, utc, when } from "./version.ts";

/** customers/create, customers/update. @throws Unreadable */
export function readCustomer(body: Fields, heard: Heard): Reading {
  const own = must(ownId, body, "id", "an_id");
  const learn = (dossier: Dossier) => learned(dossier, body, heard);
  return { is: "events", needs: [customerKey(own)], normalize: (known) => saved(own, learn, known, heard) };
}

/** What a customer's record says; `locale` is the language of the order that it came with. */
export function customerFacts(customer: Fields, locale: string | null): Facts {
  return {
    email: email(customer, "email"),
    phone: text(customer, "phone"),
    firstName: text(customer, "first_name"),
    lastName: text(customer, "last_name"),
    locale: text(customer, "locale") ?? locale,
    createdAt: time(customer, "created_at"),
    defaultAddress: address(object(customer, "default_address") ?? defaultOf(customer)),
    addresses: addressesOf(customer),
  };
}

/** What is known of a customer, with what the record adds. */
export function learned(dossier: Dossier, customer: Fields, heard: Heard, locale: string | null = null): Dossier {
  const updatedAt = time(customer, "updated_at");
  return withFacts(dossier, toldOf(customer, locale), updatedAt, stamp(heard, updatedAt));
}

const fieldOf: Partial<Record<keyof Facts, string>> = {
  email: "email",
  phone: "phone",
  firstName: "first_name",
  lastName: "last_name",
  defaultAddress: "default_address",
};

/** The facts that the record tells, also that there is none; a value that cannot be read tells nothing. */
function toldOf(customer: Fields, locale: string | null): Partial<Facts> {
  const isNone = (name: string) => Object.hasOwn(customer, name) && [null, ""].includes(customer[name] as null);
  const told = Object.entries(customerFacts(customer, locale)).filter(([name, value]) => {
    const from = fieldOf[name as keyof Facts];
    return value !== null || (from !== undefined && isNone(from));
  });
  return Object.fromEntries(told);
}

/** customer.saved, if what is known changed; nothing for a customer who is gone. */
export function saved(
  own: Id,
  learn: (dossier: Dossier) => Dossier,
  known: Known,
  heard: Heard,
  kind: "customer.saved" | "customer.consent_changed" = "customer.saved",
): Normalized & { customer: Customer | null } {
  const before = dossierOf(own, known);
  if (before.gone) return { events: [], snapshots: [], customer: null };
  const learnt = learn(before);
  const customer = customerOf(own, learnt, heard);
  const changed = !known(customerKey(own)) || !isDeepStrictEqual(customerOf(own, before, heard), customer);
  const after = changed ? { ...learnt, changes: before.changes + 1 } : learnt;
  const snapshots = isDeepStrictEqual(before, after) ? [] : [snapshotOf(own, after, heard)];
  if (!changed) return { events: [], snapshots, customer };
  const consentAt = kind === "customer.consent_changed" ? customer.emailConsent?.at : null;
  const occurredAt = when(heard, consentAt ?? customer.updatedAt);
  const subject = subjectOf("customer", own);
  const key = `${subject}@${utc(occurredAt)}#${fingerprint({ customer, changes: after.changes })}`;
  const event = {
    kind,
    key,
    subject,
    occurredAt,
    version: arrival(heard),
    ...frame(heard, customer.updatedAt),
    customer,
  };
  return { events: [event], snapshots, customer };
}

const nothing: Reading = { is: "events", needs: [], normalize: () => ({ events: [], snapshots: [] }) };

/** What Shopify calls the state of a consent; only the first is a yes. */
const states = ["subscribed", "not_subscribed", "unsubscribed", "pending", "invalid", "redacted"];

/** customers_email_marketing_consent/update. @throws Unreadable */
export function readConsent(body: Fields, heard: Heard): Reading {
  const own = must(id, body, "customer_id", "an_id");
  const consent = object(body, "email_marketing_consent");
  const said = field(consent, "state");
  const state = typeof said === "string" ? word(consent, "state") : null;
  // Shopify sends it without a state for a customer of whom nothing is known.
  if (state === null) return nothing;
  if (!states.includes(state)) throw new Unreadable(because("consent_unknown_state"));
  const at = time(consent, "consent_updated_at");
  const learn = (dossier: Dossier) => withTopicConsent(dossier, state === "subscribed", at, stamp(heard, at));
  const normalize = (known: Known) => saved(own, learn, known, heard, "customer.consent_changed");
  return { is: "events", needs: [customerKey(own)], normalize };
}

/** customers/delete. @throws Unreadable */
export function readCustomerDeleted(body: Fields, heard: Heard): Reading {
  const own = must(ownId, body, "id", "an_id");
  const facts = { kind: "customer.deleted", key: `customer:${own}@deleted`, customerId: own } as const;
  return { is: "events", needs: [customerKey(own)], normalize: (known) => gone(own, facts, known, heard) };
}

/** customers/merge; a merge that failed or still runs changed nothing. @throws Unreadable */
export function readCustomersMerged(body: Fields, heard: Heard): Reading {
  const kept = must(id, body, "admin_graphql_api_customer_kept_id", "an_id");
  const merged = must(id, body, "admin_graphql_api_customer_deleted_id", "an_id");
  const status = text(body, "status")?.toLowerCase() ?? "completed";
  if (status !== "completed") return nothing;
  const facts = {
    kind: "customer.merged",
    key: `customer:${merged}@merged`,
    customerId: kept,
    mergedId: merged,
  } as const;
  const normalize = (known: Known): Normalized => {
    const { events } = gone(merged, facts, known, heard);
    return { events, snapshots: mergedSnapshots(merged, kept, known, heard) };
  };
  // An order behind it may ask for whoever is left of the one who was kept.
  const more = (known: Known) => survivorKeys(kept, known);
  return { is: "events", needs: [customerKey(merged), customerKey(kept)], more, normalize };
}

type Ending =
  | { kind: "customer.deleted"; key: string; customerId: Id }
  | { kind: "customer.merged"; key: string; customerId: Id; mergedId: Id };

const GONE: Dossier = { facts: {}, updatedAt: null, topic: null, order: null, gone: true, changes: 0 };

/** Whoever was merged into the one who is gone now is the survivor's, too. */
function mergedSnapshots(merged: Id, kept: Id, known: Known, heard: Heard): Snapshot[] {
  const survivor = dossierOf(kept, known);
  const last = survivor.gone ? (survivor.mergedInto ?? kept) : kept;
  const all = [merged, ...(dossierOf(merged, known).absorbed ?? [])].filter((id) => id !== last);
  const snapshots = all.map((id) => snapshotOf(id, { ...GONE, mergedInto: last }, heard));
  if (survivor.gone) return snapshots;
  const absorbed = [...new Set([...(survivor.absorbed ?? []), ...all])];
  return [...snapshots, snapshotOf(kept, { ...survivor, absorbed }, heard)];
}

/** Under whom an order's customer is known now: the survivor of a merge; null: deleted for good. */
export function survivorOf(own: Id, known: Known): Id | null {
  const { gone: isGone, mergedInto } = dossierOf(own, known);
  return isGone ? (mergedInto ?? null) : own;
}

/** Where the one who is left is written down; nothing for one who was not merged. */
export function survivorKeys(own: Id, known: Known): SnapshotKey[] {
  const { mergedInto } = dossierOf(own, known);
  return mergedInto ? [customerKey(mergedInto)] : [];
}

/** Forgets all that was known, and that late webhooks must not bring the customer back. */
function gone(own: Id, facts: Ending, known: Known, heard: Heard): Normalized {
  const occurredAt = when(heard);
  const about = { subject: subjectOf("customer", own), occurredAt, version: arrival(heard), ...frame(heard) };
  const event: Event = { ...facts, ...about };
  return { events: [event], snapshots: dossierOf(own, known).gone ? [] : [snapshotOf(own, GONE, heard)] };
}

/** Shopify tells ten; what is not Shopify's may hold any number. */
const mostAddresses = 50;

/** null where there is no list: an order tells the default address only. */
function addressesOf(customer: Fields): Address[] | null {
  if (!Array.isArray(field(customer, "addresses"))) return null;
  return objects(customer, "addresses")
    .slice(0, mostAddresses)
    .flatMap((one) => address(one) ?? []);
}
