// A vendor that is away, and batches that are refused whole.
import { afterEach, describe, expect, test } from "vitest";
import { openWayOut } from "../../app/base/way-out.ts";
import type { Road } from "../../app/delivery/road.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import { freePort } from "../../scripts/port.mjs";
import { HOUR, MINUTE, openTrade, type Trade } from "../support/trade.ts";

const fetch = openWayOut();
let trip: Trade;
afterEach(() => trip.close());

const to = async (slugs: readonly Slug[], change: Partial<Road> = {}) => {
  trip = await openTrade(slugs, change);
};

/** Nobody listens there. */
const nowhere = async () => `http://127.0.0.1:${await freePort()}`;
async function away(slug: Slug, yes: boolean): Promise<void> {
  const dead = yes ? await nowhere() : "";
  trip.road.fetch = (url, init) => {
    const real = String(url);
    const cut = yes && real.startsWith(`${trip.vendors.url}/${slug}/`);
    return fetch(cut ? real.replace(trip.vendors.url, dead) : real, init);
  };
}

describe("a vendor that is away", () => {
  test.each(
    SLUGS,
  )("%s for 30 hours: what its window still takes arrives in order, the rest is expired with the reason", async (slug) => {
    await to([slug]);
    await away(slug, true);
    const placed: string[] = [];
    const hours = new Map<string, number>();
    for (let hour = 0; hour < 30; hour += 3) {
      // Two, so that one of them waits behind the other's tries.
      for (const one of [trip.order(), trip.order()]) {
        placed.push(String(one.id));
        hours.set(String(one.id), hour);
        await trip.take(orderCreated(one));
      }
      await trip.run();
      trip.forward(3 * HOUR);
      await trip.run();
    }
    await away(slug, false);
    await trip.runToTheEnd();
    const states = await trip.purchaseOf(slug);
    const daily = slug === "shopipixel" || slug === "alana";
    // Those of the first six hours are older than a day by now.
    const late = daily ? 6 : 0;
    expect(states.map(({ state }) => state)).toEqual([
      ...Array(late).fill("expired"),
      ...Array(20 - late).fill("delivered"),
    ]);
    for (const { reason } of states.slice(0, late)) expect(reason).toMatch(/not sent in time; last: .*no connection/);
    const arrived = trip
      .purchases(slug)
      .map(({ key, facts }) =>
        slug === "alana" ? String((facts.metadata as { orderId: string }).orderId) : key.replace("purchase_", ""),
      );
    expect(arrived.toSorted()).toEqual(placed.slice(late).toSorted());
    const times = arrived.map((id) => hours.get(id) ?? -1);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(trip.purchases(slug).every(({ counted, carried }) => counted === 1 && carried === 1)).toBe(true);
    expect(trip.vendors.ledger(slug).breaches).toEqual([]);
  });

  test.each([
    "prisjakt",
    "tolinku",
    "shopimind",
  ] as const)("%s for 73 hours: what was owed for 72 is expired, with what it was worth", async (slug) => {
    await to([slug]);
    await away(slug, true);
    const bought = trip.order();
    await trip.take(orderCreated(bought));
    for (let hour = 0; hour < 73; hour += 1) {
      await trip.run();
      trip.forward(HOUR);
    }
    await away(slug, false);
    await trip.runToTheEnd();
    const states = await trip.purchaseOf(slug);
    expect(states).toMatchObject([{ state: "expired", reason: expect.stringContaining("no connection") }]);
    expect(trip.purchases(slug)).toEqual([]);
    if (slug !== "shopimind")
      expect(await trip.road.db.query("SELECT worth, currency FROM delivery WHERE kind = 'order.placed'")).toEqual([
        { worth: bought.total_price, currency: "EUR" },
      ]);
  });
});

test("a vendor that was away for ten hours is found to be back within a minute, and gets all that waits", async () => {
  await to(["tolinku"]);
  await away("tolinku", true);
  for (let n = 0; n < 20; n += 1) await trip.take(orderCreated(trip.order()));
  for (let minute = 0; minute < 600; minute += 5) {
    await trip.run();
    trip.forward(5 * MINUTE);
  }
  // New ones are in nobody's back-off, and still wait for the lane's.
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await away("tolinku", false);
  trip.forward(MINUTE);
  await trip.run();
  expect(trip.vendors.ledger("tolinku").counts).toEqual({ purchase: 21 });
});

test("what is in doubt is looked up together, also while a single delivery is the probe", async () => {
  await to(["shopipixel"]);
  trip.vendors.misbehave("shopipixel", "lost", 1);
  for (let n = 0; n < 30; n += 1) await trip.take(orderCreated(trip.order()));
  await trip.run();
  trip.vendors.misbehave("shopipixel", "500");
  trip.forward(25 * MINUTE);
  await trip.run();
  trip.vendors.misbehave("shopipixel", null);
  const before = trip.vendors.ledger("shopipixel").requests;
  trip.forward(10 * MINUTE);
  await trip.run();
  expect(trip.vendors.ledger("shopipixel").requests - before).toBe(1);
  expect((await trip.purchaseOf("shopipixel")).every(({ state }) => state === "delivered")).toBe(true);
});

describe("a batch that is refused whole", () => {
  test.each([
    400, 413, 422,
  ])("with %i is halved until the culprit stands alone, and the rest goes through", async (status) => {
    await to(["shopipixel"]);
    const orders = Array.from({ length: 60 }, () => newOrder({ clickId: null }));
    const culprit = String(orders[33]?.id);
    let requests = 0;
    trip.road.fetch = async (url, init) => {
      requests += 1;
      if (!String(init?.body).includes(culprit)) return fetch(url, init);
      return Response.json({ success: false, error: "validation_failed" }, { status });
    };
    for (const one of orders) await trip.take(orderCreated(one));
    await trip.runToTheEnd();
    const states = await trip.states("shopipixel");
    expect(states.filter(({ state }) => state === "delivered")).toHaveLength(59);
    expect(states.filter(({ state }) => state !== "delivered")).toMatchObject([
      {
        state: "refused",
        subject: `order:${culprit}`,
        reason: expect.stringMatching(new RegExp(`${status}.*“validation_failed”`)),
      },
    ]);
    expect(trip.vendors.ledger("shopipixel").entries.every(({ carried }) => carried === 1)).toBe(true);
    // Two batches, and two requests for each of the six halvings of one.
    expect(requests).toBeLessThanOrEqual(2 + 2 * 6);
  });

  test("because of its size goes through in parts", async () => {
    const most = 8_000;
    const small: typeof fetch = async (url, init) =>
      Buffer.byteLength(String(init?.body)) > most
        ? Response.json({ success: false, error: "Request body too large" }, { status: 413 })
        : fetch(url, init);
    await to(["shopipixel"], { fetch: small });
    for (let n = 0; n < 50; n += 1) await trip.take(orderCreated(newOrder({ clickId: null })));
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 50 });
  });
});
