// The breaker: a vendor that fails for shop after shop is asked by one lane at a time, until it answers well again.
import { afterEach, beforeEach, expect, test } from "vitest";
import { textOf } from "../support/database.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { openShops as open, orderIn, requestsOf } from "../support/shops.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let trip: TestRoad;
let rung: { connectionId: string; delay?: number }[];
beforeEach(async () => {
  rung = [];
  const bell = { shop: async () => {}, lanes: async (lanes: typeof rung) => void rung.push(...lanes) };
  trip = await openTestRoad({ bell });
});
afterEach(() => trip.close());

const openShops = (many: number) => open(trip, many);
const order = (shop: string) => orderIn(trip, shop);
const requests = () => requestsOf(trip);
const breaker = () =>
  trip.road.db.query<{ failures: number; openedAt: Date | null }>(
    `SELECT failures, opened_at AS "openedAt" FROM host_breaker`,
  );
const states = async () => [...new Set((await trip.states("shopipixel")).map(({ state }) => state))];

test("after five shops in a row the others do not ask at all; one probe at a time, and its success wakes all", async () => {
  await openShops(9);
  trip.vendors.misbehave("shopipixel", "500");
  await trip.run();
  expect(await requests()).toBe(5);
  expect(await breaker()).toMatchObject([{ openedAt: expect.any(Date) }]);
  await trip.run();
  expect(await requests()).toBe(5);

  trip.forward(5 * SECOND);
  await trip.run();
  expect(await requests()).toBe(6);
  // The pause between probes grows.
  trip.forward(6 * SECOND);
  await trip.run();
  expect(await requests()).toBe(6);

  trip.vendors.misbehave("shopipixel", null);
  // The next probe is due in 4 s, and who waits for it comes up to 5 s later, each at a moment of its own.
  trip.forward(9 * SECOND);
  rung.length = 0;
  await trip.run();
  expect(await breaker()).toEqual([]);
  expect(rung.filter(({ delay }) => delay && delay <= 5 * SECOND).length).toBeGreaterThanOrEqual(5);
  await trip.runToTheEnd();
  expect(await states()).toEqual(["delivered"]);
});

test("a lane that was backing off for long is woken with the others", async () => {
  await openShops(6);
  trip.vendors.misbehave("shopipixel", "500");
  await trip.run();
  await trip.road.db.query(
    "UPDATE delivery SET due_at = deadline_at - interval '1 s' WHERE id = (SELECT min(id) FROM delivery WHERE attempts > 0)",
  );
  await trip.road.db.query("UPDATE lane SET wake_at = now() + interval '1 hour' WHERE failures > 0");
  trip.vendors.misbehave("shopipixel", null);
  trip.forward(5 * SECOND);
  await trip.run();
  trip.forward(5 * SECOND);
  await trip.run();
  expect(await states()).toEqual(["delivered"]);
});

test("one shop's trouble opens nothing, however long it lasts", async () => {
  await openShops(1);
  trip.vendors.misbehave("shopipixel", "down");
  for (let n = 0; n < 12; n += 1) {
    await order("shop-1.myshopify.com");
    await trip.run();
    trip.forward(HOUR);
  }
  expect(await breaker()).toMatchObject([{ failures: 12, openedAt: null }]);
});

test("ten failures in a row of two shops open it, unless one of them succeeds in between", async () => {
  await openShops(2);
  const fail = async (times: number) => {
    trip.vendors.misbehave("shopipixel", "down");
    for (let n = 0; n < times; n += 1) {
      for (const shop of ["shop-1", "shop-2"]) await order(`${shop}.myshopify.com`);
      await trip.run();
      trip.forward(HOUR);
    }
    trip.vendors.misbehave("shopipixel", null);
  };
  await fail(4);
  for (const shop of ["shop-1", "shop-2"]) await order(`${shop}.myshopify.com`);
  await trip.run();
  expect(await breaker()).toEqual([]);
  await fail(4);
  expect(await breaker()).toMatchObject([{ openedAt: null }]);
  await fail(1);
  expect(await breaker()).toMatchObject([{ openedAt: expect.any(Date) }]);
});

test("a limit that is reached, a refused key and a refused order say nothing of the vendor's health", async () => {
  await openShops(6);
  trip.vendors.misbehave("shopipixel", "429");
  await trip.run();
  expect(await breaker()).toEqual([]);
  trip.forward(HOUR / 6);
  trip.vendors.misbehave("shopipixel", "401");
  await trip.run();
  expect(await breaker()).toEqual([]);
});

test("while all is well nothing is written", async () => {
  await openShops(3);
  const written: string[] = [];
  const { db } = trip.road;
  const query = db.query.bind(db);
  db.query = (what, values) => {
    const text = textOf(what);
    if (/(INSERT INTO|UPDATE|DELETE FROM) host_breaker/.test(text)) written.push(text);
    return query(what, values);
  };
  await trip.run();
  expect(await states()).toEqual(["delivered"]);
  expect(written).toEqual([]);
});
