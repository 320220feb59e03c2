// What leaves first: a purchase overtakes whatever waits, what waits longest has its share, and behaviour is left out where a budget is tight.
import { afterEach, describe, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { claim } from "../../app/delivery/deliver/claim.ts";
import { releaseLease, takeLease } from "../../app/delivery/deliver/lane.ts";
import { leaveOut } from "../../app/delivery/deliver/leave-out.ts";
import type { Run } from "../../app/delivery/deliver/run.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { findForgotten } from "../../app/delivery/upkeep/sweep.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { blocksRead } from "../support/cost.ts";
import { MINUTE, openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const IDLE = { failures: 0, slotAt: null, notBefore: null, tryAt: null, unlessDueAt: null };
const laneOf = async () =>
  (await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane"))[0]?.id ?? "";
const page = {
  url: "https://shop.example/",
  path: "/",
  title: null,
  customerId: null,
  visitorId: "v",
  consent: {},
  source: {},
};

/** So many page views of as many visitors, due for a while. */
async function flood(many: number, kind = "page.viewed"): Promise<void> {
  const at = new Date(trip.road.clock().getTime() - MINUTE);
  await trip.road.db.query(
    `WITH happened AS (
       INSERT INTO event (shop, key, kind, subject, occurred_at, data)
       SELECT $1, 'page:' || n, $5, 'visitor:' || n, $4, $3 FROM generate_series(1, $2::int) AS n RETURNING id, subject, occurred_at)
     INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT $1, l.destination, 'store', sha256(convert_to(subject, 'UTF8')), l.connection_id, happened.id, $5, subject, occurred_at, $4, $4::timestamptz + interval '1 day'
     FROM happened, lane l`,
    [
      SANDBOX_SHOP,
      many,
      { kind, page, key: "page", subject: "visitor", occurredAt: at.toISOString(), version: null, shop: {} },
      at,
      kind,
    ],
  );
}
const book = async () => {
  await trip.take(orderCreated(trip.order()));
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
};

describe("behind 100,000 page views", () => {
  test.each<Slug>([
    "shopipixel",
    "tolinku",
  ])("a purchase leaves for %s with the first request, and a claim stays cheap though nothing was analyzed", async (slug) => {
    trip = await openTrade([slug]);
    const { db } = trip.road;
    for (const table of ["delivery", "event"]) await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    await flood(100_000, slug === "shopipixel" ? "page.viewed" : "product.viewed");
    await book();
    const told: string[] = [];
    trip.road.fetch = async (_url, init) => {
      told.push(String(init?.body));
      return Response.json({ error: "Rate limit exceeded" }, { status: 429 });
    };
    await trip.run();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/purchase/i);
    const lane = await laneOf();
    const wish = {
      now: new Date(trip.road.clock().getTime() + MINUTE),
      most: 200,
      needsVisitor: true,
      customersFirst: true,
    };
    const read = (work: (db: Database) => Promise<unknown>) => blocksRead(db, work);
    const blocks: Record<string, number> = {
      claim: await read((sql) => claim(sql, lane, { ...wish, byAge: false })),
      "by age": await read((sql) => claim(sql, lane, { ...wish, byAge: true })),
    };
    const taken = await takeLease(trip.road, lane, "test");
    blocks.release = await read(async (sql) => taken && releaseLease(sql, taken.lease, IDLE));
    blocks.sweep = await read((sql) => findForgotten({ ...trip.road, db: sql }));
    // A claim takes 200; the whole lane is some thousands of blocks, several times over.
    for (const [name, many] of Object.entries(blocks)) expect(many, name).toBeLessThan(200 * 12);
  });

  test("one claim of ten takes what waits longest, whatever overtakes it", async () => {
    trip = await openTrade(["shopipixel"]);
    await flood(1);
    let told = 0;
    trip.road.fetch = async (_url, init) => {
      told += String(init?.body).includes("PageView") ? 1 : 0;
      const { events } = JSON.parse(String(init?.body)) as { events: { eventId: string }[] };
      // One budget's slot for each run.
      await trip.road.db.query("UPDATE connection SET state = 'paused'");
      return Response.json(
        { results: events.map(({ eventId }) => ({ eventId, status: "accepted" })), accepted: events.length },
        { status: 200 },
      );
    };
    for (let turn = 0; turn < 10 && told === 0; turn += 1) {
      for (let n = 0; n < 60; n += 1) await trip.take(orderCreated(trip.order()));
      await trip.road.db.query("UPDATE connection SET state = 'on'");
      trip.forward(2 * MINUTE);
      await trip.run();
    }
    expect(told).toBe(1);
  });
});

describe("where the vendor's budget is tight", () => {
  const tight = async (many: number) => {
    trip = await openTrade(["shopipixel"]);
    if (trip.road.sandbox) trip.road.sandbox.budgets = true;
    await flood(many);
    const lane = await laneOf();
    const connection = await openConnection(trip.road, lane);
    const taken = await takeLease(trip.road, lane, "test");
    if (!connection || !taken) throw new Error("there is no lane");
    return { run: { road: trip.road, lease: taken.lease, connection } as unknown as Run };
  };
  const counts = async () =>
    trip.road.db.query(
      "SELECT state, reason_code AS reason, count(*)::int AS count FROM delivery GROUP BY 1, 2 ORDER BY 1",
    );

  test("the oldest behaviour beyond half an hour of it is left out after five minutes, said and counted; nothing else is", async () => {
    const { run } = await tight(14_000);
    await book();
    await leaveOut(run);
    expect(await counts()).toEqual([{ state: "due", reason: null, count: 14_001 }]);
    trip.forward(5 * MINUTE);
    await leaveOut(run);
    // 550 requests of 50 in an hour.
    expect(await counts()).toEqual([
      { state: "due", reason: null, count: 13_751 },
      { state: "skipped", reason: "no_room", count: 250 },
    ]);
  });

  test("all of it is kept where there is room for it", async () => {
    const { run } = await tight(100);
    trip.forward(20 * MINUTE + SECOND);
    await leaveOut(run);
    expect(await counts()).toEqual([{ state: "due", reason: null, count: 100 }]);
  });
});

test("every kind of event has its rank: what is worth most has the lowest", async () => {
  trip = await openTrade(["shopipixel"]);
  const kinds = {
    0: ["order.placed", "order.paid"],
    1: ["order.refunded", "order.reduced", "order.cancelled"],
    2: ["customer.saved", "customer.deleted", "customer.merged", "customer.consent_changed"],
    3: ["order.updated", "order.deleted", "product.saved", "product.deleted", "collection.saved", "collection.deleted"],
    4: [
      "cart.created",
      "cart.changed",
      "checkout.started",
      "checkout.contact_given",
      "checkout.payment_info_given",
      "checkout.abandoned",
    ],
    5: ["page.viewed", "product.viewed", "collection.viewed", "cart.viewed", "search.submitted"],
  };
  for (const [rank, all] of Object.entries(kinds)) {
    const rows = await trip.road.db.query(
      "SELECT DISTINCT delivery_rank(kind) AS rank FROM unnest($1::text[]) AS k(kind)",
      [all],
    );
    expect(rows).toEqual([{ rank: Number(rank) }]);
  }
});
