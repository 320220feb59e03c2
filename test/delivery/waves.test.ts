// Waves: what a claim yields leaves side by side where the vendor takes it so, is opened and settled together, and each request stands for itself.
import { afterEach, expect, test } from "vitest";
import type { Sql } from "../../app/base/database.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { destinations } from "../../app/destinations/index.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { endLeases } from "../support/crash.ts";
import { textOf } from "../support/database.ts";
import { openTrade, SECOND, type Trade } from "../support/trade.ts";
import { WIDTH, watch } from "../support/under-way.ts";

const never = new AbortController().signal;

let trip: Trade;
afterEach(() => trip.close());

const laneOf = async () =>
  (await trip.database.db.query<{ id: string }>("SELECT connection_id AS id FROM lane"))[0]?.id ?? "";
const take = async (orders: number) => {
  for (let n = 0; n < orders; n += 1) await trip.take(orderCreated(trip.order()));
};
const states = async () => (await trip.purchaseOf("prisjakt")).map(({ state }) => state).toSorted();

test("purchases leave for Prisjakt side by side, and what a claim yields costs one statement to open and one to settle", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(20);
  const statements: string[] = [];
  const { db } = trip.road;
  const query: Sql["query"] = (text, values) => {
    statements.push(textOf(text));
    return db.query(text, values);
  };
  trip.road.db = { ...db, query };
  const seen = watch(trip.road);
  await trip.run();
  trip.road.db = db;
  expect(seen).toMatchObject({ requests: 20, most: WIDTH });
  expect(await states()).toEqual(Array(20).fill("delivered"));
  expect(statements.filter((text) => text.includes("INSERT INTO attempt"))).toHaveLength(1);
  expect(statements.filter((text) => text.includes("UPDATE attempt") && !text.includes("orphan"))).toHaveLength(1);
  const [attempts] = await db.query(
    "SELECT count(*)::int AS count, bool_and(outcome = 'delivered') AS well FROM attempt",
  );
  expect(attempts).toEqual({ count: 20, well: true });
});

test("ShopiPixel gets one request at a time, by its own advice", async () => {
  trip = await openTrade(["shopipixel"]);
  await take(120);
  const seen = watch(trip.road);
  await trip.run();
  expect(seen).toMatchObject({ requests: 3, most: 1 });
});

test("a vendor that takes nine seconds an answer, and a worker that is killed meanwhile: each of the wave is in doubt by its own attempt, and counted once", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(WIDTH + 2);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let under = 0;
  const slow: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    under += 1;
    if (under === WIDTH) reached.resolve();
    await opened.promise;
    return response;
  };
  const killed = deliver({ ...trip.road, fetch: slow }, await laneOf(), never);
  await reached.promise;
  trip.forward(9 * SECOND);
  await endLeases(trip.database);
  await deliver(trip.road, await laneOf(), never);
  opened.resolve();
  expect(await killed).toBeNull();
  await trip.runToTheEnd();
  expect(await states()).toEqual(Array(WIDTH + 2).fill("delivered"));
  const purchases = trip.purchases("prisjakt");
  expect(purchases.every(({ counted }) => counted === 1)).toBe(true);
  expect(purchases.map(({ carried }) => carried).toSorted()).toEqual([1, 1, ...Array(WIDTH).fill(2)]);
  const doubts = await trip.road.db.query<{ deliveries: string[] }>(
    "SELECT deliveries::text[] AS deliveries FROM attempt WHERE outcome = 'doubt'",
  );
  expect(new Set(doubts.map(({ deliveries }) => deliveries.join()))).toHaveLength(WIDTH + 2);
  expect(doubts.every(({ deliveries }) => deliveries.length === 1)).toBe(true);
});

test("a slow vendor is not kept busy with what was written down long before", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(3 * WIDTH);
  const opened: number[] = [];
  const { db } = trip.road;
  trip.road.db = {
    ...db,
    async query(text, values) {
      const rows = await db.query(text, values);
      if (textOf(text).includes("INSERT INTO attempt")) opened.push(rows.length);
      return rows as never;
    },
  };
  const seen = watch(trip.road, async () => {
    trip.timer.forward(400 / WIDTH);
    return null;
  });
  await trip.run();
  trip.road.db = db;
  expect(opened).toEqual([3 * WIDTH, WIDTH, WIDTH]);
  expect(seen).toMatchObject({ requests: 3 * WIDTH, most: WIDTH });
  expect(await states()).toEqual(Array(3 * WIDTH).fill("delivered"));
  expect(await db.query("SELECT count(*)::int AS count FROM attempt")).toEqual([{ count: 3 * WIDTH }]);
});

test("nothing of a wave leaves under a lease that is not good for longer than a request may take", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(WIDTH);
  const seen = watch(trip.road);
  const { db } = trip.road;
  trip.road.db = {
    ...db,
    async query(text, values) {
      const rows = await db.query(text, values);
      if (textOf(text).includes("INSERT INTO attempt")) {
        trip.timer.forward(6 * SECOND);
        await endLeases(trip.database);
      }
      return rows as never;
    },
  };
  await trip.run();
  trip.road.db = db;
  expect(seen.requests).toBe(0);
});

test("the messages of one delivery leave one after the other, however wide the channel", async () => {
  const [sheet] = destinations.filter(({ slug }) => slug === "prisjakt");
  if (!sheet) throw new Error("there is no Prisjakt");
  const say = sheet.on["order.placed"] as NonNullable<(typeof sheet.on)["order.placed"]>;
  const twice = {
    ...sheet,
    on: {
      "order.placed": (...said: Parameters<typeof say>) => {
        const once = say(...said);
        return "skip" in once ? once : [once, once].flat();
      },
    },
  };
  trip = await openTrade(["prisjakt"], { destinations: [twice] });
  await take(1);
  const seen = watch(trip.road);
  await trip.run();
  expect(seen).toMatchObject({ requests: 2, most: 1 });
  expect(await states()).toEqual(["delivered"]);
});
