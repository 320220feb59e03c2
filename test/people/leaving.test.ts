// A merchant leaves and comes back: nothing more is sent, and nothing counts twice.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { type Order, orderCreated } from "../../sandbox/shop.ts";
import { type ShopLife, shopLife, told } from "../support/shop-life.ts";
import { HOUR, MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
let life: ShopLife;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopipixel"]);
  life = shopLife(trip);
});
afterEach(() => trip.close());

test("who leaves is sent nothing more: what is owed is skipped, tokens and credentials are gone at once", async () => {
  await life.lives();
  trip.vendors.misbehave("tolinku", "down");
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await life.leaves();
  await trip.run();
  trip.vendors.misbehave("tolinku", null);
  const before = life.sales();
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(life.sales()).toEqual(before);
  expect(await life.query("SELECT 1 FROM delivery WHERE state = 'due'")).toEqual([]);
  expect(
    (await trip.states("tolinku")).filter(({ reason }) => reason === "the app was uninstalled").length,
  ).toBeGreaterThan(0);
  expect(await life.query("SELECT DISTINCT state, secrets, settings FROM connection")).toEqual([
    { state: "disconnected", secrets: null, settings: {} },
  ]);
  expect(await life.query("SELECT 1 FROM session")).toEqual([]);
  const [one] = await life.query<{ id: string }>("SELECT id FROM connection LIMIT 1");
  expect(await openConnection(trip.road, one?.id ?? "")).toBeNull();
});

test("who comes back starts clean, and the same orders sent again count nothing, whatever they say of their time", async () => {
  const order = await life.lives();
  await life.leaves();
  await trip.run();
  trip.forward(HOUR);
  await life.comesBack();
  expect(await life.query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
  const before = life.sales();
  const again = { ...order, updated_at: trip.road.clock().toISOString() };
  for (const one of [order, again as Order]) await trip.take(orderCreated(one));
  await trip.runToTheEnd();
  expect(life.sales()).toEqual(before);
  // The leaving of before, and its shop/redact, come late.
  await trip.hear("app/uninstalled", told, { triggeredAt: new Date(trip.road.clock().getTime() - 50 * MINUTE - HOUR) });
  await life.isRedacted(new Date(trip.road.clock().getTime() - HOUR - 30 * MINUTE));
  await life.tend();
  expect(await life.query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(life.sales()).toHaveLength(before.length + 2);
});
