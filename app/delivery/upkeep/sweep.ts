// Finds what waits without a bell: webhooks not normalized, lanes without a runner that have something to do.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { APART_MS } from "../deliver/breaker.ts";
import type { Road } from "../road.ts";

export interface Forgotten {
  shops: string[];
  lanes: { connectionId: string; destination: string }[];
}

/** Old enough that its own bell should have been answered. */
const OVERDUE_MS = 1_500;
/**
 * Shops, and lanes. When all are behind, most have a bell that is still to be answered, and more bells make them later; what has
 * lost its own is found by one of the next sweeps: which of them are named is left to chance, so that none hides behind others.
 */
const MOST = 200;

const LOCK = statement<{ got: boolean }>("lock-sweep")`
  SELECT pg_try_advisory_xact_lock(7, 1) AS got`;

/**
 * One process at a time sweeps; the others get an empty answer.
 * A lane counts only where its lease has run out and nothing holds it back: a slot, a back-off, a vendor that is ill.
 * `wake_at` alone does not: it may be the time of what was due last, and the bell for what came since is lost.
 */
export async function findForgotten(road: Road): Promise<Forgotten> {
  return road.db.transaction(async (sql) => {
    const [lock] = await sql.query(LOCK);
    if (!lock?.got) return { shops: [], lanes: [] };
    const overdue = new Date(road.clock().getTime() - OVERDUE_MS);
    return { shops: await shops(sql), lanes: await lanes(sql, overdue, road.clock()) };
  });
}

const SHOPS = statement<{ shop: string }, [overdue: number, most: number]>("shops-with-overdue-webhooks")`
  SELECT shop
  FROM webhook
  WHERE state = 'received'
  GROUP BY shop
  HAVING min(received_at) < clock_timestamp() - $1 * interval '1 ms'
  ORDER BY random()
  LIMIT $2`;

async function shops(sql: Sql): Promise<string[]> {
  const rows = await sql.query(SHOPS, [OVERDUE_MS, MOST]);
  return rows.map(({ shop }) => shop);
}

// A `wake_at` that is as near as $3 is waited for, so that lanes that were woken together stay spread.
// A closed channel is tried for what it holds, which is due at its deadline only.
// What is not the head of its subject cannot go yet, however long it has been due. Each lane costs two short looks into an index.
const FREE = "(l.lease_until IS NULL OR l.lease_until < clock_timestamp())";
const LANES = statement<
  { connectionId: string; destination: string },
  [overdue: Date, now: Date, near: Date, most: number]
>("lanes-with-something-to-do")`
  SELECT connection_id AS "connectionId", destination
  FROM (
    SELECT l.connection_id, l.destination
    FROM lane l
    JOIN connection c ON c.id = l.connection_id
    WHERE ${FREE} AND c.state = 'on'
      AND (l.wake_at IS NULL OR l.wake_at <= $2 OR NOT (
        l.wake_at <= $3
        OR coalesce(l.held_until > $2, false)
        OR EXISTS (SELECT 1 FROM host_breaker b WHERE b.host = l.host AND b.opened_at IS NOT NULL AND b.probe_at > $2)))
      AND delivery_next_due(l.connection_id) <= $1
    UNION
    SELECT l.connection_id, l.destination
    FROM lane l
    JOIN connection c ON c.id = l.connection_id
    WHERE ${FREE} AND c.state = 'on' AND l.paused_channels <> '{}' AND l.wake_at <= $1
      AND EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due')
    UNION
    SELECT l.connection_id, l.destination
    FROM lane l
    WHERE ${FREE} AND delivery_next_deadline(l.connection_id) <= $2
  ) AS forgotten
  ORDER BY random()
  LIMIT $4`;

const lanes = (sql: Sql, overdue: Date, now: Date) =>
  sql.query(LANES, [overdue, now, new Date(now.getTime() + APART_MS), MOST]);
