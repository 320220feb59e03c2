// Few bells: in a rush one for many webhooks, and none for what the road wakes in its own process; nothing is forgotten for that.
import { afterEach, expect, test, vi } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import type { Bell } from "../../app/delivery/road.ts";
import { openBellThrottle } from "../../app/programs/bell-throttle.ts";
import { openOwnLanes } from "../../app/programs/own-lanes.ts";
import { openBells } from "../../app/programs/queue.ts";
import { takeTurn } from "../../app/programs/shop-turn.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad } from "../support/road.ts";

afterEach(() => void vi.useRealTimers());

/** Webhooks of one shop, evenly spread, at one rate after the other. @returns when each came and when it was rung, in milliseconds. */
async function heardAtDoor(...rates: [webhooks: number, perSecond: number][]) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const [came, bells]: [number[], number[]] = [[], []];
  const throttle = openBellThrottle(async () => void bells.push(performance.now()));
  for (const [webhooks, perSecond] of rates)
    for (let n = 0; n < webhooks; n += 1) {
      came.push(performance.now());
      throttle.ring("a.myshopify.com");
      await vi.advanceTimersByTimeAsync(1_000 / perSecond);
    }
  await vi.advanceTimersByTimeAsync(1_000);
  return { came, bells };
}
const longestWait = ({ came, bells }: { came: number[]; bells: number[] }) =>
  Math.max(...came.map((at) => (bells.find((bell) => bell >= at) ?? Number.POSITIVE_INFINITY) - at));

test("10,000 webhooks in a rush ring the shop's bell 500 times at most, and none waits longer than 100 ms for it", async () => {
  for (const perSecond of [500, 1_000]) {
    const rush = await heardAtDoor([10_000, perSecond]);
    expect(rush.bells.length, `${perSecond} a second`).toBeLessThanOrEqual(500);
    expect(longestWait(rush)).toBeLessThanOrEqual(100);
  }
});

test("when it is quiet the bell rings at once, also after a rush", async () => {
  expect(longestWait(await heardAtDoor([100, 50]))).toBe(0);
  const { came, bells } = await heardAtDoor([500, 1_000], [100, 50]);
  expect(longestWait({ came: came.slice(-90), bells })).toBe(0);
});

test("whoever ends rings for what it has not rung for", async () => {
  let bells = 0;
  const throttle = openBellThrottle(async () => {
    bells += 1;
  });
  throttle.ring("a.myshopify.com");
  throttle.ring("a.myshopify.com");
  await throttle.close();
  expect(bells).toBe(2);
});

type Rung = Parameters<Bell["lanes"]>[0][number];
const LANE = { connectionId: "lane-1", destination: "alana" };

/** Lanes whose runs a test ends by hand. */
function lanesByHand(places = 2) {
  const runs: { id: string; end: () => void }[] = [];
  const elsewhere: Rung[] = [];
  let [now, most] = [0, 0];
  const lanes = openOwnLanes({
    places,
    async run(id) {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((end) => runs.push({ id, end }));
      now -= 1;
    },
    elsewhere: async (rung) => void elsewhere.push(...rung),
    failed: (error) => expect.unreachable(error.message),
  });
  return { lanes, runs, elsewhere, atOnce: () => most };
}

test("a lane that is rung while it runs here runs once more and not twice at once, whoever rings", async () => {
  const { lanes, runs, elsewhere, atOnce } = lanesByHand();
  await lanes.ring([LANE]);
  for (let n = 0; n < 10; n += 1) await Promise.all([lanes.ring([LANE]), lanes.run(LANE)]);
  expect(runs).toHaveLength(1);
  runs[0]?.end();
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.end();
  await lanes.close();
  expect([runs.length, elsewhere.length, atOnce()]).toEqual([2, 0, 1]);
});

test("what has no place here, waits for long, or comes when the process ends, is the queue's", async () => {
  const { lanes, runs, elsewhere } = lanesByHand(1);
  const other = { ...LANE, connectionId: "lane-2" };
  const elsewheres = { connectionId: "lane-3", destination: "tolinku" };
  const long = { ...other, delay: 60_000 };
  await lanes.ring([LANE, other, elsewheres, long]);
  expect(runs.map(({ id }) => id)).toEqual(["lane-1", "lane-3"]);
  expect(elsewhere).toEqual([other, long]);
  // A job of the queue's has its place.
  void lanes.run(other);
  expect(runs).toHaveLength(3);
  await lanes.ring([LANE]);
  const closed = lanes.close();
  for (const { end } of runs) end();
  await closed;
  await lanes.ring([elsewheres]);
  expect(elsewhere.slice(2)).toEqual([LANE, elsewheres]);
});

test("a lane that is rung again and again goes to the back of the queue after its turn", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { lanes, runs, elsewhere } = lanesByHand();
  const turn = lanes.run(LANE);
  await lanes.ring([LANE]);
  vi.advanceTimersByTime(10_000);
  runs[0]?.end();
  await turn;
  expect([runs.length, elsewhere]).toEqual([1, [LANE]]);
});

test("a run that is to go on in a moment does so here", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const { lanes, runs, elsewhere } = lanesByHand();
  await lanes.ring([{ ...LANE, delay: 2_000 }]);
  await lanes.ring([{ ...LANE, delay: 300 }]);
  await lanes.ring([{ ...LANE, delay: 4_000 }]);
  await vi.advanceTimersByTimeAsync(299);
  expect(runs).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect([runs.length, elsewhere]).toEqual([1, []]);
});

test("what a turn with a shop books leaves by its own process, and adds no job", async () => {
  const trip = await openTestRoad();
  const opened = await openBells({
    databaseUrl: trip.database.url,
    destinations: ["alana", "tolinku"],
    connections: 2,
  });
  const never = new AbortController().signal;
  const jobs: Rung[] = [];
  const lanes = openOwnLanes({
    run: (id) => deliver(road, id, never),
    places: 8,
    elsewhere: async (rung) => void jobs.push(...rung.filter(({ delay = 0 }) => delay < 5_000)),
    failed: (error) => expect.unreachable(error.message),
  });
  const road = { ...trip.road, bell: { shop: opened.bell.shop, lanes: lanes.ring } };
  for (let n = 0; n < 300; n += 1) await trip.hear("orders/create", orderCreated(newOrder({ clickId: null })).payload);
  await takeTurn(road, opened, SANDBOX_SHOP, never);
  const due = () => trip.database.db.query("SELECT 1 FROM delivery WHERE state = 'due'").then((rows) => rows.length);
  await expect.poll(due, { timeout: 60_000 }).toBe(0);
  const delivered = await trip.database.db.query("SELECT 1 FROM delivery WHERE state = 'delivered' LIMIT 1");
  expect([delivered.length, jobs]).toEqual([1, []]);
  await lanes.close();
  await opened.close();
  await trip.close();
}, 120_000);
