// What holds a wave back: an answer among others, a vendor that fails for all of it, and a budget with few slots.
import { afterEach, expect, test } from "vitest";
import { orderCreated } from "../../sandbox/shop.ts";
import { openTrade, SECOND, type Trade } from "../support/trade.ts";
import { WIDTH, watch } from "../support/under-way.ts";

let trip: Trade;
afterEach(() => trip.close());

const take = async (orders: number) => {
  for (let n = 0; n < orders; n += 1) await trip.take(orderCreated(trip.order()));
};
const states = async () => (await trip.purchaseOf("prisjakt")).map(({ state }) => state).toSorted();
const failures = async () => (await trip.road.db.query<{ failures: number }>("SELECT failures FROM lane"))[0]?.failures;

test("one that is refused for now among others that are taken holds back the lane, and no other of the wave", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(WIDTH + 4);
  const busy = () => Response.json({ error: "slow down" }, { status: 429, headers: { "retry-after": "5" } });
  // The others come back after it.
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const seen = watch(trip.road, async (request) => {
    if (request === 3) {
      setImmediate(tell);
      return busy();
    }
    await told;
    return null;
  });
  await trip.run();
  expect(seen.requests).toBe(WIDTH);
  expect(await states()).toEqual([...Array(WIDTH - 1).fill("delivered"), ...Array(5).fill("due")]);
  expect(await failures()).toBe(1);
  // What was written down and not begun leaves no trace.
  expect(await trip.road.db.query("SELECT outcome, count(*)::int AS count FROM attempt GROUP BY 1 ORDER BY 1")).toEqual(
    [
      { outcome: "delivered", count: WIDTH - 1 },
      { outcome: "retry", count: 1 },
    ],
  );
  // The next request is the probe, alone; then they leave side by side again.
  trip.forward(60 * SECOND);
  seen.most = 0;
  const probe = watch(trip.road, (request) => (request === 1 ? busy() : null));
  await trip.run();
  expect(probe.requests).toBe(1);
  await trip.runToTheEnd();
  expect(await states()).toEqual(Array(WIDTH + 4).fill("delivered"));
  expect(trip.purchases("prisjakt").every(({ counted }) => counted === 1)).toBe(true);
});

test("a vendor that fails for all of a wave is one failure of the lane, and of its host", async () => {
  trip = await openTrade(["prisjakt"]);
  await take(WIDTH);
  trip.vendors.misbehave("prisjakt", "500");
  await trip.run();
  expect(await failures()).toBe(1);
  expect(await trip.road.db.query("SELECT failures FROM host_breaker")).toEqual([{ failures: 1 }]);
});

test("a wave is as wide as the budget has slots for, and the lane waits for the next", async () => {
  trip = await openTrade(["prisjakt"]);
  if (trip.road.sandbox) trip.road.sandbox.budgets = true;
  const now = trip.road.clock();
  trip.road.clock = () => now;
  await take(1);
  await trip.run();
  await take(WIDTH);
  // 10,000 an hour, 55 % of them spaced: one in 655 ms, so that three are free by now.
  await trip.road.db.query("UPDATE budget SET next = $1", [new Date(now.getTime() - 1_400)]);
  const seen = watch(trip.road);
  await trip.run();
  expect(seen).toMatchObject({ requests: 3, most: 3 });
  const [lane] = await trip.road.db.query<{ slot: Date }>("SELECT slot_at AS slot FROM lane");
  expect(lane?.slot.getTime()).toBeGreaterThan(now.getTime());
  expect(await states()).toEqual([...Array(4).fill("delivered"), ...Array(WIDTH - 3).fill("due")]);
});
