// A backfill from its start to its end: complete and without doubles, to the chosen connection alone, and behind all that happens now.
import { afterEach, beforeEach, expect, test } from "vitest";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { cancel, pause, resume } from "../../app/shopify/backfill/end.ts";
import { newClickId, newOrder, orderCreated, orderUpdated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPast, type Past } from "../support/history.ts";

const HOUR = 3_600_000;
let it: Past;
beforeEach(async () => {
  it = await openPast();
});
afterEach(() => it.close());

const orders = { what: ["orders"] };
const query = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
  it.trip.database.db.query<Row>(sql, values);
const entries = (slug: "shopimind" | "shopipixel" | "prisjakt", kind: string) =>
  it.trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind);

test("customers, products and orders of before come to ShopiMind, each once, in their present state, and nothing to any other", async () => {
  it.happened(30, { customers: 12, refunded: 3 });
  const begun = await it.begin("shopimind", { what: ["customers", "products", "orders"] });
  expect(begun).toEqual({ id: expect.any(String) });
  expect(await it.work()).toMatchObject({ state: "done", says: null, expected: 52, seen: 52, sent: 52 });
  expect(entries("shopimind", "orders")).toHaveLength(30);
  expect(entries("shopimind", "customers")).toHaveLength(12);
  expect(entries("shopimind", "products").length).toBe(10);
  expect(await query("SELECT DISTINCT destination, state FROM delivery")).toEqual([
    { destination: "shopimind", state: "delivered" },
  ]);
  const { breaches } = it.trip.vendors.ledger("shopimind");
  expect(breaches).toEqual([]);
});

test("started a second time it is refused while it runs, and afterwards sends nothing that is there already", async () => {
  it.happened(5);
  await it.begin("shopimind");
  expect(await it.begin("shopimind")).toEqual({ says: expect.stringContaining("is under way already") });
  await it.work();
  const before = it.trip.vendors.ledger("shopimind").requests;
  await it.begin("shopimind");
  expect(await it.work()).toMatchObject({ state: "done", sent: 10, deliveries: {} });
  expect(it.trip.vendors.ledger("shopimind").requests).toBe(before);
});

test("what happens now goes first, though all of a backfill's room in the lane is taken", async () => {
  it.happened(30, { customers: 30 });
  await it.begin("shopimind");
  while (((await it.view("shopimind"))?.sent ?? 0) === 0) {
    it.forward(1_000);
    await it.tick();
  }
  await normalize(it.road, SANDBOX_SHOP);
  const { topic, payload } = orderCreated(newOrder({ at: it.road.clock() }));
  await it.trip.hear(topic, payload);
  await it.trip.run();
  const sent = await query<{ later: boolean[] }>(
    `SELECT (SELECT array_agg(DISTINCT later) FROM delivery WHERE id = ANY (a.deliveries)) AS later
     FROM attempt a JOIN connection c ON c.id = a.connection_id AND c.destination = 'shopimind' ORDER BY a.id`,
  );
  const firsts = sent.map(({ later }) => later);
  expect(firsts.flat()).toContain(true);
  expect(firsts.findIndex(([later]) => later)).toBeGreaterThan(firsts.findLastIndex(([later]) => !later));
  await it.work();
  expect(entries("shopimind", "orders")).toHaveLength(31);
});

test("only so much of it waits at a time", async () => {
  it.happened(700, { customers: 700 });
  await it.begin("shopimind", { what: ["customers"] });
  it.trip.vendors.misbehave("shopimind", "down" as never);
  await it.work((view) => (view?.deliveries.due ?? 0) >= 500);
  for (let n = 0; n < 5; n += 1) {
    it.forward(1_000);
    while (await it.tick());
    await it.trip.run();
  }
  expect((await it.view("shopimind"))?.deliveries.due).toBeLessThan(700);
});

test("an order that was left out since it was placed before the connection is sent now", async () => {
  const placed = new Date(it.road.clock().getTime() - HOUR);
  const order = newOrder({ at: placed });
  await it.trip.hear("orders/updated", orderUpdated(order).payload);
  await it.trip.run();
  expect(await it.trip.states("shopipixel")).toMatchObject([{ kind: "order.placed", state: "skipped" }]);
  it.shopify.memory.remember("orders/create", order);
  await it.begin("shopipixel", orders);
  expect(await it.work()).toMatchObject({ state: "done", deliveries: { delivered: 1 } });
  expect(entries("shopipixel", "Purchase")).toMatchObject([{ counted: 1 }]);
});

test("an order beyond ShopiPixel's 24 hours is not sent, and days before them are refused with a sentence", async () => {
  it.happened(3, { ago: 20 * HOUR });
  it.happened(3, { ago: 30 * HOUR });
  expect(await it.begin("shopipixel", { ...orders, from: "2020-01-01", to: "2020-01-02" })).toEqual({
    says: expect.stringMatching(/^Nothing of these days can be sent\. ShopiPixel takes an order for 24 hours/),
  });
  await it.begin("shopipixel", orders);
  expect(await it.work()).toMatchObject({ state: "done", deliveries: { delivered: 3 } });
  it.forward(10 * HOUR);
  expect(await it.begin("tolinku", orders)).toEqual({ says: expect.stringContaining("carry no time") });
  expect(await it.begin("shopimind", { ...orders, confirmed: false })).toEqual({
    says: expect.stringMatching(/^Confirm first: ShopiMind's scenarios may write to buyers/),
  });
});

test("only what came by a click goes to Prisjakt", async () => {
  it.happened(3);
  const at = new Date(it.road.clock().getTime() - HOUR);
  it.shopify.memory.remember("orders/create", newOrder({ at, clickId: newClickId() }));
  await it.begin("prisjakt", orders);
  expect(await it.work()).toMatchObject({ state: "done", deliveries: { delivered: 1, skipped: 3 } });
});

test("what a backfill told is as new to all others when its webhook comes, and what happened since it began is theirs as ever", async () => {
  const [order] = it.happened(1, { ago: -120_000 });
  const [early] = it.happened(1, { ago: HOUR });
  it.forward(180_000);
  await it.begin("shopimind", orders);
  await it.work();
  expect(await it.trip.states("tolinku")).toEqual([]);
  await it.trip.hear("orders/create", order);
  await it.trip.hear("orders/updated", early);
  await it.trip.run();
  const told = await it.trip.states("tolinku");
  expect(told.filter(({ kind }) => kind === "order.placed").map(({ state }) => state)).toEqual([
    "delivered",
    "skipped",
  ]);
  expect(entries("shopimind", "orders")).toHaveLength(2);
  await it.trip.hear("refunds/create", refundCreated(order as never, it.road.clock()).payload);
  await it.trip.run();
  expect((await it.trip.states("tolinku")).at(-1)).toMatchObject({ kind: "order.refunded", state: "delivered" });
});

test("paused it rests, resumed it goes on; cancelled, what waits is not sent, and it can begin anew", async () => {
  it.happened(40, { customers: 40 });
  await it.begin("shopimind");
  const { id } = (await it.view("shopimind")) ?? { id: "" };
  await it.work((view) => (view?.sent ?? 0) > 0);
  expect(await pause(it.road, "other-shop.myshopify.com", id)).toBe(false);
  expect(await pause(it.road, SANDBOX_SHOP, id)).toBe(true);
  it.forward(60_000);
  expect(await it.tick()).toBe(false);
  expect(await resume(it.road, SANDBOX_SHOP, id)).toBe(true);
  await it.trip.run();
  it.trip.vendors.misbehave("shopimind", "down" as never);
  await it.work((view) => (view?.sent ?? 0) >= 80);
  const delivered = (await it.view("shopimind"))?.deliveries.delivered ?? 0;
  expect(await cancel(it.road, SANDBOX_SHOP, id)).toBe(true);
  it.trip.vendors.misbehave("shopimind", null);
  await it.trip.runToTheEnd();
  const view = await it.view("shopimind");
  expect(view?.state).toBe("cancelled");
  expect(view?.deliveries.due).toBeUndefined();
  expect(view?.deliveries.delivered ?? 0).toBe(delivered);
  expect(await query("SELECT 1 FROM backfill_line")).toEqual([]);
  expect(await it.begin("shopimind")).toEqual({ id: expect.any(String) });
});

test("an uninstall in the middle ends it: nothing more is asked, kept or sent", async () => {
  it.happened(20, { customers: 20 });
  await it.begin("shopimind");
  await it.work((view) => (view?.seen ?? 0) > 0);
  await it.trip.hear("app/uninstalled", { myshopify_domain: SANDBOX_SHOP, domain: SANDBOX_SHOP });
  await it.trip.run();
  const [row] = await query("SELECT state, reason_code FROM backfill");
  expect(row).toEqual({ state: "cancelled", reason_code: "uninstalled" });
  const before = [it.shopify.asked(), it.trip.vendors.ledger("shopimind").requests];
  it.forward(HOUR);
  expect(await it.tick()).toBe(false);
  await it.trip.run();
  expect([it.shopify.asked(), it.trip.vendors.ledger("shopimind").requests]).toEqual(before);
  expect(await query("SELECT 1 FROM backfill_line")).toEqual([]);
});
