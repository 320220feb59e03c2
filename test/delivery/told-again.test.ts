// Told again: what the retention removed comes back by no webhook, however late Shopify sends it again.

import { afterEach, beforeEach, expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import {
  cartCreated,
  cartUpdated,
  checkoutCreated,
  customerCreated,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCancelled,
  orderCreated,
  orderPaid,
  orderUpdated,
  productUpdated,
  refundCreated,
  someBuyer,
  type Webhook,
} from "../../sandbox/shop.ts";
import { SLUGS } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { seen } from "../support/visits.ts";

const DAY = 24 * 3_600_000;

let trip: TestRoad;
let heard: { webhook: Webhook; webhookId: string; triggeredAt: Date }[];
beforeEach(async () => {
  [trip, heard] = [await openTestRoad(), []];
});
afterEach(() => trip.close());

/** A second after the one before. */
async function hear(webhook: Webhook): Promise<void> {
  const triggeredAt = new Date(trip.road.clock().getTime() + heard.length * 1_000);
  heard.push({ webhook, webhookId: `kept-${heard.length}`, triggeredAt });
  await trip.hear(webhook.topic, webhook.payload, heard.at(-1));
  await trip.run();
}
async function hearAllAgain(): Promise<void> {
  for (const { webhook, ...as } of heard) {
    await trip.hear(webhook.topic, webhook.payload, as);
    await trip.run();
  }
}
const tend = async () => {
  const round = await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  expect(round).toMatchObject({ failures: [] });
};
const query = <Row>(text: string) => trip.road.db.query<Row>(text);
const topics = async () =>
  (await query<{ topic: string }>("SELECT topic FROM webhook ORDER BY id")).map(({ topic }) => topic);
const told = () => SLUGS.map((slug) => [slug, trip.vendors.ledger(slug).requests]);
const statesOf = (subject: string) =>
  query<{ state: string; version: string }>(
    `SELECT state, version FROM delivery WHERE subject = '${subject}' AND version IS NOT NULL ORDER BY id`,
  );
const eventsOf = async (subject: string) => (await query(`SELECT 1 FROM event WHERE subject = '${subject}'`)).length;
const later = <Thing>(thing: Thing, seconds: number) =>
  ({ ...thing, updated_at: new Date(trip.road.clock().getTime() + seconds * 1_000).toISOString() }) as Thing;

test("webhooks are forgotten after 90 days, and one that is told again then changes nothing at any vendor", async () => {
  const [basket, buyer] = [newBasket({ clickId: newClickId() }), someBuyer()];
  const order = newOrder({ clickId: newClickId(), buyer });
  await hear(cartCreated(basket));
  // It changes nothing, so no event's key tells of it.
  await hear(cartUpdated(basket, new Date(Date.now() + 1_000)));
  await hear(checkoutCreated(basket, newCheckoutToken(), buyer));
  await hear(customerCreated(buyer));
  await hear(productUpdated());
  await hear(orderCreated(order));
  await hear(orderPaid(order));
  await hear(orderUpdated(later(order, 60)));
  await hear(refundCreated(order));
  await hear(orderCancelled(later(order, 120)));
  await hear({ topic: "customers/delete", payload: { id: buyer.id } });
  await hear({ topic: "products/delete", payload: { id: 1 } });
  await trip.hear(PIXEL_POST, { events: [seen("page_viewed")] });
  await trip.hear("themes/publish", "{}");
  await trip.hear("collections/update", "no json {");
  await trip.runToTheEnd();
  trip.forward(89 * DAY);
  await tend();
  expect(await topics()).toHaveLength(heard.length + 3);
  trip.forward(2 * DAY);
  await tend();
  expect(await topics()).toEqual(["carts/create", "carts/update", "collections/update"]);

  const before = told();
  await hearAllAgain();
  await trip.runToTheEnd();
  expect(told()).toEqual(before);
  expect(await query("SELECT shop FROM webhook_count WHERE count < 0")).toEqual([]);
});

test("of a state the newest stays for ever; an older one is removed after 90 days, and superseded if it is told again", async () => {
  const buyer = someBuyer();
  const order = newOrder({ clickId: null, buyer });
  const [thing, product] = [`order:${order.id}`, productUpdated()];
  const { id } = product.payload as { id: number };
  const customer = customerCreated(buyer);
  await hear(customer);
  await hear(orderUpdated(order));
  await hear(product);
  await hear(orderUpdated(later(order, 60)));
  await hear({ ...product, payload: { ...later(product.payload as object, 60), title: "another" } });
  await hear({ ...customer, payload: { ...later(customer.payload as object, 60), first_name: "Another" } });
  await trip.runToTheEnd();
  const subjects = [thing, `product:${id}`, `customer:${buyer.id}`];
  const newest = await Promise.all(subjects.map(async (subject) => (await statesOf(subject)).at(-1)));
  expect(newest.map((one) => one?.state)).toEqual(["delivered", "delivered", "delivered"]);
  for (const subject of subjects) expect((await statesOf(subject)).length).toBeGreaterThan(1);
  const happened = await eventsOf(thing);
  trip.forward(91 * DAY);
  await tend();
  for (const [at, subject] of subjects.entries()) expect(await statesOf(subject)).toEqual([newest[at]]);
  expect(await eventsOf(thing)).toBe(happened - 1);

  const before = told();
  await hearAllAgain();
  await trip.runToTheEnd();
  expect(told()).toEqual(before);
  expect((await statesOf(thing)).map(({ state }) => state)).toEqual(["delivered", "superseded"]);
  expect((await statesOf(`product:${id}`)).map(({ state }) => state)).toEqual(["delivered", "superseded"]);
  expect((await statesOf(`customer:${buyer.id}`)).map(({ state }) => state)).toEqual(["delivered"]);
});

test("a state stays where its connection was told of no newer one, or where a person has to look at it", async () => {
  const order = newOrder({ clickId: null });
  await hear(orderUpdated(order));
  await query(
    "UPDATE connection SET rules = rules || '{\"kindsOff\": [\"order.updated\"]}' WHERE destination = 'shopimind'",
  );
  await hear(orderUpdated(later(order, 60)));
  trip.forward(91 * DAY);
  await tend();
  const kept = await statesOf(`order:${order.id}`);
  expect(kept.map(({ state }) => state)).toEqual(["delivered"]);
  expect(await query("SELECT 1 FROM event WHERE kind = 'order.updated'")).toHaveLength(2);
  await query("UPDATE high_water SET version = 'Z|Z|'");
  await query("UPDATE delivery SET state = 'refused' WHERE version IS NOT NULL");
  await query("DELETE FROM upkeep_mark");
  await tend();
  expect(await statesOf(`order:${order.id}`)).toHaveLength(1);
  await query("UPDATE delivery SET state = 'skipped' WHERE version IS NOT NULL");
  await query("DELETE FROM upkeep_mark");
  await tend();
  expect(await statesOf(`order:${order.id}`)).toEqual([]);
});

test("of two states that Shopify dates alike neither takes the other's place when it is told again", async () => {
  const product = productUpdated();
  const states = ["one", "two", "three", "four"].map((title) => ({ ...(product.payload as { id: number }), title }));
  const triggeredAt = trip.road.clock();
  for (const [n, payload] of states.entries()) {
    heard.push({ webhook: { ...product, payload }, webhookId: `alike-${n}`, triggeredAt });
    await trip.hear(product.topic, payload, heard.at(-1));
    // The first two are sent; the third is superseded by the fourth.
    if (n !== 2) await trip.run();
  }
  await query(`UPDATE connection SET rules = rules || '{"kindsOff": ["product.saved"]}'`);
  await hear({ ...product, payload: later({ ...states[0] }, 60) });
  await query(`UPDATE connection SET rules = '{}'`);
  trip.forward(91 * DAY);
  await tend();
  const before = told();
  await hearAllAgain();
  await trip.runToTheEnd();
  expect(told()).toEqual(before);
});

test("a customer's end is told once", async () => {
  const merge = {
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
    status: "completed",
  };
  await hear({ topic: "customers/merge", payload: merge });
  await hear({ topic: "customers/delete", payload: { id: 2 } });
  const events = await query("SELECT id, key FROM event ORDER BY id");
  trip.forward(91 * DAY);
  await tend();
  await hearAllAgain();
  expect(await query("SELECT id, key FROM event ORDER BY id")).toEqual(events);
});
