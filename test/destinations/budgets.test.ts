// Budgets: an hour of heavy traffic at all vendors, shared by two roads and with the vendors' own limits on, meets no 429.
import { afterEach, expect, test } from "vitest";
import { reserve } from "../../app/delivery/connections/pacing.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import type { Budget, Destination } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";
import { install } from "../../app/shopify/install.ts";
import { newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Slug, startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { destinationOf } from "../support/destination-of.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const never = new AbortController().signal;

let trip: TestRoad;
let strict: Vendors;
let moved = 0;
afterEach(() => Promise.all([trip.close(), strict.stop()]));

/** A clock that only the test moves, shared by the app and by vendors that count. */
async function to(slugs: Slug[]): Promise<void> {
  moved = 0;
  const began = Date.now();
  const clock = () => began + moved;
  strict = await startVendors({ budgets: true, clock });
  trip = await openTestRoad({
    destinations: destinations.filter(({ slug }) => slugs.includes(slug as Slug)).map(oneByOne),
    clock: () => new Date(clock()),
  });
  trip.road.sandbox = { vendorsUrl: strict.url, budgets: true };
}
/** Nothing shares a request: more of them than any shop makes. */
const oneByOne = (sheet: Destination): Destination => ({
  ...sheet,
  channels: Object.fromEntries(Object.keys(sheet.channels).map((channel) => [channel, { batch: 1 }])),
});
const answers = (slug: Slug) => strict.ledger(slug).answers;
const orders = async (count: number) => {
  const at = trip.road.clock();
  for (let n = 0; n < count; n += 1) {
    const { topic, payload } = orderCreated(newOrder({ clickId: newClickId(), at }));
    await trip.hear(topic, payload);
  }
};
const lanes = () =>
  trip.road.db.query<{ id: string; wake: Date | null; due: boolean }>(
    `SELECT l.connection_id AS id, l.wake_at AS wake, EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = l.connection_id AND d.state = 'due') AS due
     FROM lane l ORDER BY l.destination`,
  );

test("an hour of heavy traffic meets no 429 at any vendor, and all of it arrives", async () => {
  await to(["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"]);
  // Two processes on one database, in turn.
  const roads: Road[] = [trip.road, { ...trip.road }];
  let placed = 0;
  for (let turn = 0; moved < HOUR; turn += 1, moved += 10 * SECOND) {
    const road = roads[turn % 2] ?? trip.road;
    // A campaign in the first minutes, more than alana takes in a minute, then steady business.
    const more = moved < 2 * MINUTE ? 20 : moved % (2 * MINUTE) === 0 ? 3 : 0;
    await orders(more);
    placed += more;
    while ((await normalize(road, SANDBOX_SHOP)) !== "done");
    for (const { id, wake, due } of await lanes())
      if (due && (!wake || wake <= road.clock())) await deliver(road, id, never);
  }
  for (const slug of ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const)
    expect(answers(slug)[429], slug).toBeUndefined();
  expect(strict.ledger("shopipixel").counts).toEqual({ Purchase: placed });
  expect(strict.ledger("alana").counts).toEqual({ "purchase-complete": placed });
  expect(strict.ledger("prisjakt").counts).toEqual({ purchase: placed });
  expect(strict.ledger("tolinku").counts).toEqual({ purchase: placed });
  expect(strict.ledger("shopimind").counts.orders).toBe(placed);
}, 600_000);

test("40 % of a limit leave at once, the rest is spaced", async () => {
  await to(["alana"]);
  await orders(120);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  const [lane] = await lanes();
  await deliver(trip.road, lane?.id ?? "", never);
  const atOnce = strict.ledger("alana").requests;
  expect(atOnce).toBeGreaterThanOrEqual(40);
  expect(atOnce).toBeLessThanOrEqual(42);
  const began = moved;
  for (let turn = 0; turn < 200 && strict.ledger("alana").requests < 120; turn += 1) {
    const [{ wake } = { wake: null }] = await lanes();
    moved += Math.max(1, (wake?.getTime() ?? 0) - trip.road.clock().getTime());
    await deliver(trip.road, lane?.id ?? "", never);
  }
  expect(answers("alana")).toEqual({ 200: 120 });
  // 80 more at 55 a minute.
  expect(moved - began).toBeGreaterThan(80 * SECOND);
  expect(moved - began).toBeLessThan(95 * SECOND);
});

test("of ShopiPixel's thousand an hour four hundred leave at once, whatever another key spends", async () => {
  await to(["shopipixel"]);
  await orders(420);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  const [lane] = await lanes();
  const sent = () => strict.ledger("shopipixel").requests;
  /** As many turns as a slow machine needs. */
  const sendAll = async () => {
    for (let before = -1; sent() !== before; ) {
      before = sent();
      await deliver(trip.road, lane?.id ?? "", never);
    }
  };
  await sendAll();
  const atOnce = sent();
  expect(atOnce).toBeGreaterThanOrEqual(400);
  expect(atOnce).toBeLessThanOrEqual(402);
  // The limit is the key's: a shop with another one has its own.
  const shop = "another-shop.myshopify.com";
  await install(trip.road.db, shop, null, trip.road.clock());
  const draft = { id: null, destination: "shopipixel", name: "", settings: { apiKey: "sp_sandbox_write" }, rules: {} };
  const saved = await saveConnection(trip.road, shop, draft);
  for (let n = 0; n < 3; n += 1)
    await trip.hear("orders/create", orderCreated(newOrder({ at: trip.road.clock() })).payload, { shop });
  while ((await normalize(trip.road, shop)) !== "done");
  await deliver(trip.road, saved.ok ? saved.id : "", never);
  expect(sent()).toBe(atOnce + 3);
  moved += HOUR;
  await sendAll();
  expect(answers("shopipixel")).toEqual({ 200: 423 });
});

const LIMITS: [string, number, number][] = [
  // From the vendors' documents, not from the data sheets.
  ["shopipixel", 1_000, HOUR],
  ["alana", 100, MINUTE],
  ["prisjakt", 10_000, HOUR],
  ["tolinku", 1_000, MINUTE],
  ["shopimind", 600, MINUTE],
];

test.each(
  LIMITS,
)("%s: however many processes ask for slots as fast as they can, no window of the limit's length holds more than %s", async (slug, limit, period) => {
  await to([]);
  const { budgets = [] } = destinationOf(slug) ?? {};
  const now = trip.road.clock();
  const slots: number[] = [];
  const one = async () => {
    while (slots.length < limit + 20) {
      const taken = await reserve({ ...trip.road }, slug, budgets, `${slug} key`, now, {
        most: 1 + (slots.length % 8),
      });
      for (let n = 0; n < taken.slots; n += 1) slots.push(taken.at.getTime());
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  slots.sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < slots.length; to += 1) {
    while ((slots[to] ?? 0) >= (slots[from] ?? 0) + period) from += 1;
    most = Math.max(most, to - from + 1);
  }
  expect(most).toBeLessThanOrEqual(limit);
  // About 40 %: the times are rounded.
  expect(slots.filter((slot) => slot <= now.getTime() + 5).length).toBeGreaterThanOrEqual(Math.floor(limit * 0.39));
  // Not a few of them at the same time, either: each has a time of its own after the burst.
  const later = slots.filter((slot) => slot > now.getTime() + 5);
  expect(new Set(later).size).toBe(later.length);
});

test("where a vendor counts by the address, all keys of this host share the limit; where by both, each key has its own", async () => {
  await to([]);
  const now = trip.road.clock();
  const atOnce = async (scope: Budget["scope"], key: string, egress = "192.0.2.1") => {
    const budget = { requests: 10, per: "minute" as const, scope };
    const slots = [];
    for (let n = 0; n < 6; n += 1)
      slots.push((await reserve({ ...trip.road, egress }, "a host", [budget], key, now)).at);
    return slots.filter((slot) => slot <= now).length;
  };
  expect([await atOnce("key", "one"), await atOnce("key", "two"), await atOnce("key", "one", "192.0.2.9")]).toEqual([
    5, 5, 0,
  ]);
  expect([await atOnce("address", "one"), await atOnce("address", "two")]).toEqual([5, 0]);
  expect(await atOnce("address", "one", "192.0.2.9")).toBe(5);
  expect([await atOnce("key and address", "one"), await atOnce("key and address", "two")]).toEqual([5, 5]);
});
