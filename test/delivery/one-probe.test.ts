// A host that is ill is probed by one lane at a time, whoever comes while the probe is under way.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { openShops, requestsOf } from "../support/shops.ts";

const SECOND = 1_000;
const never = new AbortController().signal;

let trip: TestRoad;
/** Seven shops, of which five have failed; all of them come at the moment of the probe. */
beforeEach(async () => {
  trip = await openTestRoad();
  await openShops(trip, 7);
  trip.vendors.misbehave("shopipixel", "500");
  await trip.run();
  expect(await requests()).toBe(5);
  trip.forward(5 * SECOND);
  await come();
});
afterEach(() => trip.close());

const requests = () => requestsOf(trip);
const come = () => trip.road.db.query("UPDATE lane SET held_until = NULL");
/** Lanes that did not ask yet. */
const wellLanes = async () =>
  (
    await trip.road.db.query<{ id: string }>(
      "SELECT connection_id AS id FROM lane WHERE failures = 0 AND destination = 'shopipixel' AND shop <> $1 ORDER BY 1",
      [SANDBOX_SHOP],
    )
  ).map(({ id }) => id);

test("while a probe is under way nobody else asks; when its worker died, another does in the end", async () => {
  const [reached, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const hangs: typeof fetch = async (url, init) => {
    reached.resolve();
    await answered.promise;
    return fetch(url, init);
  };
  const probe = deliver({ ...trip.road, fetch: hangs }, (await wellLanes())[0] ?? "", never);
  await Promise.race([reached.promise, probe]);
  for (const [seconds, asked] of [
    [0, 6],
    [15, 6],
    [10, 7],
  ] as const) {
    trip.forward(seconds * SECOND);
    await come();
    await trip.run();
    expect.soft(await requests(), `${seconds} s later`).toBe(asked);
  }
  answered.resolve();
  await probe;
});

test("of two lanes that come at the moment of the probe one asks", async () => {
  const [reached, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { db } = trip.road;
  const late: Database = {
    ...db,
    async query(...statement) {
      if (/UPDATE host_breaker/.test(JSON.stringify(statement[0]))) {
        reached.resolve();
        await other.promise;
      }
      return db.query(...statement);
    },
  };
  const [first, second] = await wellLanes();
  const waiting = deliver({ ...trip.road, db: late }, first ?? "", never);
  await Promise.race([reached.promise, waiting]);
  trip.vendors.misbehave("shopipixel", null);
  const hangs = Promise.withResolvers<void>();
  const asks: typeof fetch = async (url, init) => {
    other.resolve();
    await waiting;
    hangs.resolve();
    return fetch(url, init);
  };
  await Promise.all([deliver({ ...trip.road, fetch: asks }, second ?? "", never), hangs.promise]);
  expect(await requests()).toBe(6);
});
