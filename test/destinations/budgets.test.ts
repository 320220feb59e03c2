// Budgets: an hour of heavy traffic at all vendors, shared by two roads and with the vendors' own limits on, meets no 429.
import { afterEach, expect, test } from "vitest";
import { reserve } from "../../app/delivery/connections/pacing.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import type { Destination } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Slug, startVendors, type Vendors } from "../../sandbox/vendors.ts";
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
    const more = moved < 2 * MINUTE ? 25 : moved % (2 * MINUTE) === 0 ? 8 : 0;
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
}, 3_600_000);

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

test.each(
  destinations.map(({ slug, budgets }) => [slug, budgets] as const),
)("%s: however many processes ask for slots as fast as they can, no window of the limit's length holds more than the limit", async (slug, budgets) => {
  await to([]);
  for (const budget of budgets) {
    const period = budget.per === "minute" ? MINUTE : HOUR;
    const asked = Math.min(3 * budget.requests, 2_500);
    const now = trip.road.clock();
    const slots: number[] = [];
    const one = async () => {
      while (slots.length < asked) {
        const most = 1 + (slots.length % 8);
        const taken = await reserve({ ...trip.road }, slug, [budget], `${slug} key`, now, { most });
        for (let n = 0; n < taken.slots; n += 1) slots.push(taken.at.getTime());
      }
    };
    await Promise.all(Array.from({ length: 8 }, one));
    slots.sort((a, b) => a - b);
    const most = slots.reduce((worst, slot, at) => {
      const end = slots.findIndex((later) => later >= slot + period);
      return Math.max(worst, (end < 0 ? slots.length : end) - at);
    }, 0);
    expect(most).toBeLessThanOrEqual(budget.requests);
    expect(slots.filter((slot) => slot <= now.getTime()).length).toBeGreaterThanOrEqual(
      Math.min(asked, Math.floor(budget.requests * 0.4)),
    );
    // Not a few of them at the same time, either: each has a time of its own after the burst.
    const later = slots.filter((slot) => slot > now.getTime());
    expect(new Set(later).size).toBe(later.length);
  }
});
