// Finds what waits without a bell: webhooks not normalized, lanes without a runner that have something to do.
import type { Sql } from "../../db.server.ts";
import type { Road } from "../road.ts";

export interface Forgotten {
  shops: string[];
  lanes: { connectionId: string; destination: string }[];
}

/** Old enough that its own bell should have been answered. */
const OVERDUE_MS = 1_500;

/**
 * One process at a time sweeps; the others get an empty answer.
 * A lane counts only where its lease has run out; one that holds itself back (`wake_at` to come) only once that time is over.
 */
export async function findForgotten(road: Road): Promise<Forgotten> {
  return road.db.transaction(async (sql) => {
    const [lock] = await sql.query<{ got: boolean }>("SELECT pg_try_advisory_xact_lock(7, 1) AS got");
    if (!lock?.got) return { shops: [], lanes: [] };
    const overdue = new Date(road.clock().getTime() - OVERDUE_MS);
    return { shops: await shops(sql), lanes: await lanes(sql, overdue, road.clock()) };
  });
}

async function shops(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ shop: string }>(
    `SELECT shop FROM webhook WHERE state = 'received' GROUP BY shop
     HAVING min(received_at) < clock_timestamp() - $1 * interval '1 ms'`,
    [OVERDUE_MS],
  );
  return rows.map(({ shop }) => shop);
}

const lanes = (sql: Sql, overdue: Date, now: Date) =>
  sql.query<{ connectionId: string; destination: string }>(
    `SELECT l.connection_id AS "connectionId", l.destination FROM lane l JOIN connection c ON c.id = l.connection_id
     WHERE (l.lease_until IS NULL OR l.lease_until < clock_timestamp()) AND (
       (c.state = 'on' AND (l.wake_at IS NULL OR l.wake_at <= $2)
         AND EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due' AND d.due_at <= $1))
       OR EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due' AND d.deadline_at <= $2))`,
    [overdue, now],
  );
