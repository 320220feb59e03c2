// A backfill as a worker has it: taken by one at a time, and saved after each step under its lease.
import { randomUUID } from "node:crypto";
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Road } from "../../delivery/road.ts";
import type { What } from "../../destinations/history.ts";

/** What is asked for in one bulk operation: all of one kind that was made in a span, its end not included. */
export interface Piece {
  what: What;
  since: string;
  until: string;
  /** Operations that gave no file of use. */
  tries: number;
}
export interface Backfill {
  id: string;
  shop: string;
  connectionId: string;
  /** The present one first. */
  pieces: Piece[];
  operation: string | null;
  lines: number;
  fileRead: boolean;
  sentTo: number;
  tries: number;
}

/** Longer than any step takes: a question and its waits, or a part of a file. */
const LEASE = "interval '60 s'";
export const OWNER = randomUUID();

/** Of what was left out so many are kept by their ids. */
const MOST_NAMED = 100;

const FIELDS = `id, shop, connection_id AS "connectionId", pieces, operation, lines, file_read AS "fileRead",
    sent_to AS "sentTo", tries`;

// One at a time for a shop; of those that are planned the first.
const TAKE = statement<Backfill, [owner: string, now: Date]>("take-backfill")`
  UPDATE backfill
  SET state = 'running', owner = $1, owner_until = clock_timestamp() + ${LEASE}
  WHERE id = (
    SELECT id
    FROM backfill b
    WHERE state IN ('planned', 'running') AND look_at <= $2
      AND (owner_until IS NULL OR owner_until < clock_timestamp())
      AND NOT EXISTS (
        SELECT 1
        FROM backfill o
        WHERE o.shop = b.shop AND o.id <> b.id
          AND (o.state = 'running' OR (o.state = 'planned' AND b.state = 'planned' AND o.id < b.id)))
    ORDER BY look_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED)
  RETURNING ${FIELDS}`;

export async function take(road: Pick<Road, "db" | "clock">): Promise<Backfill | null> {
  const [backfill] = await road.db.query(TAKE, [OWNER, road.clock()]);
  return backfill ?? null;
}

/** It was paused, cancelled or taken over: whoever is at it stops. */
export class Taken extends Error {
  override name = "Taken";
}

type Change = Partial<Pick<Backfill, "pieces" | "operation" | "lines" | "fileRead" | "sentTo" | "tries">> & {
  seen?: number;
  sent?: number;
  /** Shopify's ids of what could not be read. */
  leftOut?: string[];
};

const SAVE = statement<{ id: string }, [id: string, owner: string, change: string]>("save-backfill")`
  UPDATE backfill b
  SET pieces = coalesce(c.pieces, b.pieces), left_out = (b.left_out || coalesce(c."leftOut", '{}'))[1:${MOST_NAMED}],
    operation = CASE WHEN $3::jsonb ? 'operation' THEN c.operation ELSE b.operation END,
    lines = coalesce(c.lines, b.lines), file_read = coalesce(c."fileRead", b.file_read),
    sent_to = coalesce(c."sentTo", b.sent_to), tries = coalesce(c.tries, b.tries),
    seen = b.seen + coalesce(c.seen, 0), sent = b.sent + coalesce(c.sent, 0),
    reason_code = NULL, reason_values = NULL, owner_until = clock_timestamp() + ${LEASE}
  FROM jsonb_to_record($3::jsonb) AS c (
    pieces jsonb, operation text, lines int, "fileRead" boolean, "sentTo" int, tries int, seen int, sent int,
    "leftOut" text[])
  WHERE b.id = $1 AND b.owner = $2 AND b.state = 'running'
  RETURNING b.id`;

/** `seen`, `sent` and `leftOut` are added to what there is. @throws Taken */
export async function save(sql: Sql, backfill: Backfill, change: Change): Promise<void> {
  const [row] = await sql.query(SAVE, [backfill.id, OWNER, JSON.stringify(change)]);
  if (!row) throw new Taken();
  const { seen: _, sent: __, leftOut: ___, ...rest } = change;
  Object.assign(backfill, rest);
}

const WAIT = statement<never, [id: string, owner: string, until: Date, tries: number, reason: string | null]>(
  "let-backfill-wait",
)`
  UPDATE backfill
  SET look_at = $3, tries = $4, reason_code = $5::jsonb ->> 'code', reason_values = $5::jsonb -> 'values',
    owner = NULL, owner_until = NULL
  WHERE id = $1 AND owner = $2 AND state = 'running'`;

/** Gives it back until then. @param tries questions in a row that had no answer of use. */
export async function wait(
  road: Pick<Road, "db" | "clock">,
  backfill: Backfill,
  { until, tries = 0, reason = null }: { until: Date; tries?: number; reason?: Reason | null },
): Promise<void> {
  await road.db.query(WAIT, [backfill.id, OWNER, until, tries, reason && keptJson(reason)]);
}
