// The orders of each day counted by what became of them: a day that is over once, and again when one of its orders has changed.

import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Decimal } from "../../events/facts.ts";
import type { Road } from "../road.ts";
import { type Asked, type Became, CONNECTED, ORDERS, WORTH } from "./orders.ts";

export interface Counted {
  became: Became;
  /** Of what was skipped. */
  reason: Reason | null;
  currency: string | null;
  orders: number;
  had: number;
  amount: Decimal | null;
}
interface Day {
  id: string;
  day: number;
  counts: Counted[];
}

const DAYS = `
  days AS (
    SELECT n - 1 AS at, ($2::timestamptz[])[n] AS starts, ($2::timestamptz[])[n + 1] AS ends
    FROM generate_series(1, cardinality($2::timestamptz[]) - 1) AS n)`;

const LOCK = statement<{ got: boolean }, [shop: string]>("lock-days-of-orders")`
  SELECT pg_try_advisory_xact_lock(hashtextextended($1, 3)) AS got`;
// What is kept is good as long as no change of its orders is written down; each is taken with all days that it spoils, of any zone.
const TAKE = statement<never, [shop: string]>("forget-days-of-orders-that-changed")`
  WITH taken AS (DELETE FROM order_day_stale WHERE shop = $1 RETURNING at)
  DELETE FROM order_day k
  USING (SELECT DISTINCT at FROM taken) t
  WHERE k.shop = $1 AND k.starts <= t.at AND k.starts > t.at - interval '2 days' AND k.ends > t.at`;
const KEPT = statement<Omit<Day, "counts"> & { counts: Counted[] | null }, Asked>("kept-days-of-orders")`
  WITH ${CONNECTED}, ${DAYS}
  SELECT c.id, d.at AS day, k.counts
  FROM days d
  CROSS JOIN connected c
  LEFT JOIN order_day k ON k.shop = $1 AND k.starts = d.starts AND k.ends = d.ends AND k.connection_id = c.id
    AND k.of = c.of
    AND NOT EXISTS (SELECT FROM order_day_stale s WHERE s.shop = $1 AND s.at >= d.starts AND s.at < d.ends)`;

/** Of what may have changed in the last hour nothing is written down. */
const OVER = "interval '2 hours'";
/** Longer than the pages show at once. */
const LONG_AGO = "interval '400 days'";
const COUNT = statement<Day, [...Asked, keep: boolean]>("orders-by-outcome")`
  WITH ${ORDERS}, ${DAYS},
  counted AS (
    SELECT s.connection, s.day, s.became, CASE WHEN s.became = 'skipped' THEN s.reason END AS reason, told.currency,
      count(*)::int AS orders, count(*) FILTER (WHERE s.already_had)::int AS had, sum(told.worth)::text AS amount
    FROM seen s
    ${WORTH}
    GROUP BY 1, 2, 3, 4, 5),
  by_day AS (
    SELECT connection, day, jsonb_agg(to_jsonb(counted) - 'connection' - 'day') AS counts
    FROM counted
    GROUP BY 1, 2),
  found AS (
    SELECT c.id, c.of, d.at AS day, d.starts, d.ends, coalesce(b.counts, '[]') AS counts
    FROM days d
    CROSS JOIN connected c
    LEFT JOIN by_day b ON b.connection = c.id AND b.day = d.at),
  kept AS (
    INSERT INTO order_day (shop, connection_id, starts, ends, of, counts)
    SELECT $1, id, starts, ends, of, counts
    FROM found
    WHERE $5::boolean AND ends < now() - ${OVER} AND starts > now() - ${LONG_AGO}
    ON CONFLICT (shop, starts, ends, connection_id) DO UPDATE SET of = excluded.of, counts = excluded.counts)
  SELECT id, day, counts
  FROM found`;
const FORGET = statement<never, [shop: string]>("forget-old-days-of-orders")`
  DELETE FROM order_day
  WHERE shop = $1 AND (starts < now() - ${LONG_AGO}
    OR connection_id NOT IN (SELECT id FROM connection WHERE shop = $1 AND state <> 'disconnected'))`;

/** So many are counted by one statement: a year that was never looked at takes seconds. */
const AT_ONCE = 7;

/** @returns by connection, for each of the days. */
export async function countByDay(road: Road, asked: Asked): Promise<Map<string, Counted[][]>> {
  const [shop, starts, ...which] = asked;
  const counts = new Map<string, Counted[][]>();
  const note = ({ id, day, counts: some }: Day) => {
    const days = counts.get(id) ?? starts.slice(1).map(() => []);
    days[day] = some;
    counts.set(id, days);
  };
  const missing = new Set<number>();
  await locked(road, shop, async (sql, got) => {
    if (got) await sql.query(TAKE, [shop]);
    for (const { counts: some, ...one } of await sql.query(KEPT, asked))
      if (some) note({ ...one, counts: some });
      else missing.add(one.day);
  });
  for (const [first, last] of runsOf([...missing].sort((a, b) => a - b)))
    await locked(road, shop, async (sql, got) => {
      const rows = await sql.query(COUNT, [shop, starts.slice(first, last + 2), ...which, got]);
      for (const row of rows) note({ ...row, day: first + row.day });
    });
  return counts;
}

/** @param got false: another is at it, and nothing is kept: a count that began before its change was taken would be kept for good. */
const locked = (road: Road, shop: string, work: (sql: Sql, got: boolean) => Promise<void>): Promise<void> =>
  road.db.transaction(async (sql) => {
    const [lock] = await sql.query(LOCK, [shop]);
    await work(sql, lock?.got ?? false);
  });

/** Days that follow one another, the first and the last of each run. */
function runsOf(days: number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && day === run[1] + 1 && day - run[0] < AT_ONCE) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** @returns which of the days, counted from 0, may have an order of which such a thing became: all but those that are known to have none. */
export async function daysThatMayHave(road: Road, asked: Asked, became: Became[]): Promise<number[]> {
  const rows = await road.db.query(KEPT, asked);
  return rows.flatMap(({ day, counts }) => (counts?.every((one) => !became.includes(one.became)) ? [] : [day]));
}

/** Of connections that are no more, and what is older than any page shows. */
export const forgetOldDays = async (sql: Sql, shop: string): Promise<void> => void (await sql.query(FORGET, [shop]));

const WAIT = statement<{ locked: string }, [shop: string]>("wait-for-days-of-orders")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 3))::text AS locked`;
const FORGET_ALL = statement<never, [shop: string]>("forget-days-of-orders")`
  DELETE FROM order_day
  WHERE shop = $1`;

/** What is counted from now on knows nothing that is gone by now. */
export const forgetDays = (road: Road, shop: string): Promise<void> =>
  road.db.transaction(async (sql) => {
    await sql.query(WAIT, [shop]);
    await sql.query(FORGET_ALL, [shop]);
  });
