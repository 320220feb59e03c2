// What each claim costs: a mountain of what is due, also of one subject, or of visitors is not read for it, although nothing was ever analyzed.
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { claim } from "../../app/delivery/deliver/claim.ts";
import { expire, isAnyTooLate } from "../../app/delivery/deliver/expire.ts";
import { releaseLease, takeLease } from "../../app/delivery/deliver/lane.ts";
import { adoptOrphans } from "../../app/delivery/deliver/orphans.ts";
import { openAttempts, settle } from "../../app/delivery/deliver/settle.ts";
import { findForgotten } from "../../app/delivery/upkeep/sweep.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { blocksRead } from "../support/cost.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const IDLE = { failures: 0, slotAt: null, notBefore: null, tryAt: null, unlessDueAt: null };
const MANY = 100_000;
/** A delivery, its event, and what its look-ups read of the indexes. */
const BLOCKS_A_DELIVERY = 13;
/** A walk down some indexes. */
const FEW = 100;

test.each([
  ["of as many orders", "'order:' || n", 200],
  ["of one order", "'order:1'", 1],
])(
  "100,000 due %s cost a claim what it takes, and all that runs beside it next to nothing",
  async (_, subject, most) => {
    trip = await openTrade(["prisjakt"]);
    const { db } = trip.database;
    const [lane] = await db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
    const id = lane?.id ?? "";
    for (const table of ["delivery", "event", "attempt", "snapshot"])
      await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    await db.query(
      `WITH happened AS (
       INSERT INTO event (shop, key, kind, subject, occurred_at, data)
       SELECT $1, 'purchase:' || n, 'order.placed', ${subject}, now(), jsonb_build_object('order', jsonb_build_object('checkoutToken', 't' || n))
       FROM generate_series(1, $3::int) AS n RETURNING id, key, subject, occurred_at)
     INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT $1, 'prisjakt', 'store', sha256(convert_to(key, 'UTF8')), $2, id, 'order.placed', subject, occurred_at, now(), now() + interval '1 day' FROM happened`,
      [SANDBOX_SHOP, id, MANY],
    );
    await db.query(
      `INSERT INTO snapshot (shop, kind, id, version, data)
     SELECT $1, 'visitor', 'checkout:t' || n, '', '{"from": "pixel"}' FROM generate_series(1, $2::int) AS n`,
      [SANDBOX_SHOP, MANY],
    );
    // Whoever is no head any more has left a dead entry where the heads are found.
    await db.query("VACUUM (ANALYZE false) delivery");
    const taken = await takeLease(trip.road, id, "test");
    if (!taken) throw new Error("the lane is not free");
    const { lease } = taken;
    const now = new Date(trip.road.clock().getTime() + MINUTE);
    const options = { now, most: 200, needsVisitor: true, customersFirst: true };
    const claimed = await claim(db, id, { ...options, byAge: false });
    expect(claimed).toHaveLength(most);
    expect(claimed.every(({ visitor }) => visitor !== null)).toBe(true);
    const requests = claimed
      .slice(0, 1)
      .map((delivery) => ({ deliveries: [delivery.id], messages: 1, insisted: null, twice: null }));
    const start = { shop: SANDBOX_SHOP, destination: "prisjakt", channel: "purchase", startedAt: now, requests };
    const works: Record<string, (sql: Database) => Promise<unknown>> = {
      claim: (sql) => claim(sql, id, { ...options, byAge: false }),
      "claim by age": (sql) => claim(sql, id, { ...options, byAge: true }),
      orphans: (sql) => adoptOrphans(sql, id, lease.epoch, now),
      "what is over": (sql) => isAnyTooLate(sql, id, now),
      "what is over, ended": (sql) => expire(sql, lease, now, true),
      open: (sql) => openAttempts(sql, lease, start),
      settle: (sql) => settle(sql, lease, [], now),
      release: (sql) => releaseLease(sql, lease, IDLE),
      sweep: (sql) => findForgotten({ ...trip.road, db: sql }),
    };
    const blocks: Record<string, number> = {};
    for (const [name, work] of Object.entries(works)) blocks[name] = await blocksRead(db, work);
    for (const [name, read] of Object.entries(blocks)) {
      const allowed = name.startsWith("claim") ? FEW + most * BLOCKS_A_DELIVERY : FEW;
      expect(read, name).toBeLessThan(allowed);
    }
  },
  600_000,
);
