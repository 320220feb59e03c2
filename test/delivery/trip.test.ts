// Whole trips: a webhook comes in, the vendors are told, the ledger says what became of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  cartCreated,
  cartUpdated,
  grow,
  newBasket,
  newClickId,
  newOrder,
  orderCreated,
  orderPaid,
  orderUpdated,
  type Webhook,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold, REASON_OF } from "../support/told.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const hear = ({ topic, payload }: Webhook, webhookId?: string) => trip.hear(topic, payload, { webhookId });
const counted = (slug: Slug, kind: string) =>
  trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind && entry.counted > 0);
const noBreach = () => {
  for (const slug of ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const) {
    expect(trip.vendors.ledger(slug).breaches, slug).toEqual([]);
  }
};

test("an order is told once to each vendor that wants it, however often its webhooks come", async () => {
  const order = newOrder({ clickId: newClickId() });
  await hear(orderCreated(order), "one");
  await hear(orderCreated(order), "one");
  await hear(orderCreated(order), "two");
  await hear(orderPaid(order), "three");
  await trip.run();
  await hear(orderUpdated(order), "four");
  await trip.run();

  expect(counted("shopipixel", "Purchase")).toMatchObject([{ key: `purchase_${order.id}`, counted: 1, carried: 1 }]);
  expect(counted("prisjakt", "purchase")).toMatchObject([{ key: String(order.id), counted: 1, carried: 1 }]);
  expect(counted("tolinku", "purchase")).toMatchObject([{ key: String(order.id), counted: 1, carried: 1 }]);
  expect(counted("alana", "purchase-complete")).toMatchObject([{ counted: 1 }]);
  expect(counted("shopimind", "orders")).toMatchObject([{ key: String(order.id) }]);
  noBreach();
});

test("an order without a click id is skipped at Prisjakt, with the reason", async () => {
  await hear(orderCreated(newOrder({ clickId: null })));
  await trip.run();
  expect(await trip.states("prisjakt")).toMatchObject([
    { state: "skipped", reason: expect.stringContaining("click id") },
  ]);
});

test("a cart that grows twice and is redelivered is seen as exactly the pieces that were added", async () => {
  const basket = newBasket({ lines: 1 });
  const first = cartCreated(basket);
  grow(basket);
  const second = cartUpdated(basket, new Date(Date.now() + 1_000));
  grow(basket);
  const third = cartUpdated(basket, new Date(Date.now() + 2_000));
  for (const webhook of [first, second, third, second, first, third]) await hear(webhook);
  await trip.run();

  const pieces = counted("shopipixel", "AddToCart").map(({ facts }) => facts);
  expect(pieces).toHaveLength(3);
  expect((await trip.states("shopipixel")).map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
  noBreach();
});

test("after a signed app/uninstalled nothing more is sent, and the credentials are gone", async () => {
  await hear(orderCreated(newOrder()));
  await trip.hear("app/uninstalled", { domain: "sandbox-shop.myshopify.com" });
  await hear(orderCreated(newOrder()));
  await trip.run();
  expect(trip.vendors.ledger("shopipixel").requests).toBe(0);
  expect(await trip.road.db.query("SELECT DISTINCT state, secrets FROM connection")).toEqual([
    { state: "disconnected", secrets: null },
  ]);
});

test("what cannot be read is kept with its reason, and what stands behind it goes on", async () => {
  await trip.hear("orders/create", "no json {");
  await trip.hear("orders/create", "{}");
  await trip.hear("themes/publish", "{}");
  await trip.hear("customers/redact", { shop_domain: SANDBOX_SHOP });
  const order = newOrder();
  await hear(orderCreated(order));
  await trip.run();
  const states = await trip.road.db.query<{ state: string }>("SELECT state FROM webhook ORDER BY id");
  expect(states.map(({ state }) => state)).toEqual(["unreadable", "unreadable", "ignored", "waiting", "normalized"]);
  expect(counted("shopipixel", "Purchase")).toHaveLength(1);
});

test("U+0000, lone surrogates and ids above 2^53 arrive clean and exact", async () => {
  const order = { ...newOrder({ clickId: newClickId() }), id: "ID", name: "#\u0000\ud800x" };
  await trip.hear("orders/create", JSON.stringify(order).replace('"ID"', "9007199254740993"));
  await trip.run();
  expect(counted("shopipixel", "Purchase")).toMatchObject([{ key: "purchase_9007199254740993" }]);
  expect(counted("shopimind", "orders")).toMatchObject([{ key: "9007199254740993" }]);
  noBreach();
});

test("a vendor that is down gets everything once it is back, and holds up no other", async () => {
  trip.vendors.misbehave("shopipixel", "down");
  for (let n = 0; n < 5; n += 1) await hear(orderCreated(newOrder()));
  await trip.run();
  expect(counted("shopimind", "orders")).toHaveLength(5);
  expect(counted("shopipixel", "Purchase")).toHaveLength(0);
  trip.vendors.misbehave("shopipixel", null);
  await trip.runToTheEnd();
  expect(counted("shopipixel", "Purchase")).toHaveLength(5);
});

test("an answer that is lost after the work was done counts nothing twice", async () => {
  for (const slug of ["shopipixel", "prisjakt", "tolinku", "shopimind", "alana"] as const)
    trip.vendors.misbehave(slug, "lost", 1);
  await hear(orderCreated(newOrder({ clickId: newClickId() })));
  await trip.runToTheEnd();
  for (const slug of ["shopipixel", "prisjakt", "tolinku"] as const) {
    const kind = slug === "shopipixel" ? "Purchase" : "purchase";
    expect(counted(slug, kind), slug).toMatchObject([{ counted: 1, carried: 2 }]);
    expect(await trip.states(slug), slug).toMatchObject([{ state: "delivered", alreadyHad: false }]);
  }
  expect(await trip.states("alana")).toMatchObject([{ state: "unknown" }]);
  expect(counted("alana", "purchase-complete")).toMatchObject([{ counted: 1, carried: 1 }]);
});

test("a refused key pauses the connection with nothing lost", async () => {
  trip.vendors.misbehave("shopipixel", "401");
  await hear(orderCreated(newOrder()));
  await trip.run();
  const [paused] = asTold(
    await trip.road.db.query(
      `SELECT state, ${REASON_OF("connection")} FROM connection WHERE destination = 'shopipixel'`,
    ),
  );
  expect(paused).toMatchObject({ state: "paused", reason: expect.stringContaining("401") });
  await hear(orderCreated(newOrder()));
  await trip.run();
  expect((await trip.states("shopipixel")).map(({ state }) => state)).toEqual(["due", "due"]);
});

test("a purchase that the vendor had already is marked as such", async () => {
  const order = newOrder();
  await fetch(`${trip.vendors.url}/shopipixel/api/v1/events`, {
    method: "POST",
    headers: { authorization: "Bearer sp_sandbox", "content-type": "application/json" },
    body: JSON.stringify({
      eventName: "Purchase",
      eventId: `purchase_${order.id}`,
      eventTime: Math.floor(Date.now() / 1000),
    }),
  });
  await hear(orderCreated(order));
  await trip.run();
  expect(await trip.states("shopipixel")).toMatchObject([{ state: "delivered", alreadyHad: true }]);
});
