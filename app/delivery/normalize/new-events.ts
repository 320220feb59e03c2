// Writes down the events that were not known, and finds the customers who go with them.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { subjectOf } from "../../events/keys.ts";
import { personKeys } from "../person-keys.ts";

/** An event, and the webhook that told it; null: it was found out here. */
export interface Happened {
  event: Event;
  webhookId: string | null;
}

/** An event with its number. */
export interface Kept {
  id: string;
  event: Event;
}

const INSERT = statement<{ id: string; key: string }, [shop: string, events: string]>("insert-events")`
  INSERT INTO event (shop, key, kind, subject, occurred_at, version, data, persons, webhook_id)
  SELECT $1, key, kind, subject, "occurredAt", version, data, persons, "webhookId"
  FROM jsonb_to_recordset($2::jsonb) AS e (
    key text, kind text, subject text, "occurredAt" timestamptz, version text, data jsonb, persons bigint[],
    "webhookId" bigint)
  ON CONFLICT (shop, key) DO NOTHING
  RETURNING id, key`;

/** @returns those that were not known. */
export async function insertEvents(sql: Sql, shop: string, heard: Happened[]): Promise<Kept[]> {
  const byKey = new Map<string, Happened>();
  for (const one of heard) if (!byKey.has(one.event.key)) byKey.set(one.event.key, one);
  const rows = [...byKey.values()].map(({ event, webhookId }) => ({
    key: event.key,
    kind: event.kind,
    subject: event.subject,
    occurredAt: event.occurredAt,
    version: event.version,
    data: event,
    persons: personKeys(event),
    webhookId,
  }));
  const inserted = await sql.query(INSERT, [shop, JSON.stringify(rows)]);
  const ids = new Map(inserted.map(({ id, key }) => [key, id]));
  return [...byKey].flatMap(([key, { event }]) => {
    const id = ids.get(key);
    return id ? [{ id, event }] : [];
  });
}

const NEWEST_CUSTOMERS = statement<Kept, [shop: string, subjects: string[]]>("newest-of-customers")`
  SELECT DISTINCT ON (subject) id, data AS event
  FROM event
  WHERE shop = $1 AND subject = ANY ($2) AND kind IN ('customer.saved', 'customer.consent_changed')
    AND data IS NOT NULL
  ORDER BY subject, version DESC`;

/**
 * An order's customer goes with it, first: the newest that we know of each. Connections that have it are not owed it again;
 * one that was made after the customer was heard of gets it now.
 */
export async function customersOf(sql: Sql, shop: string, fresh: Kept[]): Promise<Kept[]> {
  const told = new Set(fresh.map(({ event }) => event.subject));
  const wanted = fresh.flatMap(({ event }) => {
    const customer = event.kind === "order.updated" && !event.order.test ? event.order.customer : null;
    return customer && !told.has(subjectOf("customer", customer.id)) ? [subjectOf("customer", customer.id)] : [];
  });
  if (wanted.length === 0) return [];
  return sql.query(NEWEST_CUSTOMERS, [shop, [...new Set(wanted)]]);
}
