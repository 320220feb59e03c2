// The bells: the sweep's neither pile up nor are swallowed by a dead worker's job, and a busy shop takes no slot from the others.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bells, openBells } from "../../app/programs/queue.ts";
import { takeTurn } from "../../app/programs/shop-turn.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const never = new AbortController().signal;
const SHOPS = ["quiet.myshopify.com", "busy-1.myshopify.com", "busy-2.myshopify.com"] as const;
const [QUIET, ...BUSY] = SHOPS;

let trip: TestRoad;
let opened: Bells[];
beforeEach(async () => {
  [trip, opened] = [await openTestRoad(), []];
});
afterEach(async () => {
  await Promise.all(opened.map((bells) => bells.close()));
  await trip.close();
});

async function openOne(): Promise<Bells> {
  const bells = await openBells({ databaseUrl: trip.database.url, destinations: ["alana", "tolinku"], connections: 5 });
  opened.push(bells);
  return bells;
}
const answer = (bells: Bells, shop: (shop: string) => Promise<void>, concurrency = 2) =>
  bells.answer({ concurrency, shop, lane: async () => {}, failed: () => {} });
const jobs = async () =>
  (await trip.database.db.query<{ count: number }>("SELECT count(*)::int AS count FROM bullmq.job"))[0]?.count;
const heardOf = (shop: string) =>
  trip.hear("orders/create", orderCreated(newOrder({ clickId: null })).payload, { shop });
const unread = async (shop: string) =>
  (await trip.database.db.query("SELECT 1 FROM webhook WHERE shop = $1 AND state = 'received'", [shop])).length;

test("a sweep that finds the same shops and lanes again and again leaves one job for each", async () => {
  const bells = await openOne();
  const lanes = ["alana", "tolinku"].map((destination, n) => ({ connectionId: `lane-${n}`, destination }));
  for (let sweep = 0; sweep < 20; sweep += 1) await bells.ringAnew([QUIET], lanes);
  expect(await jobs()).toBe(3);
});

test("the job of a worker that hangs swallows the bell, and not the sweep's; once that is answered the sweep can ring anew", async () => {
  const hung = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  const [dead, alive] = [await openOne(), await openOne()];
  answer(
    dead,
    () => {
      taken.resolve();
      return hung.promise;
    },
    1,
  );
  await dead.bell.shop(QUIET);
  await taken.promise;
  let answered = 0;
  let next = Promise.withResolvers<void>();
  answer(alive, async () => {
    answered += 1;
    next.resolve();
  });
  await alive.bell.shop(QUIET);
  for (let sweep = 1; sweep <= 2; sweep += 1) {
    next = Promise.withResolvers();
    await alive.ringAnew([QUIET], []);
    await next.promise;
    expect(answered).toBe(sweep);
    // The one that hangs.
    await expect.poll(jobs).toBe(1);
  }
  hung.resolve();
});

test("the job of a worker that was killed is free again after ten seconds", async () => {
  const hung = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  const bells = await openOne();
  answer(bells, () => {
    taken.resolve();
    return hung.promise;
  });
  await bells.bell.shop(QUIET);
  await taken.promise;
  const [job] = await trip.database.db.query<{ left: number }>(
    "SELECT (locked_until_ms - extract(epoch FROM clock_timestamp()) * 1000)::float AS left FROM bullmq.job",
  );
  expect(job?.left).toBeLessThanOrEqual(10_000);
  hung.resolve();
});

test("a bell that is to ring late swallows none that is to ring sooner", async () => {
  const bells = await openOne();
  const rung: string[] = [];
  const lane = { connectionId: "lane-1", destination: "alana" };
  bells.answer({
    concurrency: 1,
    shop: async () => {},
    lane: async ({ connectionId }) => void rung.push(connectionId),
    failed: () => {},
  });
  await bells.bell.lanes([{ ...lane, delay: 3_600_000 }]);
  expect(await jobs()).toBe(1);
  await bells.bell.lanes([{ ...lane, delay: 1 }]);
  expect(await jobs()).toBeLessThanOrEqual(1);
  await expect.poll(() => rung).toEqual(["lane-1"]);
  await expect.poll(jobs, { timeout: 60_000 }).toBe(0);
});

test("shops that somebody else normalizes take no slot from a quiet one, and are looked at again every now and then", async () => {
  const bells = await openOne();
  const soon: number[] = [];
  const looked = Promise.withResolvers<void>();
  const counting = {
    shopSoon: async (shop: string) => {
      if (shop === BUSY[0] && soon.push(performance.now()) === 4) looked.resolve();
      await bells.shopSoon(shop);
    },
  };
  const road = { ...trip.road, bell: { ...bells.bell, lanes: async () => {} } };
  for (const shop of SHOPS) await heardOf(shop);
  const done = Promise.withResolvers<void>();
  const elsewhere = trip.database.db.transaction(async (sql) => {
    for (const shop of BUSY) await sql.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [shop]);
    // As many slots as there are busy shops.
    answer(bells, (shop) => takeTurn(road, counting, shop, never), BUSY.length);
    for (const shop of [...BUSY, QUIET]) await bells.bell.shop(shop);
    await bells.ringAnew([...BUSY], []);
    await expect.poll(() => unread(QUIET), { timeout: 60_000 }).toBe(0);
    await looked.promise;
    done.resolve();
  });
  await done.promise;
  await elsewhere;
  expect((soon[3] ?? 0) - (soon[1] ?? 0)).toBeGreaterThan(200);
  // No other bell rings for them.
  for (const shop of BUSY) await expect.poll(() => unread(shop), { timeout: 60_000 }).toBe(0);
});

test("a job that is gone when its work is done is no failure, and one that fails is", async () => {
  const bells = await openOne();
  const failures: string[] = [];
  const worked = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  let calls = 0;
  bells.answer({
    concurrency: 1,
    lane: async () => {},
    async shop() {
      calls += 1;
      if (calls > 1) throw new Error("a fault of ours");
      await trip.database.db.query("DELETE FROM bullmq.job");
      worked.resolve();
    },
    failed(error) {
      failures.push(error.message);
      if (error.message === "a fault of ours") failed.resolve();
    },
  });
  await bells.bell.shop(QUIET);
  await worked.promise;
  await bells.ringAnew([BUSY[0]], []);
  await failed.promise;
  expect(failures).toEqual(["a fault of ours"]);
});
