// Lanes: one runner at a time whatever hangs, a clean end, fair turns, and no slow claim in a rush.
import { afterEach, expect, test } from "vitest";
import { claim } from "../../app/delivery/deliver/claim.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { releaseLease, takeLease } from "../../app/delivery/deliver/lane.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newClickId, newOrder, type Order, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { blocksRead } from "../support/cost.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
/** So many requests leave for Prisjakt side by side. */
const WAVE = 8;
/** A delivery, its event, and what each of its look-ups reads of an index. */
const BLOCKS_A_DELIVERY = 7;
const never = new AbortController().signal;

let trip: TestRoad;
afterEach(async () => {
  await trip.close();
});

/** A road to one vendor alone. */
async function to(slug: Slug, change: Partial<Road> = {}): Promise<string> {
  trip = await openTestRoad({ destinations: destinations.filter((sheet) => sheet.slug === slug), ...change });
  const [lane] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  return lane?.id ?? "";
}
const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const booked = async () => {
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
};
const statesOf = async (slug: Slug) => (await trip.states(slug)).map(({ state }) => state);
const laneRow = async () =>
  (
    await trip.road.db.query<Record<string, unknown>>("SELECT owner, lease_until, epoch, failures, wake_at FROM lane")
  )[0];

/** Requests wait until they are let go. */
function gate() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held: typeof fetch = async (url, init) => {
    reached.resolve();
    await opened.promise;
    return fetch(url, init);
  };
  return { fetch: held, reached: reached.promise, open: () => opened.resolve() };
}
const runOut = () => trip.road.db.query("UPDATE lane SET lease_until = clock_timestamp() - interval '1 s'");
const placed = (at: Date): Order => newOrder({ clickId: null, at });

test("a lane has one runner: a second one finds the lease taken, sends nothing and looks again soon", async () => {
  const rung: { connectionId: string; delay?: number }[] = [];
  const bell = { shop: async () => {}, lanes: async (lanes: typeof rung) => void rung.push(...lanes) };
  const lane = await to("shopipixel", { bell });
  await hear(orderCreated(placed(new Date())));
  await booked();
  const { fetch: held, reached, open } = gate();
  const first = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  rung.length = 0;
  expect(await deliver(trip.road, lane, never)).toBeNull();
  expect(trip.vendors.ledger("shopipixel").requests).toBe(0);
  expect(rung).toMatchObject([{ connectionId: lane, delay: expect.any(Number) }]);
  open();
  await first;
  expect(await statesOf("shopipixel")).toEqual(["delivered"]);
  expect(trip.vendors.ledger("shopipixel").requests).toBe(1);
});

test("a runner that hangs longer than its lease writes nothing more: what its successor settled stays", async () => {
  const lane = await to("alana");
  await hear(orderCreated(placed(new Date())));
  await booked();
  const { fetch: held, reached, open } = gate();
  const hanging = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  await runOut();
  await deliver(trip.road, lane, never);
  expect(await statesOf("alana")).toEqual(["unknown"]);
  const before = await laneRow();
  open();
  expect(await hanging).toBeNull();
  expect(trip.vendors.ledger("alana").counts).toEqual({ "purchase-complete": 1 });
  expect(await statesOf("alana")).toEqual(["unknown"]);
  expect(await laneRow()).toEqual(before);
  expect(await trip.road.db.query("SELECT outcome FROM attempt")).toEqual([{ outcome: "doubt" }]);
});

test("a runner whose lease was taken over in the middle of its work starts no further request", async () => {
  const lane = await to("prisjakt");
  for (let n = 0; n < 12; n += 1) await hear(orderCreated(newOrder({ clickId: newClickId() })));
  await booked();
  const { fetch: held, reached, open } = gate();
  const first = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  trip.timer.forward(SECOND);
  await trip.road.db.query(
    "UPDATE lane SET owner = 'another', epoch = epoch + 1, lease_until = clock_timestamp() + interval '1 hour'",
  );
  open();
  await first;
  expect(trip.vendors.ledger("prisjakt").requests).toBe(WAVE);
  expect(await statesOf("prisjakt")).toEqual(Array(12).fill("due"));
  expect(await laneRow()).toMatchObject({ owner: "another" });
});

test("what a dead runner had sent is sent once more by the next where the vendor removes the duplicate", async () => {
  const lane = await to("prisjakt");
  const order = newOrder({ clickId: "11111111-1111-4111-8111-111111111111_0123456789abcdef" });
  await hear(orderCreated(order));
  await booked();
  const { fetch: held, reached, open } = gate();
  const hanging = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  await runOut();
  await deliver(trip.road, lane, never);
  open();
  await hanging;
  expect(trip.vendors.ledger("prisjakt").entries).toMatchObject([{ key: String(order.id), counted: 1, carried: 2 }]);
  expect(await trip.states("prisjakt")).toMatchObject([{ state: "delivered", alreadyHad: false }]);
});

test("a runner that is asked to end finishes the requests in hand and hands back the rest", async () => {
  const lane = await to("prisjakt");
  for (let n = 0; n < 10; n += 1) await hear(orderCreated(newOrder({ clickId: newClickId() })));
  await booked();
  const { fetch: held, reached, open } = gate();
  const ending = new AbortController();
  const run = deliver({ ...trip.road, fetch: held }, lane, ending.signal);
  await reached;
  ending.abort();
  open();
  await run;
  expect((await statesOf("prisjakt")).toSorted()).toEqual([...Array(WAVE).fill("delivered"), "due", "due"]);
  expect(await laneRow()).toMatchObject({ owner: null, lease_until: null });
  await trip.run();
  expect(trip.vendors.ledger("prisjakt").counts).toEqual({ purchase: 10 });
});

test("a run is bounded in time: a lane with more to do goes to the back of its queue", async () => {
  const rung: { connectionId: string; delay?: number }[] = [];
  const bell = { shop: async () => {}, lanes: async (lanes: typeof rung) => void rung.push(...lanes) };
  const lane = await to("shopipixel", { bell });
  // More than one claim takes.
  for (let n = 0; n < 230; n += 1) await hear(orderCreated(placed(new Date())));
  await booked();
  rung.length = 0;
  const late: typeof fetch = async (url, init) => {
    trip.timer.forward(11 * SECOND);
    return fetch(url, init);
  };
  expect(await deliver({ ...trip.road, fetch: late }, lane, never)).toEqual(expect.any(Date));
  expect((await statesOf("shopipixel")).filter((state) => state === "due").length).toBeGreaterThan(0);
  expect(rung).toEqual([{ connectionId: lane, destination: "shopipixel", delay: 0 }]);
  await trip.run();
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 230 });
});

test("a claim in a rush reads no more than it takes, although the tables were never analyzed", async () => {
  const lane = await to("shopipixel");
  const { db } = trip.road;
  for (const table of ["delivery", "event"]) await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  await db.query(
    `WITH happened AS (
       INSERT INTO event (shop, key, kind, subject, occurred_at, data)
       SELECT $1, 'purchase:' || n, 'order.placed', 'order:' || n, now(), '{}' FROM generate_series(1, 10000) AS n RETURNING id, subject, occurred_at)
     INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT $1, 'shopipixel', 'store', sha256(convert_to(subject, 'UTF8')), $2, id, 'order.placed', subject, occurred_at, now(), now() FROM happened`,
    [SANDBOX_SHOP, lane],
  );
  const wish = {
    now: new Date(Date.now() + MINUTE),
    most: 200,
    byAge: false,
    needsVisitor: true,
    customersFirst: true,
  };
  const claimed = await claim(db, lane, wish);
  expect(claimed).toHaveLength(200);
  expect(await blocksRead(db, (sql) => claim(sql, lane, wish))).toBeLessThan(200 * BLOCKS_A_DELIVERY);
  // The next run's time as well.
  await db.query("UPDATE delivery SET deadline_at = now() + interval '1 day'");
  const taken = await takeLease(trip.road, lane, "test");
  if (!taken) throw new Error("the lane is not free");
  expect(await blocksRead(db, (sql) => releaseLease(sql, taken.lease, null, null))).toBeLessThan(100);
  expect(await releaseLease(db, taken.lease, null, null)).toBeInstanceOf(Date);
});
