// Shopify does not tell of everything: what it did not is found, goes down the same road, and is counted once, whatever comes late.
import { afterAll, beforeEach, expect, test } from "vitest";
import { found, lookState } from "../../app/shopify/found/found.ts";
import { GRACE_MS } from "../../app/shopify/found/look.ts";
import { askForLook, planLooks, takeLook } from "../../app/shopify/found/marks.ts";
import {
  customerUpdated,
  type Order,
  orderCreated,
  orderPaid,
  productUpdated,
  refundCreated,
  someBuyer,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { MINUTE, openLost } from "../support/lost.ts";

const SLUGS = ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const;
const missed = await openLost();
const { asking, shopify, trip, road, forward, db, order, told, withheld, looks, foundOrders } = missed;
afterAll(() => asking.close());
beforeEach(missed.anew);

const purchases = async (slug: string) =>
  (await trip.states(slug))
    .filter(({ kind, state }) => kind === "order.placed" && state !== "skipped")
    .map(({ subject }) => subject);
const counted = (slug: (typeof SLUGS)[number]) => trip.vendors.ledger(slug).entries.length;

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

test("customers and products are looked for where a vendor takes them, and told again only if they changed", async () => {
  const webhooks = [customerUpdated(someBuyer(), road.clock()), productUpdated(road.clock())];
  for (const { topic, payload } of webhooks) shopify.tellings.happen(topic, payload);
  await looks();
  const { latest } = await found(road, SANDBOX_SHOP);
  expect(latest.map(({ subject }) => subject.split(":")[0]).sort()).toEqual(["customer", "product"]);
  await looks();
  expect((await found(road, SANDBOX_SHOP)).latest).toHaveLength(2);
  // Of these Shopify's own webhooks came.
  for (const { topic, payload } of [customerUpdated(someBuyer(), road.clock()), productUpdated(road.clock())]) {
    shopify.tellings.happen(topic, payload);
    await trip.hear(topic, payload);
  }
  await trip.run();
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
