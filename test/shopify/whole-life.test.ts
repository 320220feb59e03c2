// A shop's whole life with the app, as one story: install, orders, a gap, a backfill with a crash, a buyer who is forgotten, leaving, coming back, the last word.
import { afterAll, beforeAll, expect, test } from "vitest";
import { accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { vendorCount } from "../../app/delivery/accuracy/vendor-count.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import { backfills } from "../../app/shopify/backfill/view.ts";
import { found } from "../../app/shopify/found/found.ts";
import { look } from "../../app/shopify/found/look.ts";
import { askForLook, takeLook } from "../../app/shopify/found/marks.ts";
import { countOrders } from "../../app/shopify/found/orders-count.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { type Order, orderCreated, orderPaid } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import { buyerOf, rememberPast } from "../support/past.ts";
import { openStory, orderOf, PATIENT, type Story } from "../support/story.ts";

/** The full story has 10000 and 5000; the suite's is shorter. */
const PAST_ORDERS = Number(process.env.STORY_ORDERS ?? 400);
const PAST_CUSTOMERS = Number(process.env.STORY_CUSTOMERS ?? 200);
const REFUNDED = Math.floor(PAST_ORDERS / 50);
const DAY = 86_400_000;
const MINUTE = 60_000;
const told = { myshopify_domain: SANDBOX_SHOP, domain: SANDBOX_SHOP };

let it: Story;
let past: Order[];
beforeAll(async () => {
  it = await openStory();
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
const days = () => {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.now() - 40 * DAY), to: day(Date.now() + DAY) };
};
const connectionOf = async (slug: Slug) =>
  (await it.query<{ id: string }>(`SELECT id FROM connection WHERE destination = $1`, [slug]))[0]?.id ?? "";
/** By vendor, what there is any of. */
async function figures(): Promise<Record<string, object>> {
  const all = await accuracy(it.road, SANDBOX_SHOP, days(), null);
  return Object.fromEntries(
    all.map(({ destination, total }) => [
      destination,
      Object.fromEntries(Object.entries(total).filter(([name, count]) => count > 0 && name !== "had")),
    ]),
  );
}
/** Each of these once, and nothing else. */
const once = (all: Order[]) => new Map(all.map(({ id }) => [String(id), 1]));
const sorted = (counts: Map<string, number>) => new Map([...counts].sort());
const countsOnce = (slug: Slug, all: Order[]) => expect(sorted(it.counted(slug)), slug).toEqual(sorted(once(all)));

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
  expect(await figures()).toEqual({
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
  const road = { ...it.road, clock: () => new Date(Date.now() + 3 * MINUTE) };
  await askForLook(it.road.db, SANDBOX_SHOP, road.clock());
  expect(await takeLook(it.road.db, road.clock())).toBe(SANDBOX_SHOP);
  const receive = openReceiver(it.road.db);
  await look({ road, shop: SANDBOX_SHOP, ask: it.ask, receive, signal: new AbortController().signal });
  await it.settles("tolinku");
  const { latest } = await found(it.road, SANDBOX_SHOP);
  const whole = latest.filter(({ subject, whole }) => whole && subject.startsWith("order:"));
  expect(whole.map(({ name }) => name).sort()).toEqual(names(lost));
  it.app.vendors.misbehave("tolinku", null);
  for (const order of lost) await it.send(orderCreated(order));
  await it.settles();
  for (const slug of ["shopipixel", "alana", "tolinku", "shopimind"] as const) countsOnce(slug, orders);
});

const backfill = async () => (await backfills(it.road, SANDBOX_SHOP, await connectionOf("shopimind")))[0];

test(`a backfill of ${PAST_ORDERS} orders and ${PAST_CUSTOMERS} customers whose worker is killed in the middle ends complete, without doubles`, async () => {
  const began = performance.now();
  const id = await connectionOf("shopimind");
  const wish = { what: "customers,orders", ...days(), confirmed: "true", intent: "start" };
  const route = "_data=routes%2Fapp.%24slug.%24connectionId.backfill";
  expect(await (await it.opens(`/app/shopimind/${id}/backfill?${route}`, wish)).json()).toMatchObject({ says: null });
  const all = PAST_ORDERS + PAST_CUSTOMERS;
  for (const part of [0.2, 0.7]) {
    await expect.poll(async () => (await backfill())?.sent ?? 0, PATIENT).toBeGreaterThan(all * part);
    await it.app.kill("worker", "SIGKILL");
    expect(await backfill()).toMatchObject({ state: "running", endedAt: null });
    // Nobody waits a minute here for the lease of who is dead.
    await it.query("UPDATE backfill SET owner_until = clock_timestamp() WHERE owner IS NOT NULL");
    await it.app.start("worker");
  }
  await expect.poll(async () => (await backfill())?.state, PATIENT).toBe("done");
  const seconds = (performance.now() - began) / 1_000;
  console.log(`${PAST_ORDERS} orders and ${PAST_CUSTOMERS} customers in ${seconds.toFixed(1)} s, with two kills`);
  countsOnce("shopimind", [...past, ...orders]);
  const people = it.app.vendors.ledger("shopimind").entries.filter(({ kind }) => kind === "customers");
  expect(new Set(people.map(({ key }) => key)).size).toBe(people.length);
  expect(people.length).toBeGreaterThanOrEqual(PAST_CUSTOMERS);
  // Of the orders that the app had heard of by themselves it knew the newest state already.
  const left = `SELECT DISTINCT state FROM delivery
    WHERE backfill_id IS NOT NULL AND state <> 'delivered' AND NOT (state = 'superseded' AND subject = ANY ($1))`;
  expect(await it.query(left, [orders.map((order) => `order:${order.id}`)])).toEqual([]);
}, 1_800_000);

test("the accuracy page adds up to the order, with what the vendors and Shopify count", async () => {
  const total = past.length + orders.length;
  const clicked = orders.length / 2;
  expect(await figures()).toEqual({
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
  countsOnce(
    "prisjakt",
    orders.filter((_, n) => n % 2 === 0),
  );
  for (const slug of ["shopipixel", "tolinku", "prisjakt"] as const) {
    const count = await vendorCount(it.road, SANDBOX_SHOP, await connectionOf(slug), days());
    if (count?.is !== "compared") throw new Error(`${slug}: ${JSON.stringify(count)}`);
    expect(count.compared.days.filter(({ sent, counted }) => sent !== (counted ?? 0))).toEqual([]);
  }
  const counted = await countOrders(it.ask, days(), "Europe/Berlin");
  const [ours] = await accuracy(it.road, SANDBOX_SHOP, days(), await connectionOf("alana"));
  expect(ours?.days.map(({ day, orders }) => ({ day, counted: orders }))).toEqual(counted.days);
});

test("a buyer who is forgotten is in no row of no table, and everybody else is", async () => {
  const [who, other] = [buyerOf(4), buyerOf(5)];
  const before = await it.dump();
  for (const one of [who, other]) expect(before).toContain(one.email);
  const customer = { id: who.id, email: who.email, phone: who.phone };
  await it.send({ topic: "customers/redact", payload: { shop_domain: SANDBOX_SHOP, customer, orders_to_redact: [] } });
  await it.settles();
  await it.tends();
  const after = await it.dump();
  expect(marksIn(after, [who.email, encodeURIComponent(who.email), who.phone])).toEqual([]);
  expect(after).toContain(other.email);
});

const marksIn = (dump: string, marks: string[]) => {
  const rows = dump.split("\n");
  return marks.flatMap((mark) =>
    rows.filter((row) => row.includes(mark.toLowerCase())).map((row) => `${mark} in ${row.slice(0, 200)}`),
  );
};

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
  const before = it.requests();
  for (let n = 42; n < 46; n += 1) await it.send(orderCreated(orderOf(n, true)));
  await it.settles();
  expect(it.requests()).toBe(before);
  expect(await it.query("SELECT DISTINCT state, secrets FROM connection")).toEqual([
    { state: "disconnected", secrets: null },
  ]);
  expect(await it.query("SELECT 1 FROM session")).toEqual([]);
});

async function comesBack(): Promise<void> {
  expect((await it.opens("/app")).status).toBe(200);
  for (const [destination, settings] of Object.entries(SANDBOX_SETTINGS)) {
    const draft = { id: null, destination, name: destination, settings, rules: {} };
    expect(await saveConnection(it.road, SANDBOX_SHOP, draft)).toMatchObject({ ok: true });
  }
}
const allCounts = () => SLUGS.map((slug) => [slug, sorted(it.counted(slug))]);

test("back again, the same orders count nothing, and the leaving of before that comes late changes nothing", async () => {
  await comesBack();
  const before = allCounts();
  for (const order of orders) await it.send(orderCreated(order));
  await it.settles();
  expect(allCounts()).toEqual(before);
  await it.send({ topic: "app/uninstalled", payload: told }, left);
  await it.send({ topic: "shop/redact", payload: { shop_domain: SANDBOX_SHOP } }, left);
  await it.settles();
  await it.tends();
  expect(await it.query("SELECT 1 FROM connection WHERE state = 'on' AND secrets IS NOT NULL")).toHaveLength(5);
  const order = await sells(46);
  await it.settles();
  for (const slug of SLUGS) expect(it.counted(slug).get(String(order.id)), slug).toBe(1);
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
  expect(marksIn(await it.dump(), marks)).toEqual([]);
  expect(await it.query("SELECT 1 FROM kept_key")).not.toEqual([]);
});
