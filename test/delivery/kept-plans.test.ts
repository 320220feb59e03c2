// What a worker has prepared while the tables were nearly empty reads no more when they have grown: a kept plan is made once.
import { afterEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../app/base/database.ts";
import { type Claimed, claim } from "../../app/delivery/deliver/claim.ts";
import { takeLease } from "../../app/delivery/deliver/lane.ts";
import { settle } from "../../app/delivery/deliver/settle.ts";
import { loadSnapshots } from "../../app/delivery/snapshots.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
let worker: Database;
afterEach(async () => {
  await worker.end();
  await trip.close();
});

const FIRST = 400;
const MANY = 20_000;
/** Of those that are claimed, settled or looked up. */
const AT_ONCE = 10;
/** Blocks: its rows, its indexes, and what its settling changes in them. */
const EACH = 30;

test("plans of the first minute are right behind a mountain", async () => {
  trip = await openTrade(["shopimind"]);
  const { db } = trip.database;
  worker = openDatabase(trip.database.url, { size: 1, byIndex: true });
  // As PostgreSQL does by itself after some calls.
  await worker.query("SET plan_cache_mode = force_generic_plan");
  for (const table of ["delivery", "event", "attempt", "snapshot"])
    await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  const [lane] = await db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  const id = lane?.id ?? "";
  const taken = await takeLease(trip.road, id, "test");
  if (!taken) throw new Error("the lane is not free");
  const now = new Date(trip.road.clock().getTime() + MINUTE);
  const asked = { now, most: AT_ONCE, needsVisitor: true, customersFirst: true };
  const keys = Array.from({ length: AT_ONCE }, (_, n) => ({ kind: "visitor" as const, id: `checkout:t${n + 1}` }));
  let claimed: Claimed[] = [];
  const works: Record<string, () => Promise<unknown>> = {
    claim: async () => {
      claimed = await claim(worker, id, { ...asked, byAge: false });
      expect(claimed).toHaveLength(AT_ONCE);
    },
    "claim by age": () => claim(worker, id, { ...asked, byAge: true }),
    settle: () => settle(worker, taken.lease, claimed.map(delivered), now),
    snapshots: async () => expect(await loadSnapshots(worker, SANDBOX_SHOP, keys)).toHaveLength(AT_ONCE),
  };
  await owe(db, id, 1, FIRST);
  // As a quiet lane is found when somebody looks at it: next to nothing is due.
  await db.query(
    "UPDATE delivery SET state = 'delivered', settled_at = now() WHERE subject > 'order:2' OR kind = 'customer.saved'",
  );
  await db.query("ANALYZE delivery, event, attempt");
  for (const work of Object.values(works)) await work();
  await owe(db, id, FIRST + 1, MANY);
  for (const [name, work] of Object.entries(works)) {
    const before = await blocksSoFar(worker);
    await work();
    const read = (await blocksSoFar(worker)) - before;
    expect(read, name).toBeLessThan(AT_ONCE * EACH);
  }
}, 120_000);

const delivered = ({ id }: Claimed) => ({
  ...{ id, state: "delivered" as const, reason: null, heldBy: null, alreadyHad: false, dueAt: null, doubtSince: null },
  ...{ insisted: false, settled: [], userId: null, attemptId: null },
});

/** Orders from one number to another: each with its customer, who still waits, and with a visitor that the pixel has told of. */
async function owe(db: Database, connectionId: string, from: number, to: number): Promise<void> {
  await db.query(
    `WITH happened AS (
       INSERT INTO event (shop, key, kind, subject, occurred_at, data)
       SELECT $1, 'state:' || n, 'order.updated', 'order:' || n, now(),
         jsonb_build_object('order', jsonb_build_object('checkoutToken', 't' || n, 'customer', jsonb_build_object('id', n::text)))
       FROM generate_series($3::int, $4::int) AS n RETURNING id, key, subject, occurred_at),
     owed AS (
       SELECT id, key, subject, occurred_at, 'order.updated' AS kind, now() AS due_at FROM happened
       UNION ALL
       SELECT id, 'of ' || key, replace(subject, 'order', 'customer'), occurred_at, 'customer.saved', now() + interval '1 hour' FROM happened)
     INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT $1, 'shopimind', 'store', sha256(convert_to(key, 'UTF8')), $2, id, kind, subject, occurred_at, due_at, now() + interval '1 day' FROM owed`,
    [SANDBOX_SHOP, connectionId, from, to],
  );
  await db.query(
    `INSERT INTO snapshot (shop, kind, id, version, data)
     SELECT $1, 'visitor', 'checkout:t' || n, '', '{"from": "pixel"}' FROM generate_series($2::int, $3::int) AS n`,
    [SANDBOX_SHOP, from, to],
  );
}

/** What this database has read of its tables and their indexes. */
async function blocksSoFar(db: Database): Promise<number> {
  await db.query("SELECT pg_stat_force_next_flush()");
  const [row] = await db.query<{ blocks: string }>(
    `SELECT sum(heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit) AS blocks
     FROM pg_statio_user_tables WHERE relname IN ('delivery', 'event', 'attempt', 'snapshot')`,
  );
  return Number(row?.blocks ?? 0);
}
