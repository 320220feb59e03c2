// What a product lost goes at ShopiMind too, on the whole way from the webhook.
import { afterEach, beforeEach, expect, test } from "vitest";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { product } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const PARTS = {
  variants: [601, 602].map((id) => ({ id, title: "Blue", price: "12.50", position: id - 600 })),
  images: [901, 902].map((id) => ({ id, src: `https://cdn.example.com/${id}.jpg`, position: id - 900 })),
};
async function hear(minute: number, places: number[], title: string): Promise<void> {
  const [variants, images] = [PARTS.variants, PARTS.images].map((all) => places.map((place) => all[place]));
  await trip.hear(
    "products/update",
    product({ title, variants, images, updated_at: `2026-11-21T18:0${minute}:00+01:00` }),
  );
}
const kept = () =>
  trip.vendors
    .ledger("shopimind")
    .entries.flatMap(({ kind, key, counted }) => (/^(variations|images)$/.test(kind) && counted > 0 ? [key] : []))
    .sort();

test("what an update took out goes, though a newer update was sent in its place; taken out again it does no harm", async () => {
  await hear(0, [0, 1], "Cup");
  await trip.runToTheEnd();
  expect(kept()).toEqual(["601", "602", "901", "902"]);
  await hear(1, [0], "Cup");
  await hear(3, [0], "Mug");
  await hear(2, [0, 1], "Late");
  await trip.runToTheEnd();
  expect(kept()).toEqual(["601", "901"]);
  await hear(4, [0], "Big mug");
  await trip.runToTheEnd();
  const states = await trip.states("shopimind");
  expect(states.map(({ state }) => state)).toEqual(["delivered", "superseded", "delivered", "superseded", "delivered"]);
  expect(states.some(({ alreadyHad }) => alreadyHad)).toBe(false);
  expect(trip.vendors.ledger("shopimind").breaches).toEqual([]);
});

test("an order that was taken out of the books goes there for good; a purchase that was told stays told", async () => {
  const order = newOrder({ clickId: null });
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, payload);
  await trip.runToTheEnd();
  const there = () => trip.vendors.ledger("shopimind").counts.orders;
  expect(there()).toBe(1);
  const sold = trip.vendors.ledger("tolinku").counts.purchase;
  await trip.hear("orders/delete", { id: order.id });
  await trip.runToTheEnd();
  expect(there()).toBe(0);
  await trip.hear("orders/updated", { ...order, note: "late", updated_at: new Date(Date.now() + 1_000).toISOString() });
  await trip.runToTheEnd();
  expect([there(), trip.vendors.ledger("tolinku").counts.purchase]).toEqual([0, sold]);
});
