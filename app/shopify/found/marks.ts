// How far each shop was looked through: what a crash, a throttled question or a dead token leaves is gone on with.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Resource } from "../retold/retell.ts";

/** Nobody else takes a shop for so long: whoever has it says so again at every step. */
const LEASE = "interval '60 seconds'";
const HOUR = "interval '1 hour'";
const THERE = `s.uninstalled_at IS NULL
    AND EXISTS (SELECT FROM session WHERE session.id = 'offline_' || s.domain)
    AND EXISTS (SELECT FROM connection c WHERE c.shop = s.domain AND c.state IN ('on', 'paused'))`;

// A shop that is new here gets its time somewhere in the hour, so that not all are asked at once.
const PLAN = statement<never, [now: Date]>("plan-looks")`
  INSERT INTO reconciliation AS l (shop, next_at)
  SELECT s.domain, $1::timestamptz + random() * ${HOUR}
  FROM shop s
  WHERE ${THERE} AND NOT EXISTS (SELECT FROM reconciliation l WHERE l.shop = s.domain)
  ON CONFLICT DO NOTHING`;

export const planLooks = (sql: Sql, now: Date) => sql.query(PLAN, [now]);

// While the road is behind, what is not in the books yet is no sign that Shopify did not tell it.
const TAKE = statement<{ shop: string }, [now: Date]>("take-look")`
  UPDATE reconciliation
  SET busy_until = now() + ${LEASE}, began_at = coalesce(began_at, $1)
  WHERE shop = (
    SELECT l.shop
    FROM reconciliation l
    JOIN shop s ON s.domain = l.shop
    WHERE l.next_at <= $1 AND (l.busy_until IS NULL OR l.busy_until < now()) AND ${THERE}
      AND NOT EXISTS (
        SELECT FROM webhook w
        WHERE w.shop = l.shop AND w.state = 'received' AND w.received_at < now() - interval '1 minute')
    ORDER BY l.next_at
    LIMIT 1
    FOR UPDATE OF l SKIP LOCKED)
  RETURNING shop`;

/** @returns the shop whose turn it is, which is this process's now; null: none. */
export async function takeLook(sql: Sql, now: Date): Promise<string | null> {
  const [row] = await sql.query(TAKE, [now]);
  return row?.shop ?? null;
}

const ASK = statement<never, [shop: string, now: Date]>("ask-for-look")`
  INSERT INTO reconciliation AS l (shop, next_at)
  VALUES ($1, $2)
  ON CONFLICT (shop) DO UPDATE SET next_at = least(l.next_at, $2)`;

/** The merchant wants to know now. */
export const askForLook = (sql: Sql, shop: string, now: Date) => sql.query(ASK, [shop, now]);

const END = statement<never, [shop: string, now: Date]>("end-look")`
  UPDATE reconciliation
  SET looked_at = $2, began_at = NULL, busy_until = NULL, next_at = $2::timestamptz + ${HOUR}, reason_code = NULL,
    reason_values = NULL
  WHERE shop = $1`;
const BREAK_OFF = statement<never, [shop: string, until: Date, reason: Reason]>("break-off-look")`
  UPDATE reconciliation
  SET next_at = $2, busy_until = NULL, reason_code = $3::jsonb ->> 'code', reason_values = $3::jsonb -> 'values'
  WHERE shop = $1`;

export const endLook = (sql: Sql, shop: string, now: Date) => sql.query(END, [shop, now]);
/** It goes on where it was, not before `until`. */
export const breakOffLook = (sql: Sql, shop: string, until: Date, reason: Reason) =>
  sql.query(BREAK_OFF, [shop, until, reason]);

export interface Mark {
  since: Date;
  until: Date;
  cursor: string | null;
}
const OPEN = statement<Mark, [shop: string, resource: Resource, since: Date, until: Date]>("open-look-mark")`
  INSERT INTO reconciliation_mark AS m (shop, resource, since, until)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (shop, resource) DO UPDATE SET
    since = greatest(m.since, $3),
    until = coalesce(m.until, $4),
    seen = CASE WHEN m.until IS NULL THEN 0 ELSE m.seen END
  RETURNING since, coalesce(until, $4) AS until, cursor`;

/** One that was broken off goes on; else a new one begins. @param since nothing before is wanted. */
export async function openMark(sql: Sql, shop: string, resource: Resource, since: Date, until: Date): Promise<Mark> {
  const [mark] = await sql.query(OPEN, [shop, resource, since, until]);
  if (!mark) throw new Error("a mark that was written is not there");
  return mark;
}

const STEP = statement<never, [shop: string, resource: Resource, cursor: string | null, seen: number]>(
  "step-look-mark",
)`
  UPDATE reconciliation_mark
  SET cursor = $3, seen = seen + $4
  WHERE shop = $1 AND resource = $2`;
export const stepMark = (sql: Sql, shop: string, resource: Resource, cursor: string | null, seen: number) =>
  sql.query(STEP, [shop, resource, cursor, seen]);

const HOLD = statement<never, [shop: string]>("hold-look")`
  UPDATE reconciliation
  SET busy_until = now() + ${LEASE}
  WHERE shop = $1`;
export const holdLook = (sql: Sql, shop: string) => sql.query(HOLD, [shop]);

const UNTOLD = statement<never, [shop: string, resource: Resource, updatedAt: string]>("note-untold")`
  UPDATE reconciliation_mark
  SET untold_at = least(untold_at, $3::timestamptz)
  WHERE shop = $1 AND resource = $2`;
export const noteUntold = (sql: Sql, shop: string, resource: Resource, updatedAt: string) =>
  sql.query(UNTOLD, [shop, resource, updatedAt]);

// What could not be told is looked for again, for a day.
const CLOSE = statement<never, [shop: string, resource: Resource]>("close-look-mark")`
  UPDATE reconciliation_mark
  SET since = greatest(since, least(until, greatest(untold_at, until - interval '1 day'))), until = NULL, cursor = NULL,
    untold_at = NULL
  WHERE shop = $1 AND resource = $2`;
export const closeMark = (sql: Sql, shop: string, resource: Resource) => sql.query(CLOSE, [shop, resource]);
