// A batch's bytes: what a vendor takes in one body is counted as it is sent, and no letter beyond ASCII is one byte.
import { afterEach, expect, test } from "vitest";
import type { Destination } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newOrder, type Order, orderCreated, someBuyer } from "../../sandbox/shop.ts";
import { destinationOf } from "../support/destination-of.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

let trip: TestRoad;
afterEach(() => trip.close());

/** ShopiPixel, whose bodies are watched. @returns the bytes of each. */
async function to(change: Partial<Destination> = {}): Promise<number[]> {
  const bytes: number[] = [];
  const all = destinations.flatMap((sheet) => (sheet.slug === "shopipixel" ? [{ ...sheet, ...change }] : []));
  trip = await openTestRoad({
    destinations: all,
    fetch: (url, init) => {
      bytes.push(Buffer.byteLength(String(init?.body)));
      return fetch(url, init);
    },
  });
  return bytes;
}
async function hear(order: Order): Promise<void> {
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, payload);
}
const taken = () => trip.vendors.ledger("shopipixel");

test("fifty orders with 300 lines each are more than ShopiPixel takes in one body: they go in two, and it takes both", async () => {
  const bytes = await to();
  for (let n = 0; n < 50; n += 1) {
    const order = newOrder({ clickId: null });
    const [line] = order.line_items;
    const lines = Array.from({ length: 300 }, (_, at) => ({ ...line, id: at + 1, product_id: 8_000_000_000 + at }));
    await hear({ ...order, line_items: lines as typeof order.line_items });
  }
  await trip.run();
  expect(taken().breaches).toEqual([]);
  expect(taken().counts).toEqual({ Purchase: 50 });
  expect(bytes).toHaveLength(2);
});

test("letters beyond ASCII count as the bytes that they are sent as", async () => {
  const limit = 2_000;
  const sheet = destinationOf("shopipixel");
  const channels = Object.keys(sheet?.channels ?? {}).map((channel) => [channel, { batch: 50, bytes: limit }]);
  const bytes = await to({ channels: Object.fromEntries(channels) });
  for (let n = 0; n < 20; n += 1) {
    const buyer = { ...someBuyer(), email: `${"ü".repeat(100)}${n}@example.com`, phone: null as unknown as string };
    await hear(newOrder({ clickId: null, buyer }));
  }
  await trip.run();
  expect(taken().counts).toEqual({ Purchase: 20 });
  expect(Math.max(...bytes)).toBeLessThanOrEqual(limit);
  // No more of them than the bytes ask for.
  const whole = bytes.reduce((sum, one) => sum + one, 0);
  expect(bytes.length).toBeLessThan(20);
  expect(bytes.length).toBeLessThanOrEqual(Math.ceil(whole / (limit * 0.6)));
});
