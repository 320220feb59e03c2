// The road in a shop's first rush: its plans were made while the tables were nearly empty and nothing was ever analyzed, and read no more when they have grown.
import { afterEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../app/base/database.ts";
import { orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { freshDatabase } from "../support/database.ts";
import { openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade;
let worker: Database;
afterEach(async () => {
  await worker.end();
  await trip.close();
});

const MANY = 20_000;
const ORDERS = 5;
/** Blocks of an order and its refund: all of their rows, in all their indexes. */
const EACH = 700;
const TABLES = ["webhook", "event", "snapshot", "delivery", "attempt", "high_water", "order_day_stale"];

test("an order and its refund cost as much behind twenty thousand others as behind three", async () => {
  const database = await freshDatabase();
  worker = openDatabase(database.url, { size: 1, byIndex: true });
  // As PostgreSQL does by itself after some calls.
  await worker.query("SET plan_cache_mode = force_generic_plan");
  trip = await openTrade(["shopimind", "tolinku"], { db: worker }, database, { still: true });
  const { db } = database;
  for (const table of TABLES) await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  const sell = async (count: number) => {
    const before = await blocksSoFar(worker);
    const bought = Array.from({ length: count }, () => trip.order());
    // Told first, the first one's refund waits for it.
    for (const one of bought.slice(0, 1)) await trip.take(refundCreated(one, trip.road.clock()));
    await trip.run();
    for (const one of bought) await trip.take(orderCreated(one));
    await trip.run();
    for (const one of bought) await trip.take(refundCreated(one, new Date(trip.road.clock().getTime() + SECOND)));
    await trip.run();
    return (await blocksSoFar(worker)) - before;
  };
  await sell(3);
  await others(db);
  await blocksSoFar(db);
  const read = await sell(ORDERS);
  expect(read).toBeLessThan(ORDERS * EACH);
  const states = "SELECT DISTINCT state FROM delivery WHERE shop = $1 AND kind LIKE 'order.%'";
  expect(await db.query(states, [SANDBOX_SHOP])).toEqual([{ state: "delivered" }]);
}, 120_000);

/** As many orders as a rush brings: read, delivered, and owed by a lane that another shop has paused. */
async function others(db: Database): Promise<void> {
  await db.query(
    `INSERT INTO webhook (shop, topic, webhook_id, received_at, state, normalized_at)
     SELECT $1, 'orders/create', n::text, now(), 'normalized', now() FROM generate_series(1, $2::int) AS n`,
    [SANDBOX_SHOP, MANY],
  );
  await db.query(
    `WITH happened AS (
       INSERT INTO event (shop, key, kind, subject, occurred_at, data)
       SELECT $1, CASE kind WHEN 'order.placed' THEN 'purchase:' ELSE 'state:' END || n, kind, 'order:' || n, now(),
         jsonb_build_object('order', jsonb_build_object('checkoutToken', 't' || n))
       FROM generate_series(1, $2::int) AS n, unnest(ARRAY['order.placed', 'order.updated']) AS kind
       RETURNING id, key, kind, subject, occurred_at)
     INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, subject, occurred_at, due_at, deadline_at, settled_at)
     SELECT $1, c.destination, c.account, sha256(convert_to(h.key, 'UTF8')), c.id, h.id, h.kind, 'delivered', h.subject, h.occurred_at, now(), now() + interval '1 day', now()
     FROM happened h JOIN connection c ON c.destination = CASE h.kind WHEN 'order.placed' THEN 'tolinku' ELSE 'shopimind' END`,
    [SANDBOX_SHOP, MANY],
  );
  await db.query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT 'other.myshopify.com', destination, account, key_hash, md5('other')::uuid, event_id, kind, subject, occurred_at, now(), now() + interval '1 day'
     FROM delivery WHERE state = 'delivered' AND destination = 'tolinku'`,
  );
  await db.query(
    `INSERT INTO snapshot (shop, kind, id, version, data)
     SELECT $1, 'visitor', 'checkout:t' || n, '', '{"from": "pixel"}' FROM generate_series(1, $2::int) AS n`,
    [SANDBOX_SHOP, MANY],
  );
}

/** What this database has read of its tables and their indexes. */
async function blocksSoFar(db: Database): Promise<number> {
  await db.query("SELECT pg_stat_force_next_flush()");
  const [row] = await db.query<{ blocks: string }>(
    `SELECT sum(heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit) AS blocks
     FROM pg_statio_user_tables WHERE relname = ANY ($1)`,
    [TABLES],
  );
  return Number(row?.blocks ?? 0);
}
