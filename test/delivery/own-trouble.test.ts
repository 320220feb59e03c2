// One's own trouble stays one's own: a carrier that is refused, a key that no header can hold, a limit that is used up.
import { afterEach, expect, test } from "vitest";
import { giveBack, reserve } from "../../app/delivery/connections/pacing.ts";
import { NothingSent, openHttp } from "../../app/destinations/http.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade | undefined;
afterEach(async () => {
  await trip?.close();
  trip = undefined;
});

test("a carrier that ShopiMind refuses costs its own order, and pauses nothing", async () => {
  trip = await openTrade(["shopimind"]);
  const [bad, good] = [newOrder(), newOrder()];
  const shipping_lines = [{ code: "bad", title: "Bad carrier", price: "0.00" }];
  trip.road.fetch = async (url, init) => {
    if (!String(url).endsWith("/orders-carriers")) return fetch(url, init);
    const at = (JSON.parse(String(init?.body)) as { carrier_id: string }[]).findIndex(
      (one) => one.carrier_id === "bad",
    );
    const rejected_items = at < 0 ? [] : [{ index: at, errors: ["no such carrier"] }];
    return Response.json({ statusCode: 200, sent_count: 1, rejected_count: rejected_items.length, rejected_items });
  };
  await trip.take(orderCreated({ ...bad, shipping_lines } as unknown as typeof bad));
  await trip.take(orderCreated(good));
  await trip.runToTheEnd();
  const states = (await trip.purchaseOf("shopimind")).map(({ subject, state }) => ({ subject, state }));
  expect(states).toEqual([
    { subject: `order:${bad.id}`, state: "refused" },
    { subject: `order:${good.id}`, state: "delivered" },
  ]);
  expect(await trip.road.db.query("SELECT paused_channels AS paused FROM lane")).toEqual([{ paused: {} }]);
});

test("a request with a key that no header can hold was never sent", async () => {
  const http = openHttp({ baseUrl: "https://example.com", headers: { "x-key": "a\u200bb" }, fetch });
  await expect(http({ method: "GET", path: "/" })).rejects.toBeInstanceOf(NothingSent);
});

test("who does not wait for a slot takes none", async () => {
  trip = await openTrade(["tolinku"]);
  const { road } = trip;
  const now = road.clock();
  const budgets = [{ requests: 10, per: "minute", scope: "key" }] as const;
  const take = (latest: Date) => reserve(road, "tolinku", [...budgets], "key", now, { latest });
  while ((await take(now)).slots > 0);
  for (let n = 0; n < 50; n += 1) expect((await take(now)).slots).toBe(0);
  const next = await reserve(road, "tolinku", [...budgets], "key", now);
  expect(next.at.getTime() - now.getTime()).toBeLessThan(30_000);
});

test("slots that were reserved for a wave and not used are free again", async () => {
  trip = await openTrade(["tolinku"]);
  const { road } = trip;
  const budgets = [{ requests: 10, per: "minute", scope: "key" }] as const;
  const now = road.clock();
  const take = () => reserve(road, "tolinku", [...budgets], "key", now, { most: 5 });
  expect((await take()).slots).toBe(4);
  await giveBack(road, "tolinku", [...budgets], "key", 3);
  expect(await take()).toEqual({ slots: 3, at: now });
});
