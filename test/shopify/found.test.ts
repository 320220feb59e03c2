// Shopify does not tell of everything: what it did not is found, goes down the same road, and is counted once, whatever comes late.
import { afterAll, beforeEach, expect, test } from "vitest";
import { openReceiver } from "../../app/delivery/receive.ts";
import { found, lookState } from "../../app/shopify/found/found.ts";
import { GRACE_MS, look } from "../../app/shopify/found/look.ts";
import { askForLook, planLooks, takeLook } from "../../app/shopify/found/marks.ts";
import { newClickId, newOrder, type Order, orderCreated, orderPaid, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openAsking } from "../support/asking.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SLUGS = ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const;
const asking = await openAsking();
const { shopify, trip, road, forward } = asking;
const { db } = trip.database;
const never = new AbortController().signal;
afterAll(() => asking.close());

const order = (at = road.clock()): Order => newOrder({ clickId: newClickId(), at });
/** It happened in the shop, and Shopify tells it. */
async function told(one: Order): Promise<void> {
  const { topic, payload } = orderCreated(one);
  shopify.tellings.happen(topic, payload);
  await trip.hear(topic, payload);
}
/** It happened in the shop, and no webhook comes. */
const withheld = (one: Order) => void shopify.tellings.happen("orders/create", orderCreated(one).payload);

/** As the worker does when the merchant asks for it, once the grace is over. */
async function looks({
  wait = GRACE_MS + MINUTE,
  ask = asking.asker({ leave: 0.5, patience: 60_000 }),
  signal = never,
  run = trip.run,
} = {}) {
  forward(wait);
  await askForLook(db, SANDBOX_SHOP, road.clock());
  await db.query("UPDATE reconciliation SET busy_until = NULL");
  const shop = await takeLook(db, road.clock());
  expect(shop).toBe(SANDBOX_SHOP);
  await look({ road, shop: SANDBOX_SHOP, ask, receive: openReceiver(db), signal });
  await run();
}
const foundOrders = async () =>
  (await found(road, SANDBOX_SHOP)).latest.filter(({ subject }) => subject.startsWith("order:"));
const purchases = async (slug: string) =>
  (await trip.states(slug))
    .filter(({ kind, state }) => kind === "order.placed" && state !== "skipped")
    .map(({ subject }) => subject);
const counted = (slug: (typeof SLUGS)[number]) => trip.vendors.ledger(slug).entries.length;

beforeEach(async () => {
  for (const all of ["orders", "customers"] as const) shopify.memory[all].clear();
  await db.query("DELETE FROM webhook WHERE origin = 'reconciliation'");
  await db.query("UPDATE reconciliation_mark SET since = $1, until = NULL, cursor = NULL, untold_at = NULL", [
    road.clock(),
  ]);
  await db.query("UPDATE reconciliation SET reason_code = NULL, reason_values = NULL, began_at = NULL");
  forward(30 * MINUTE);
  await asking.ends();
});

test("ten withheld webhooks are found, no more and no less, and each vendor counts them once; coming late they change nothing", async () => {
  const [heard, lost] = [Array.from({ length: 5 }, () => order()), Array.from({ length: 10 }, () => order())];
  for (const one of heard) await told(one);
  await trip.runToTheEnd();
  lost.forEach(withheld);
  await looks();
  await trip.runToTheEnd();
  const names = (orders: Order[]) => orders.map(({ name }) => name).sort();
  expect((await foundOrders()).map(({ name }) => name).sort()).toEqual(names(lost));
  expect((await foundOrders()).every(({ whole }) => whole)).toBe(true);
  for (const slug of SLUGS) for (const { id } of lost) expect(await purchasesOf(slug, id)).toBeLessThanOrEqual(1);
  const before = await Promise.all(SLUGS.map(purchases));
  expect(before.flat().length).toBeGreaterThanOrEqual(4 * 15);
  const sent = SLUGS.slice(0, 4).map(counted);
  for (const one of lost) await trip.hear("orders/create", orderCreated(one).payload);
  await trip.runToTheEnd();
  expect(await Promise.all(SLUGS.map(purchases))).toEqual(before);
  expect(SLUGS.slice(0, 4).map(counted)).toEqual(sent);
  await looks();
  expect(await foundOrders()).toHaveLength(10);
});

const purchasesOf = async (slug: string, id: number) =>
  (await purchases(slug)).filter((subject) => subject === `order:${id}`).length;

test("what Shopify tells within two minutes is not said to be missing", async () => {
  withheld(order());
  await looks({ wait: MINUTE });
  expect(await foundOrders()).toEqual([]);
  await looks({ wait: GRACE_MS });
  expect(await foundOrders()).toHaveLength(1);
});

test("a refund and a payment of which no webhook came are found inside their order, and are told once", async () => {
  const one = order();
  await told(one);
  await trip.run();
  forward(MINUTE);
  for (const { topic, payload } of [orderPaid(one, road.clock()), refundCreated(one, road.clock())])
    shopify.tellings.happen(topic, payload);
  await looks();
  await trip.runToTheEnd();
  expect(await foundOrders()).toMatchObject([{ subject: `order:${one.id}`, whole: false }]);
  const refunds = async () =>
    (await trip.states("tolinku")).filter(
      ({ kind, subject }) => kind === "order.refunded" && subject === `order:${one.id}`,
    );
  expect(await refunds()).toMatchObject([{ state: "delivered" }]);
  await trip.hear("refunds/create", shopify.memory.orders.get(String(one.id))?.payload.refunds[0]);
  await trip.runToTheEnd();
  expect(await refunds()).toHaveLength(1);
});

test("three pages of orders are looked through, and a look that was broken off in the middle goes on there", async () => {
  const lost = Array.from({ length: 210 }, () => order());
  lost.forEach(withheld);
  const [ask, broken] = [asking.asker({ leave: 0, patience: 600_000 }), new AbortController()];
  let asked = 0;
  const dies: typeof ask = async (question, variables) => {
    if (String(question.query).includes("OneOrder") && ++asked === 130) broken.abort();
    return ask(question, variables);
  };
  await looks({ ask: dies, signal: broken.signal, run: async () => {} });
  const first = (await foundWebhooks()).length;
  expect(first).toBeGreaterThanOrEqual(100);
  expect(first).toBeLessThan(210);
  expect(await lookState(road, SANDBOX_SHOP)).toMatchObject({ beganAt: expect.any(Date) });
  await looks({ ask, run: async () => {} });
  expect(await foundWebhooks()).toHaveLength(210);
  expect(await lookState(road, SANDBOX_SHOP)).toMatchObject({ beganAt: null, says: null });
});
const foundWebhooks = () =>
  db.query("SELECT id FROM webhook WHERE origin = 'reconciliation' AND topic = 'orders/updated'");

test("where it is throttled it waits for its turn; where it may wait no longer it says so and goes on later", async () => {
  withheld(order());
  forward(GRACE_MS + MINUTE);
  shopify.leave(20);
  await db.query("DELETE FROM shopify_budget");
  await looks({ wait: 0, ask: asking.asker({ leave: 0.5, patience: 0 }) });
  expect(await lookState(road, SANDBOX_SHOP)).toMatchObject({
    says: expect.stringContaining("asked too much"),
    lookedAt: expect.anything(),
  });
  expect(await foundOrders()).toEqual([]);
  shopify.leave(20);
  await looks();
  expect(await foundOrders()).toHaveLength(1);
});

test("a scope that is missing is named, and nothing is told by halves", async () => {
  withheld(order());
  shopify.world.granted.delete("read_orders");
  await looks().finally(() => shopify.world.granted.add("read_orders"));
  expect((await lookState(road, SANDBOX_SHOP)).says).toContain("read_orders");
  shopify.world.granted.delete("read_products");
  await looks().finally(() => shopify.world.granted.add("read_products"));
  expect((await lookState(road, SANDBOX_SHOP)).says).toContain("read_products");
  expect(await foundOrders()).toEqual([]);
  await looks();
  expect(await foundOrders()).toHaveLength(1);
  expect((await lookState(road, SANDBOX_SHOP)).says).toBeNull();
});

test("an index that lags hides nothing for good", async () => {
  withheld(order());
  shopify.world.indexLag = 8 * MINUTE;
  await looks();
  expect(await foundOrders()).toEqual([]);
  await looks({ wait: 6 * MINUTE }).finally(() => {
    shopify.world.indexLag = 0;
  });
  expect(await foundOrders()).toHaveLength(1);
});

test("an order that Shopify shows no more after 60 days holds up none of the others", async () => {
  const old = order(new Date(road.clock().getTime() - 61 * DAY));
  withheld({ ...old, updated_at: order().updated_at });
  withheld(order());
  await looks();
  expect(await foundOrders()).toHaveLength(1);
});

test("one that Shopify cannot tell holds up none of the others, and is found once it can", async () => {
  const [ill, well] = [order(), order()];
  [ill, well].forEach(withheld);
  const ask = asking.asker({ patience: 60_000 });
  const cannot: typeof ask = async (question, variables) =>
    variables?.id === ill.admin_graphql_api_id ? { is: "ill", says: "it failed in itself" } : ask(question, variables);
  await looks({ ask: cannot });
  expect(await foundOrders()).toMatchObject([{ subject: `order:${well.id}` }]);
  forward(20 * MINUTE);
  await looks();
  expect(await foundOrders()).toHaveLength(2);
});

test("customers and products are looked for where a vendor takes them, and told again only if they changed", async () => {
  const { customerUpdated, productUpdated, someBuyer } = await import("../../sandbox/shop.ts");
  const webhooks = [customerUpdated(someBuyer(), road.clock()), productUpdated(road.clock())];
  for (const { topic, payload } of webhooks) shopify.tellings.happen(topic, payload);
  await looks();
  const { latest } = await found(road, SANDBOX_SHOP);
  expect(latest.map(({ subject }) => subject.split(":")[0]).sort()).toEqual(["customer", "product"]);
  await looks();
  expect((await found(road, SANDBOX_SHOP)).latest).toHaveLength(2);
});

test("another shop is neither asked nor told of, and one that has left is not looked through", async () => {
  withheld(order());
  await looks();
  expect(await foundOrders()).toHaveLength(1);
  expect(await found(road, "another.myshopify.com")).toMatchObject({ days: [], latest: [], look: { lookedAt: null } });
  await db.query("UPDATE shop SET uninstalled_at = now() WHERE domain = $1", [SANDBOX_SHOP]);
  await askForLook(db, SANDBOX_SHOP, road.clock());
  await planLooks(db, road.clock());
  expect(await takeLook(db, road.clock())).toBeNull();
  await db.query("UPDATE shop SET uninstalled_at = NULL WHERE domain = $1", [SANDBOX_SHOP]);
});
