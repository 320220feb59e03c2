// A shop's whole life with the app, as one story: install, orders, a gap, a backfill with a crash, a buyer who is forgotten, leaving, coming back, the last word.
import { afterAll, beforeAll, expect, test } from "vitest";
import { accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { vendorCount } from "../../app/delivery/accuracy/vendor-count.ts";
import { found } from "../../app/shopify/found/found.ts";
import { countOrders } from "../../app/shopify/found/orders-count.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { type Order, orderCreated, orderPaid } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS } from "../../sandbox/vendors.ts";
import { buyerOf, rememberPast } from "../support/past.ts";
import { openStory, orderOf, PATIENT, type Story } from "../support/story.ts";
import { days, marksIn, seenOf } from "../support/story-seen.ts";

/** The full story has 10000 and 5000; the suite's is shorter. */
const PAST_ORDERS = Number(process.env.STORY_ORDERS ?? 200);
const PAST_CUSTOMERS = Number(process.env.STORY_CUSTOMERS ?? 100);
const REFUNDED = Math.floor(PAST_ORDERS / 50);
const DAY = 86_400_000;
const told = { myshopify_domain: SANDBOX_SHOP, domain: SANDBOX_SHOP };

let it: Story;
let sees: ReturnType<typeof seenOf>;
let past: Order[];
beforeAll(async () => {
  it = await openStory();
  sees = seenOf(it);
  const span = { orders: PAST_ORDERS, customers: PAST_CUSTOMERS, refunded: REFUNDED };
  past = rememberPast(it.shopify.memory, { ...span, end: new Date(Date.now() - DAY) });
}, 600_000);
afterAll(() => it?.close());
const orders: Order[] = [];
const names = (all: Order[]) => all.map(({ name }) => name).sort();
/** Those with an even number came by a click. */
const sells = async (n: number) => {
  const order = orderOf(n, n % 2 === 0);
  orders.push(order);
  await it.happens(orderCreated(order));
  return order;
};

test("installed at the first opening: the shop's token and facts are there", async () => {
  expect((await it.opens("/app")).status).toBe(200);
  expect(await it.query("SELECT 1 FROM session WHERE id = $1", [`offline_${SANDBOX_SHOP}`])).toHaveLength(1);
  expect(await it.query("SELECT shopify_id FROM shop")).toEqual([{ shopify_id: "70800000001" }]);
});

test("orders come while a vendor is down and another's answers are lost, and the figure adds up with what waits", async () => {
  it.app.vendors.misbehave("tolinku", "down");
  it.app.vendors.misbehave("shopipixel", "lost", 2);
  for (let n = 0; n < 30; n += 1) {
    const order = await sells(n);
    if (n % 3 === 0) await it.happens(orderPaid(order));
  }
  await it.settles("tolinku");
  expect(await sees.figures()).toEqual({
    shopipixel: { orders: 30, sent: 30 },
    alana: { orders: 30, sent: 30 },
    prisjakt: { orders: 30, sent: 15, skipped: 15 },
    tolinku: { orders: 30, waiting: 30 },
    shopimind: { orders: 30, sent: 30 },
  });
});

test("of ten webhooks that Shopify withholds the look finds exactly these orders, and coming late they count nothing", async () => {
  it.shopify.tellings.set({ times: 0 }, 10);
  const lost: Order[] = [];
  for (let n = 30; n < 40; n += 1) lost.push(await sells(n));
  await it.looks();
  await it.settles("tolinku");
  const { latest } = await found(it.road, SANDBOX_SHOP);
  const whole = latest.filter(({ subject, whole }) => whole && subject.startsWith("order:"));
  expect(whole.map(({ name }) => name).sort()).toEqual(names(lost));
  it.app.vendors.misbehave("tolinku", null);
  for (const order of lost) await it.send(orderCreated(order));
  await it.settles();
  for (const slug of ["shopipixel", "alana", "tolinku", "shopimind"] as const) sees.countsOnce(slug, orders);
});

test(`a backfill of ${PAST_ORDERS} orders and ${PAST_CUSTOMERS} customers whose worker is killed in the middle ends complete, without doubles`, async () => {
  const began = performance.now();
  const id = await sees.connectionOf("shopimind");
  await it.begins(id, { what: "customers,orders", ...days(), from: "2025-01-01", confirmed: "true" });
  const all = PAST_ORDERS + PAST_CUSTOMERS;
  for (const part of [0.2, 0.7]) {
    await expect.poll(async () => (await sees.backfill())?.sent ?? 0, PATIENT).toBeGreaterThan(all * part);
    await it.app.kill("worker", "SIGKILL");
    expect(await sees.backfill()).toMatchObject({ state: "running", endedAt: null });
    // Nobody waits a minute here for the lease of who is dead.
    await it.query("UPDATE backfill SET owner_until = clock_timestamp() WHERE owner IS NOT NULL");
    await it.app.start("worker");
  }
  await expect.poll(async () => (await sees.backfill())?.state, PATIENT).toBe("done");
  expect((await sees.backfill())?.sent).toBeGreaterThanOrEqual(all + orders.length);
  console.log(`${all} orders and customers in ${((performance.now() - began) / 1_000).toFixed(1)} s, with two kills`);
  sees.countsOnce("shopimind", [...past, ...orders]);
  const people = it.app.vendors.ledger("shopimind").entries.filter(({ kind }) => kind === "customers");
  expect(new Set(people.map(({ key }) => key)).size).toBe(people.length);
  expect(people.length).toBeGreaterThanOrEqual(PAST_CUSTOMERS);
  const left = `SELECT d.subject, d.state FROM delivery d
    WHERE backfill_id IS NOT NULL AND state <> 'delivered' AND NOT (state = 'superseded' AND EXISTS (
      SELECT 1 FROM delivery newer WHERE newer.connection_id = d.connection_id AND newer.subject = d.subject
        AND newer.version >= d.version AND newer.state = 'delivered'))`;
  expect(await it.query(left)).toEqual([]);
}, 3_600_000);

test("the accuracy page adds up to the order, with what the vendors and Shopify count", async () => {
  const total = past.length + orders.length;
  const clicked = orders.length / 2;
  expect(await sees.figures()).toEqual({
    shopipixel: { orders: total, sent: orders.length, before: past.length },
    alana: { orders: total, sent: orders.length, before: past.length },
    prisjakt: { orders: total, sent: clicked, skipped: clicked, before: past.length },
    tolinku: { orders: total, sent: orders.length, before: past.length },
    shopimind: { orders: total, sent: total },
  });
  const twice = it.app.vendors
    .ledger("shopipixel")
    .entries.filter(({ kind, carried }) => kind === "Purchase" && carried > 1);
  expect(twice.length).toBeGreaterThan(0);
  sees.countsOnce(
    "prisjakt",
    orders.filter((_, n) => n % 2 === 0),
  );
  for (const slug of ["shopipixel", "tolinku", "prisjakt"] as const) {
    const count = await vendorCount(it.road, SANDBOX_SHOP, await sees.connectionOf(slug), days());
    if (count?.is !== "compared") throw new Error(`${slug}: ${JSON.stringify(count)}`);
    expect(count.compared.days.filter(({ sent, counted }) => sent !== (counted ?? 0))).toEqual([]);
  }
  const counted = await countOrders(it.ask, days(), "Europe/Berlin");
  const [ours] = await accuracy(it.road, SANDBOX_SHOP, days(), await sees.connectionOf("alana"));
  expect(ours?.days.map(({ day, orders }) => ({ day, counted: orders }))).toEqual(counted.days);
});

test("a buyer who is forgotten is in no row of no table, and everybody else is", async () => {
  const [who, other] = [buyerOf(4), buyerOf(5)];
  const before = await sees.dump();
  for (const one of [who, other]) expect(before).toContain(one.email);
  const customer = { id: who.id, email: who.email, phone: who.phone };
  await it.send({ topic: "customers/redact", payload: { shop_domain: SANDBOX_SHOP, customer, orders_to_redact: [] } });
  await it.settles();
  await it.tends();
  const after = await sees.dump();
  expect(marksIn(after, [who.email, encodeURIComponent(who.email), who.phone])).toEqual([]);
  expect(after).toContain(other.email);
});

let left: Date;
test("who leaves is sent nothing more, and what is owed is skipped", async () => {
  it.app.vendors.misbehave("tolinku", "down");
  await sells(41);
  await it.settles("tolinku");
  left = new Date(Date.now() - 10_000);
  await it.shopify.uninstall();
  await it.send({ topic: "app/uninstalled", payload: told }, left);
  await it.settles();
  it.app.vendors.misbehave("tolinku", null);
  const before = sees.requests();
  for (let n = 42; n < 46; n += 1) await it.send(orderCreated(orderOf(n, true)));
  await it.settles();
  expect(sees.requests()).toBe(before);
  expect(await it.query("SELECT DISTINCT state, secrets FROM connection")).toEqual([
    { state: "disconnected", secrets: null },
  ]);
  expect(await it.query("SELECT 1 FROM session")).toEqual([]);
});

test("back again, the same orders count nothing, and the leaving of before that comes late changes nothing", async () => {
  await it.comesBack();
  const before = sees.allCounts();
  for (const order of orders) await it.send(orderCreated(order));
  await it.settles();
  expect(sees.allCounts()).toEqual(before);
  await it.send({ topic: "app/uninstalled", payload: told }, left);
  await it.send({ topic: "shop/redact", payload: { shop_domain: SANDBOX_SHOP } }, left);
  await it.settles();
  await it.tends();
  expect(await it.query("SELECT 1 FROM connection WHERE state = 'on' AND secrets IS NOT NULL")).toHaveLength(5);
  const { id } = await sells(46);
  await it.settles();
  for (const slug of SLUGS) expect(sees.counted(slug).get(`${id}`), slug).toBe(1);
});

test("after the true leaving and its shop/redact nothing is left of the shop or its people but hashes", async () => {
  await it.shopify.uninstall();
  await it.send({ topic: "app/uninstalled", payload: told });
  await it.settles();
  it.trip.forward(2 * DAY);
  await it.send({ topic: "shop/redact", payload: { shop_domain: SANDBOX_SHOP } });
  await it.settles();
  await it.tends();
  const buyers = Array.from({ length: PAST_CUSTOMERS }, (_, n) => buyerOf(n));
  const marks = [
    ...[SANDBOX_SHOP, ...Object.values(SANDBOX_SETTINGS).flatMap((settings) => Object.values(settings))],
    ...buyers.flatMap(({ id, email, phone }) => [String(id), email, phone]),
    ...[...orders, ...past].flatMap(({ id, name }) => [String(id), `"${name}"`]),
  ].filter((mark) => mark.length > 3);
  expect(marksIn(await sees.dump(), marks)).toEqual([]);
  expect(await it.query("SELECT 1 FROM kept_key")).not.toEqual([]);
});
