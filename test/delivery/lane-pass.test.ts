// What a pass of a lane costs, and what holds though it asks so little.
import { afterEach, expect, test } from "vitest";
import type { Sql } from "../../app/base/database.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { takeLease } from "../../app/delivery/deliver/lane.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import { orderCreated, orderUpdated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTrade, type Trade } from "../support/trade.ts";

const never = new AbortController().signal;

let trip: Trade;
let lane: string;
afterEach(() => trip.close());

async function to(slug: Slug): Promise<void> {
  trip = await openTrade([slug]);
  lane = await trip.laneId();
}
const states = async () =>
  (await trip.road.db.query<{ state: string }>("SELECT DISTINCT state FROM delivery")).map(({ state }) => state);

/** A road that writes down by name which statements were asked. */
function noting(): { road: Road; asked: string[] } {
  const asked: string[] = [];
  const noted = (sql: Sql): Sql => ({
    query: (what, values) => {
      asked.push(typeof what === "string" ? what : what.name);
      return sql.query(what, values);
    },
  });
  const { db } = trip.road;
  const transaction: typeof db.transaction = (work) => db.transaction((sql) => work(noted(sql)));
  return { road: { ...trip.road, db: { ...db, ...noted(db), transaction } }, asked };
}

test("one delivery takes six statements, from the lease to its release", async () => {
  await to("shopipixel");
  await trip.book();
  await deliver(trip.road, lane, never);
  await trip.book();
  const { road, asked } = noting();
  await deliver(road, lane, never);
  expect(await states()).toEqual(["delivered"]);
  expect(asked).toEqual([
    ...["take-lease", "open-connection", "claim-most-urgent"],
    ...["open-attempts", "settle", "release-lease"],
  ]);
});

test("what is booked while a request is under way goes in the same run", async () => {
  await to("shopipixel");
  await trip.book();
  let sent = 0;
  const meanwhile: typeof fetch = async (url, init) => {
    sent += 1;
    if (sent === 1) await trip.book();
    return trip.road.fetch(url, init);
  };
  expect(await deliver({ ...trip.road, fetch: meanwhile }, lane, never)).toBeNull();
  expect(sent).toBe(2);
  expect(await states()).toEqual(["delivered"]);
});

test("a lease that a crash of the database takes back is no other's: a later one is told from it", async () => {
  await to("shopipixel");
  const before = await trip.database.db.query<{ epoch: string }>("SELECT epoch FROM lane");
  const lost = await takeLease(trip.road, lane, "who goes on");
  await trip.database.db.query("UPDATE lane SET owner = NULL, lease_until = NULL, epoch = $1", [before[0]?.epoch]);
  const next = await takeLease(trip.road, lane, "who comes then");
  expect(BigInt(next?.lease.epoch ?? 0)).toBeGreaterThan(BigInt(lost?.lease.epoch ?? 0));
});

test("a state before which nothing waits, and nothing was lost, looks for nothing to replace", async () => {
  await to("shopimind");
  const told = trip.order();
  const { road, asked } = noting();
  const replacing = () => asked.splice(0).filter((name) => name.startsWith("supersede"));
  await trip.take(orderCreated(told));
  await normalize(road, SANDBOX_SHOP);
  expect(replacing()).toEqual([]);
  const later = new Date(Date.parse(told.updated_at) + 1_000).toISOString();
  await trip.take(orderUpdated({ ...told, updated_at: later, note: "later" } as never));
  await normalize(road, SANDBOX_SHOP);
  expect(replacing()).toEqual(["supersede-what-is-due"]);
  expect(await states()).toEqual(expect.arrayContaining(["due", "superseded"]));
});
