// shop/redact: of an erased shop nothing is left but hashes, by which nothing counts twice if it comes back.
import { afterEach, beforeEach, expect, test } from "vitest";
import { redactShop } from "../../app/delivery/people/redact-shop.ts";
import type { Road } from "../../app/delivery/road.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openLife } from "../support/crash.ts";
import { marksOf, type ShopLife, shopLife, told } from "../support/shop-life.ts";
import { DAY, MINUTE, openTrade, type Trade } from "../support/trade.ts";

const OTHER = "bakery.myshopify.com";

let trip: Trade;
let life: ShopLife;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopipixel"]);
  life = shopLife(trip);
});
afterEach(() => trip.close());

test("shop/redact leaves nothing of the shop or its people but hashes, and nothing of another shop is touched", async () => {
  await life.comesBack(OTHER);
  await trip.hear("orders/create", orderCreated(newOrder({ at: trip.road.clock() })).payload, { shop: OTHER });
  const order = await life.lives();
  const others = await life.rowsWith([OTHER]);
  const tables = await life.query<{ name: string }>(
    "SELECT 'public.' || table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop'",
  );
  const marked = new Set((await life.rowsWith([SANDBOX_SHOP])).map((row) => row.split(" ")[0]));
  expect(tables.map(({ name }) => name).filter((name) => !marked.has(name))).toEqual([]);
  await life.leaves();
  await trip.run();
  trip.forward(2 * DAY);
  await life.isRedacted();
  await life.tend();
  expect(await life.rowsWith(marksOf(order))).toEqual([]);
  expect((await life.rowsWith([OTHER])).length).toBe(others.length);
  const connections = "SELECT 1 FROM lane UNION ALL SELECT 1 FROM high_water UNION ALL SELECT 1 FROM delivery_count";
  expect(
    await life.query(
      `${connections.replaceAll(" UNION", " WHERE connection_id NOT IN (SELECT id FROM connection) UNION")} WHERE connection_id NOT IN (SELECT id FROM connection)`,
    ),
  ).toEqual([]);
  expect(await life.query("SELECT 1 FROM erased_shop")).toHaveLength(1);
  const kept = await life.query("SELECT 1 FROM kept_key");
  expect(kept.length).toBeGreaterThanOrEqual(4);
  // It comes a second time, for a shop that nobody knows any more.
  await life.isRedacted();
  await life.tend();
  expect(await life.rowsWith(marksOf(order))).toEqual([]);
  expect(await life.query("SELECT 1 FROM kept_key")).toHaveLength(kept.length);
});

test("what is asked about a person after that is done and recorded, and names neither the shop nor the person", async () => {
  const order = await life.lives();
  await life.leaves();
  await life.isRedacted();
  await life.tend();
  const customer = { id: order.customer.id, email: order.email };
  for (const topic of ["customers/redact", "customers/data_request"]) await trip.hear(topic, { ...told, customer });
  await life.tend();
  expect(await life.rowsWith(marksOf(order))).toEqual([]);
  expect(await life.query("SELECT done_at IS NOT NULL AS done, person, told, vendors FROM erasure")).toEqual([
    { done: true, person: null, told: null, vendors: [] },
  ]);
});

test("what an erased shop counted before is not counted again when it is back, and the page says why", async () => {
  const order = await life.lives();
  await life.leaves();
  await life.isRedacted();
  await life.tend();
  expect(await life.rowsWith(marksOf(order))).toEqual([]);
  trip.forward(MINUTE);
  await life.comesBack();
  const before = life.sales();
  // As an order that claims to be placed after the shop was back: the ledger's hash alone holds it.
  const now = trip.road
    .clock()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, { ...(payload as object), created_at: now, processed_at: now, updated_at: now });
  await trip.runToTheEnd();
  expect(life.sales()).toEqual(before);
  expect(await trip.purchaseOf("tolinku")).toMatchObject([
    { state: "skipped", reason: "it was counted before the shop left and was erased here" },
  ]);
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(life.sales()).toHaveLength(before.length + 2);
});

test("a shop that is back before its shop/redact is worked off is not erased", async () => {
  await life.lives();
  await life.leaves();
  await life.isRedacted();
  await trip.run();
  trip.forward(MINUTE);
  await life.comesBack();
  await life.tend();
  expect(await life.query("SELECT state FROM webhook WHERE topic = 'shop/redact'")).toEqual([{ state: "normalized" }]);
  expect(await life.query("SELECT 1 FROM event")).not.toEqual([]);
  expect(await life.query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
});

test("a redaction that dies at any of its statements is ended by the next round", async () => {
  const webhook = () => ({ triggeredAt: trip.road.clock(), receivedAt: trip.road.clock() });
  const die = async (point?: number) => {
    const end = openLife(
      trip.database.db,
      point === undefined ? undefined : { point, when: point % 2 ? "before" : "after" },
    );
    const road: Road = { ...trip.road, db: end.db };
    await redactShop(road, SANDBOX_SHOP, webhook()).catch((error: unknown) => {
      if (!end.isOver()) throw error;
    });
    return end.points;
  };
  await life.lives();
  const whole = await die();
  expect(whole.length).toBeGreaterThan(15);
  for (let point = 1; point <= whole.length; point += 4) {
    await life.comesBack();
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    trip.forward(MINUTE);
    await life.leaves();
    await trip.run();
    const keys = await life.query("SELECT 1 FROM kept_key");
    const owed = await life.query("SELECT 1 FROM delivery WHERE version IS NULL");
    await die(point);
    expect(await redactShop(trip.road, SANDBOX_SHOP, webhook())).toBe(true);
    expect({ point: whole[point - 1], left: await life.rowsWith([SANDBOX_SHOP]) }).toEqual({
      point: expect.anything(),
      left: [],
    });
    expect(await life.query("SELECT 1 FROM kept_key")).toHaveLength(keys.length + owed.length);
    trip.forward(MINUTE);
  }
});
