// A backfill when something goes wrong: a worker that dies, a file that breaks off, an operation that fails, a Shopify that says no.
import { afterEach, beforeEach, expect, test } from "vitest";
import { cancel } from "../../app/shopify/backfill/end.ts";
import type { BulkFate } from "../../sandbox/shopify/bulk.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type End, openLife } from "../support/crash.ts";
import { openPast, type Past } from "../support/history.ts";

let it: Past;
beforeEach(async () => {
  it = await openPast();
});
afterEach(() => it.close());

const db = () => it.trip.database.db;
const fate = async (next: Partial<BulkFate>) => (await it.shopify.admin()).bulk.setFate(next);
const orders = { what: ["orders"] };
const counted = (kind: string) => it.trip.vendors.ledger("shopimind").entries.filter((one) => one.kind === kind);
const says = async () => (await it.view("shopimind"))?.says ?? null;
/** Until the backfill waits and says why. */
const untilSaid = async () => {
  await it.work((view) => view?.says !== null);
  return says();
};

test("2,000 orders and 1,000 customers, with workers that die in the middle, end complete and without doubles", async () => {
  it.happened(2_000, { customers: 1_000 });
  await it.begin("shopimind");
  let died = 0;
  for (let n = 0; died < 12 && n < 100; n += 1) {
    const end: End = { point: 3 + (n % 9), when: n % 2 === 0 ? "before" : "after" };
    const life = openLife(db(), end);
    await it.tick({ db: life.db }).catch((error: unknown) => {
      if (!life.isOver()) throw error;
    });
    if (life.isOver()) died += 1;
    await db().query("UPDATE backfill SET owner_until = clock_timestamp() - interval '1 s' WHERE owner IS NOT NULL");
    await it.trip.run();
    it.forward(1_000);
  }
  expect(died).toBe(12);
  expect((await it.view("shopimind"))?.endedAt).toBe(null);
  expect(await it.work()).toMatchObject({ state: "done", seen: 3_000, sent: 3_000 });
  expect(counted("orders")).toHaveLength(2_000);
  expect(counted("customers")).toHaveLength(1_000);
  expect(await db().query("SELECT DISTINCT state FROM delivery")).toEqual([{ state: "delivered" }]);
  const [told] = await db().query<{ count: string }>("SELECT count(*) FROM webhook WHERE origin = 'backfill'");
  expect(Number(told?.count)).toBe(3_000);
}, 600_000);

test("a file that breaks off is fetched again, and made anew if it is itself cut; nothing of it is lost", async () => {
  it.happened(8);
  await fate({ truncated: true });
  await it.begin("shopimind", orders);
  expect(await untilSaid()).toContain("breaks off");
  await fate({});
  expect(await it.work()).toMatchObject({ state: "done", seen: 8, sent: 8 });
  expect(counted("orders")).toHaveLength(8);
});

test("a file that is always cut ends in a failure that is said, with nothing sent of it", async () => {
  it.happened(2);
  await fate({ truncated: true });
  await it.begin("shopimind", orders);
  expect(await it.work()).toMatchObject({ state: "failed", sent: 0, says: expect.stringContaining("breaks off") });
  expect(counted("orders")).toEqual([]);
});

test("an address that is over before the file was read brings a new operation", async () => {
  it.happened(3);
  await fate({ expired: true });
  await it.begin("shopimind", orders);
  await it.tick();
  await fate({});
  expect(await it.work()).toMatchObject({ state: "done", sent: 3 });
});

test("an operation that failed with a part of a file is asked for again in halves, which send all of it, once", async () => {
  it.happened(9);
  await fate({ ends: "FAILED", errorCode: "TIMEOUT", lines: 4 });
  await it.begin("shopimind", orders);
  await it.tick();
  await fate({});
  expect(await it.work()).toMatchObject({ state: "done", seen: 9, sent: 9 });
  expect(counted("orders")).toHaveLength(9);
});

test("the word that a file is ready makes it quicker; without it the operation is asked", async () => {
  it.happened(2);
  await fate({ takes: 600_000, silent: true });
  await it.begin("shopimind", orders);
  for (let n = 0; n < 8; n += 1) {
    await it.tick();
    it.forward(60_000);
  }
  const [row] = await db().query<{ operation: string }>("SELECT operation FROM backfill");
  await it.tick();
  it.shopify.moveClock(200_000);
  expect(await it.tick()).toBe(false);
  await it.trip.hear("bulk_operations/finish", { admin_graphql_api_id: row?.operation, status: "completed" });
  await it.trip.run();
  expect(await it.tick()).toBe(true);
  expect(await it.view("shopimind")).toMatchObject({ seen: 2 });
  await fate({ silent: true });
  expect(await it.work()).toMatchObject({ state: "done", sent: 2 });
});

test("a missing scope, data that is not approved, a dead token and an ill Shopify are each said, and it goes on when they are mended", async () => {
  it.happened(2, { refunded: 1 });
  const { granted, approved } = it.shopify.world;
  granted.delete("read_orders");
  await it.begin("shopimind", orders);
  expect(await untilSaid()).toContain("it lacks read_orders");
  granted.add("read_orders");
  const before = [...approved];
  it.shopify.world.approved = new Set();
  await it.work((view) => view?.says?.includes("protected customer data") ?? false);
  it.shopify.world.approved = new Set(before);
  it.shopify.troubles.set("graphql", "401");
  await it.work((view) => view?.says?.includes("open the app to reconnect") ?? false);
  it.shopify.troubles.set("graphql", "503");
  await it.work((view) => view?.says?.includes("could not be asked just now") ?? false);
  it.shopify.troubles.set("graphql", "throttled", 30);
  it.shopify.troubles.set("file", "503", 2);
  expect(await it.work()).toMatchObject({ state: "done", says: null, sent: 2 });
});

test("a connection that is paused holds it, one that is off ends it", async () => {
  it.happened(2);
  await it.begin("shopimind", orders);
  const set = (state: string) =>
    db().query("UPDATE connection SET state = $1 WHERE destination = 'shopimind' AND shop = $2", [state, SANDBOX_SHOP]);
  await set("paused");
  expect(await untilSaid()).toContain("paused");
  await set("off");
  expect(await it.work()).toMatchObject({ state: "cancelled", says: expect.stringContaining("switched off") });
});

const idsLeftOut = async () => (await it.view("shopimind"))?.leftOut;

test("an order whose refund Shopify does not know any more is left out and named, and all others are sent", async () => {
  const past = it.happened(6, { refunded: 3 });
  await it.begin("shopimind", orders);
  await it.tick(); // the file is made
  const [lost] = past;
  const kept = it.shopify.memory.orders.get(String(lost?.id));
  if (kept) kept.payload = { ...kept.payload, refunds: [] };
  expect(await it.work()).toMatchObject({ state: "done", seen: 6, sent: 5 });
  expect(await idsLeftOut()).toEqual([String(lost?.id)]);
  expect(counted("orders")).toHaveLength(5);
});

test("an order at whose refund Shopify fails is asked for again, then left out; while Shopify fails at all, nothing is", async () => {
  const [bad] = it.happened(4, { refunded: 2 });
  await it.begin("shopimind", orders);
  await it.tick(); // the file is made
  const [refund] = it.shopify.memory.orders.get(String(bad?.id))?.payload.refunds ?? [];
  refund.transactions = null; // the stand-in breaks at it
  it.forward(1_500);
  await it.tick();
  it.shopify.troubles.set("graphql", "503");
  for (let n = 0; n < 8; n += 1) {
    it.forward(300_000);
    while (await it.tick());
  }
  expect(await it.view("shopimind")).toMatchObject({ seen: 4, sent: 0, leftOut: [] });
  expect(await says()).toContain("could not be asked just now");
  it.shopify.troubles.set("graphql", null);
  expect(await it.work()).toMatchObject({ state: "done", sent: 3 });
  expect(await idsLeftOut()).toEqual([String(bad?.id)]);
});

test("what is cancelled while Shopify makes its file is cancelled there too, when Shopify can be asked", async () => {
  it.happened(2);
  await fate({ takes: 3_600_000 });
  await it.begin("shopimind", orders);
  await it.tick();
  const state = async () => {
    const [row] = await db().query<{ id: string | null }>("SELECT operation AS id FROM backfill");
    return row?.id ?? null;
  };
  const id = await state();
  it.shopify.troubles.set("graphql", "503");
  expect(await cancel(it.road, SANDBOX_SHOP, (await it.view("shopimind"))?.id ?? "")).toBe(true);
  await it.tick();
  expect(await state()).toBe(id);
  it.shopify.troubles.set("graphql", null);
  it.forward(60_000);
  await it.tick();
  expect(await state()).toBe(null);
  const told = (await it.shopify.admin()).bulk.root.bulkOperation({ id: id ?? "" });
  expect(told).toMatchObject({ status: "CANCELED" });
  expect(await it.tick()).toBe(false);
});
