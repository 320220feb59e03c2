// One delivery's trouble is its own: its pause holds back no other, and the vendor is asked about it beside the lane.
import { afterEach, describe, expect, test } from "vitest";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { loseAnswer } from "../support/doubt.ts";
import { HOUR, MINUTE, openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const lane = async () => (await trip.road.db.query<{ failures: number }>("SELECT failures FROM lane"))[0];

test("a delivery that fails alone has its own pause, and one that comes meanwhile is tried at once", async () => {
  trip = await openTrade(["prisjakt"]);
  await trip.take(orderCreated(trip.order()));
  trip.vendors.misbehave("prisjakt", "429");
  await trip.run();
  // As after many failures: its own pause is far ahead of the lane's.
  await trip.road.db.query("UPDATE delivery SET due_at = $1, attempts = 12", [
    new Date(trip.road.clock().getTime() + 30 * MINUTE),
  ]);
  trip.forward(MINUTE);
  await trip.run();
  trip.vendors.misbehave("prisjakt", null);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  expect(trip.purchases("prisjakt").length).toBeGreaterThan(0);
});

/** How a vendor's reads fail; its writes are well. */
const FAILS: [string, (signal: AbortSignal | null | undefined) => Promise<Response>][] = [
  ["500", async () => Response.json({ error: "Oops" }, { status: 500 })],
  ["429", async () => Response.json({ error: "Slow down" }, { status: 429, headers: { "retry-after": "600" } })],
  ["400", async () => Response.json({ error: "Bad list" }, { status: 400 })],
  ["a hang", (signal) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)))],
];
const READS: Record<string, number> = {
  shopipixel: 2 * HOUR,
  prisjakt: 80 * HOUR,
  tolinku: 80 * HOUR,
  shopimind: 80 * HOUR,
};

describe.each(Object.keys(READS) as Slug[])("a purchase in doubt whose look-up fails at %s", (slug) => {
  // A hang lasts as long as a request may: one vendor stands for all.
  test.each(FAILS.filter(([how]) => how !== "a hang" || slug === "prisjakt"))(
    "with %s holds back no other, and is asked about by itself",
    async (how, fails) => {
      trip = await openTrade([slug]);
      let reads = 0;
      const misread = () => {
        trip.road.fetch = async (url, init) => {
          const asks =
            init?.method === "GET" ||
            !/events$|batch$|orders$|customers|products|carriers|source|payments|status/.test(
              new URL(String(url)).pathname,
            );
          if (!asks || (init?.method === "GET" && /token|sources/.test(String(url)))) return fetch(url, init);
          reads += 1;
          return fails(init?.signal);
        };
      };
      loseAnswer(trip, slug, false);
      const bought = trip.order();
      await trip.take(orderCreated(bought));
      await trip.run();
      await trip.road.db.query(
        "UPDATE delivery SET only_ask = true, doubt_since = coalesce(doubt_since, now() - interval '1 day'), due_at = $1 WHERE state = 'due'",
        [trip.road.clock()],
      );
      misread();
      trip.forward(MINUTE);
      const other = trip.order();
      await trip.take(orderCreated(other));
      if (slug === "tolinku") await trip.take(refundCreated(bought));
      const ending = trip.run();
      const keys = () => trip.purchases(slug).map(({ key }) => key);
      await expect.poll(() => keys().join()).toContain(String(other.id));
      if (how === "a hang") trip.road.fetch = fetch;
      await ending;
      expect(reads).toBeGreaterThan(0);
      expect(await lane()).toEqual({ failures: 0 });
      expect(await trip.road.db.query("SELECT 1 FROM host_breaker")).toEqual([]);
      const [doubt] = await trip.road.db.query<{ due: Date; reason: string }>(
        `SELECT due_at AS due, reason_code AS reason FROM delivery WHERE only_ask AND state = 'due' AND kind LIKE 'order.%'`,
      );
      expect(doubt?.reason).toBe("asked_in_vain");
      const wait = (doubt?.due.getTime() ?? 0) - trip.road.clock().getTime();
      if (how === "429") expect(wait).toBeGreaterThan(590 * SECOND);
      else expect(wait).toBeLessThan(15 * MINUTE);
      trip.road.fetch = fetch;
    },
    90_000,
  );
});

test("a replay by a person whose look-up fails holds back no other", async () => {
  trip = await openTrade(["prisjakt"]);
  loseAnswer(trip, "prisjakt");
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await trip.road.db.query("UPDATE delivery SET state = 'unknown', doubt_since = now() - interval '1 hour'");
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  if (!group) throw new Error("nothing needs attention");
  expect(await replay(trip.road, SANDBOX_SHOP, group)).toBe(1);
  trip.road.fetch = async (url, init) =>
    init?.method === "GET" ? Response.json({ error: "no" }, { status: 500 }) : fetch(url, init);
  trip.forward(MINUTE); // what the lost answer itself held the lane back for
  const other = trip.order();
  await trip.take(orderCreated(other));
  await trip.run();
  expect(trip.purchases("prisjakt").map(({ key }) => key)).toContain(String(other.id));
  trip.road.fetch = fetch;
  await trip.runToTheEnd();
  expect((await trip.purchaseOf("prisjakt")).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});
