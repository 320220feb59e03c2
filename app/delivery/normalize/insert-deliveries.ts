// Writes deliveries down. A key that the ledger knows is never given away again.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { because, NO_REASON, type RoadCode } from "../reasons.ts";
import type { DeliveryRow } from "./rows.ts";

export interface Due {
  connectionId: string;
  destination: string;
}

const INSERT = statement<
  { connectionId: string; destination: string; state: string },
  [shop: string, deliveries: string, now: Date]
>("insert-deliveries")`
  INSERT INTO delivery (
    shop, destination, account, key_hash, connection_id, event_id, kind, state, reason_code, reason_values, subject,
    occurred_at, version, due_at, deadline_at, worth, currency, backfill_id, later, created_at,
    settled_at)
  SELECT $1, destination, account, decode("keyHash", 'hex'), "connectionId", "eventId", kind, state, reason ->> 'code',
    reason -> 'values', subject, "occurredAt", version, "dueAt", "deadlineAt", worth, currency, "backfillId",
    "backfillId" IS NOT NULL, $3,
    CASE WHEN state = 'due' THEN NULL ELSE $3::timestamptz END
  FROM jsonb_to_recordset($2::jsonb) AS d (
    destination text, account text, "keyHash" text, "connectionId" uuid, "eventId" bigint, kind text, state text,
    reason jsonb, subject text, "occurredAt" timestamptz, version text, "dueAt" timestamptz, "deadlineAt" timestamptz,
    worth numeric, currency text, "backfillId" bigint)
  ON CONFLICT (shop, destination, account, key_hash) DO NOTHING
  RETURNING connection_id AS "connectionId", destination, state`;

/** @returns what is due now. */
export async function insertDeliveries(sql: Sql, shop: string, rows: DeliveryRow[], now: Date) {
  if (rows.length === 0) return [];
  const named = rows.map((row) => (row.state === "superseded" ? { ...row, reason: because("newer_known") } : row));
  const inserted = await sql.query(INSERT, [shop, JSON.stringify(named), now]);
  return inserted.filter(({ state }) => state === "due");
}

const HURRY = statement<Due, [shop: string, keyHashes: string[]]>("hurry-what-is-needed-now")`
  UPDATE delivery
  SET later = false
  WHERE shop = $1 AND key_hash IN (SELECT decode(key, 'hex') FROM unnest($2::text[]) AS key)
    AND destination IN (SELECT destination FROM connection WHERE shop = $1)
    AND account IN (SELECT account FROM connection WHERE shop = $1)
    AND state = 'due' AND later
  RETURNING connection_id AS "connectionId", destination`;

/** What a backfill owes already, and the present needs as well, waits behind nothing any more. Within a transaction that holds the lanes. */
export async function hurry(sql: Sql, shop: string, rows: DeliveryRow[]): Promise<Due[]> {
  if (rows.length === 0) return [];
  return sql.query(HURRY, [shop, rows.map(({ keyHash }) => keyHash)]);
}

const BEFORE = "before_connection" satisfies RoadCode;
const REVIVE = statement<Due, [shop: string, rows: string, now: Date]>("owe-what-was-before-connection")`
  UPDATE delivery d
  SET state = 'due', ${NO_REASON}, due_at = $3, deadline_at = r."deadlineAt", settled_at = NULL,
    backfill_id = r."backfillId", later = true
  FROM jsonb_to_recordset($2::jsonb) AS r (
    destination text, account text, "keyHash" text, "connectionId" uuid, "deadlineAt" timestamptz, "backfillId" bigint,
    state text)
  WHERE d.shop = $1 AND d.destination = r.destination AND d.account = r.account
    AND d.key_hash = decode(r."keyHash", 'hex') AND d.connection_id = r."connectionId" AND r.state = 'due'
    AND d.state = 'skipped' AND d.reason_code = '${BEFORE}'
    AND EXISTS (SELECT 1 FROM event e WHERE e.id = d.event_id AND e.data IS NOT NULL)
  RETURNING d.connection_id AS "connectionId", d.destination`;

/** What was left out only because it happened before its connection was made: a merchant wants it now. Within a transaction that holds the lanes. */
export async function revive(sql: Sql, shop: string, rows: DeliveryRow[], now: Date): Promise<Due[]> {
  if (rows.length === 0) return [];
  return sql.query(REVIVE, [shop, JSON.stringify(rows), now]);
}
