// A shop may keep for a shorter time what it was told: what is old enough goes, of that shop alone, and what is still owed keeps what it needs.
import { afterEach, beforeEach, expect, test } from "vitest";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { keptBy, setKept } from "../../app/delivery/upkeep/keep.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openShops } from "../support/shops.ts";
import { becauseOf } from "../support/told.ts";
import { DAY, openTrade, type Trade } from "../support/trade.ts";

const OTHER = "shop-1.myshopify.com";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["shopipixel"]);
  await openShops(trip, 1);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
});
afterEach(() => trip.close());

const tend = async () =>
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
const chooses = (bodies: string, data: string, attempts: string) =>
  setKept(trip.road, SANDBOX_SHOP, { bodies, data, attempts });
/** The shops of which something is left. */
const left = async (from: string) =>
  (await trip.road.db.query<{ shop: string }>(`SELECT DISTINCT shop FROM ${from} ORDER BY shop`)).map(
    ({ shop }) => shop,
  );
const all = async () => ({
  bodies: await left("webhook WHERE body IS NOT NULL"),
  data: await left("event WHERE data IS NOT NULL"),
  attempts: await left("attempt"),
});
const BOTH = [SANDBOX_SHOP, OTHER];

test("without a choice the usual times hold", async () => {
  expect(await keptBy(trip.road.db, SANDBOX_SHOP)).toEqual({ bodies: 30, data: 90, attempts: 30 });
  trip.forward(29 * DAY);
  await tend();
  expect(await all()).toEqual({ bodies: BOTH, data: BOTH, attempts: BOTH });
  trip.forward(2 * DAY);
  await tend();
  expect(await all()).toEqual({ bodies: [], data: BOTH, attempts: [] });
});

test("a shorter time holds for that shop alone, also for what was passed before it was chosen", async () => {
  trip.forward(6 * DAY);
  await tend();
  expect(await chooses("3", "30", "7")).toBeNull();
  await tend();
  expect(await all()).toEqual({ bodies: [OTHER], data: BOTH, attempts: BOTH });
  trip.forward(2 * DAY);
  await tend();
  expect(await all()).toEqual({ bodies: [OTHER], data: BOTH, attempts: [OTHER] });
  trip.forward(23 * DAY);
  await tend();
  expect((await all()).data).toEqual([OTHER]);
});

test("a time that another shop chose before holds for what its walk has passed already", async () => {
  await chooses("3", "30", "7");
  trip.forward(6 * DAY);
  await tend();
  expect((await all()).bodies).toEqual([OTHER]);
  await setKept(trip.road, OTHER, { bodies: "3", data: "90", attempts: "30" });
  await tend();
  expect((await all()).bodies).toEqual([]);
  await chooses("30", "90", "30");
  expect(await keptBy(trip.road.db, SANDBOX_SHOP)).toEqual({ bodies: 30, data: 90, attempts: 30 });
});

test("what is not offered is refused, and changes nothing", async () => {
  for (const given of ["0", "2", "400", "", "x", "30.5", "-7"]) {
    expect(await chooses(given, "90", "30")).toBe("none of the choices");
    expect(await chooses("30", given, "30")).toBe("none of the choices");
  }
  expect(await keptBy(trip.road.db, SANDBOX_SHOP)).toEqual({ bodies: 30, data: 90, attempts: 30 });
});

test("what waits keeps its data; what is sent again must be sure to keep it until it is sent", async () => {
  await chooses("3", "30", "7");
  trip.vendors.misbehave("shopipixel", "down");
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  const due = "event WHERE data IS NOT NULL AND id IN (SELECT event_id FROM delivery WHERE state = 'due')";
  trip.forward(31 * DAY);
  await tend();
  expect(await left(due)).toEqual([SANDBOX_SHOP]);
  await trip.road.db.query(`UPDATE delivery SET state = 'refused', ${becauseOf("no")} WHERE state = 'due'`);
  const ids = (await trip.road.db.query<{ id: string }>("SELECT id FROM delivery WHERE state = 'refused'")).map(
    ({ id }) => id,
  );
  expect(await replay(trip.road, SANDBOX_SHOP, { ids })).toBe(0);
});
