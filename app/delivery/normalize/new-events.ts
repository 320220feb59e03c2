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

// What only a backfill has told so far is as new to all others, and a webhook tells more than what was found. The numbers of those
// keep the plan: without them one that was made while the tables were small reads all that any backfill has told.
const INSERT = statement<{ id: string; key: string }, [shop: string, events: string]>("insert-events")`
  WITH e AS MATERIALIZED (
    SELECT *
    FROM jsonb_to_recordset($2::jsonb) AS e (
      key text, kind text, subject text, "occurredAt" timestamptz, version text, data jsonb, persons bigint[],
      "webhookId" bigint)),
  told AS (
    UPDATE event k
    SET backfilled = false, data = e.data, persons = e.persons, webhook_id = e."webhookId"
    FROM e
    WHERE k.id = ANY (ARRAY(
        SELECT known.id
        FROM e
        CROSS JOIN LATERAL (SELECT id FROM event WHERE shop = $1 AND key = e.key AND backfilled LIMIT 1) AS known))
      AND k.key = e.key AND k.backfilled
    RETURNING k.id, k.key),
  inserted AS (
    INSERT INTO event (shop, key, kind, subject, occurred_at, version, data, persons, webhook_id)
    SELECT $1, key, kind, subject, "occurredAt", version, data, persons, "webhookId"
    FROM e
    ON CONFLICT (shop, key) DO NOTHING
    RETURNING id, key)
  SELECT id, key
  FROM told
  UNION ALL
  SELECT id, key
  FROM inserted`;

/** @returns those that were not known, or only to a backfill. */
export async function insertEvents(sql: Sql, shop: string, heard: Happened[]): Promise<Kept[]> {
  const byKey = keyed(heard);
  const inserted = await sql.query(INSERT, [shop, rowsOf(byKey)]);
  const ids = new Map(inserted.map(({ id, key }) => [key, id]));
  return [...byKey].flatMap(([key, { event }]) => {
    const id = ids.get(key);
    return id ? [{ id, event }] : [];
  });
}

/** The first of each key, in their order. */
export function keyed(heard: Happened[]): Map<string, Happened> {
  const byKey = new Map<string, Happened>();
  for (const one of heard) if (!byKey.has(one.event.key)) byKey.set(one.event.key, one);
  return byKey;
}

export const rowsOf = (byKey: Map<string, Happened>): string =>
  JSON.stringify(
    [...byKey.values()].map(({ event, webhookId }) => ({
      ...{ key: event.key, kind: event.kind, subject: event.subject, occurredAt: event.occurredAt },
      ...{ version: event.version, data: event, persons: personKeys(event), webhookId },
    })),
  );

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
