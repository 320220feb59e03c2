// Order within a subject, the newest state alone, back-off as the vendor asks, and poison that ends up alone.
import { afterEach, expect, test } from "vitest";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newOrder, type Order, orderCreated, orderUpdated, refundCreated, type Webhook } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const SECOND = 1_000;
const MINUTE = 60_000;

let trip: TestRoad;
afterEach(() => trip.close());

/** A road to one vendor alone. */
async function to(slug: Slug, change: Partial<Road> = {}): Promise<void> {
  trip = await openTestRoad({ destinations: destinations.filter((sheet) => sheet.slug === slug), ...change });
}
const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);

const placed = (at: Date): Order => newOrder({ clickId: null, at });

test("deliveries about one order go in order: a refund waits while its purchase is not through", async () => {
  const told: string[] = [];
  let ill = true;
  const watched: typeof fetch = async (url, init) => {
    const { events } = JSON.parse(String(init?.body)) as { events: { event_type: string }[] };
    const purchase = events.some(({ event_type }) => event_type === "purchase");
    if (ill && purchase) return Response.json({ error: "Internal error" }, { status: 503 });
    told.push(...events.map(({ event_type }) => event_type));
    return fetch(url, init);
  };
  await to("tolinku", { fetch: watched });
  const order = placed(new Date());
  await hear(orderCreated(order));
  await hear(refundCreated(order, new Date(Date.now() + SECOND)));
  await trip.run();
  trip.forward(10 * SECOND);
  await trip.run();
  expect(told).toEqual([]);
  ill = false;
  await trip.runToTheEnd();
  expect(told).toEqual(["purchase", "refund"]);
});

test("of a state that waits only the newest is sent; the older ones are superseded", async () => {
  await to("shopimind");
  trip.vendors.misbehave("shopimind", "down");
  const order = placed(new Date(Date.now() - 10 * SECOND));
  for (const seconds of [8, 6, 4]) {
    const updated_at = new Date(Date.now() - seconds * SECOND).toISOString();
    await hear(orderUpdated({ ...order, updated_at, note: `${seconds}` } as unknown as Order));
    await trip.run();
  }
  trip.vendors.misbehave("shopimind", null);
  await trip.runToTheEnd();
  const orders = (await trip.states("shopimind")).filter(({ kind }) => kind === "order.updated");
  expect(orders.map(({ state }) => state)).toEqual(["superseded", "superseded", "delivered"]);
  const sent = trip.vendors.ledger("shopimind").entries.filter(({ kind }) => kind === "orders");
  expect(sent).toMatchObject([{ key: String(order.id), carried: 1 }]);
});

test("an older update that comes after a newer one changes nothing", async () => {
  await to("shopimind");
  const order = placed(new Date(Date.now() - 10 * SECOND));
  const at = (seconds: number, status: string) =>
    orderUpdated({
      ...order,
      financial_status: status,
      updated_at: new Date(Date.now() - seconds * SECOND).toISOString(),
    });
  await hear(at(2, "paid"));
  await trip.run();
  await hear(at(5, "pending"));
  await trip.runToTheEnd();
  const orders = (await trip.states("shopimind")).filter(({ kind }) => kind === "order.updated");
  expect(orders.map(({ state }) => state)).toEqual(["delivered", "superseded"]);
  const sent = trip.vendors.ledger("shopimind").entries.filter(({ kind }) => kind === "orders");
  expect(sent).toMatchObject([{ carried: 1 }]);
});

test.each([
  ["seconds", () => "120"],
  ["a date", () => new Date(Date.now() + 120 * SECOND).toUTCString()],
])("Retry-After in %s is honoured: the lane is silent until then", async (_form, said) => {
  let requests = 0;
  const busy: typeof fetch = async (url, init) => {
    requests += 1;
    if (requests > 1) return fetch(url, init);
    return Response.json({ error: "Rate limit exceeded" }, { status: 429, headers: { "retry-after": said() } });
  };
  await to("shopipixel", { fetch: busy });
  await hear(orderCreated(placed(new Date())));
  await trip.run();
  trip.forward(100 * SECOND);
  await hear(orderCreated(placed(trip.road.clock())));
  await trip.run();
  expect(requests).toBe(1);
  trip.forward(5 * MINUTE);
  await trip.runToTheEnd();
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 2 });
});

test("a vendor whose good answer says that its limit is used up is left alone until it counts anew", async () => {
  let requests = 0;
  const nearly: typeof fetch = async (url, init) => {
    requests += 1;
    const answer = await fetch(url, init);
    const headers = { "ratelimit-remaining": requests === 1 ? "0" : "99", "ratelimit-reset": "60" };
    return new Response(await answer.text(), { status: answer.status, headers });
  };
  await to("shopipixel", { fetch: nearly });
  if (trip.road.sandbox) trip.road.sandbox.budgets = true;
  await hear(orderCreated(placed(new Date())));
  await trip.run();
  for (const wait of [1, 50]) {
    trip.forward(wait * SECOND);
    await hear(orderCreated(placed(trip.road.clock())));
    await trip.run();
  }
  expect(requests).toBe(1);
  trip.forward(10 * SECOND);
  await trip.run();
  expect(requests).toBe(2);
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 3 });
});

test("a message that always makes the vendor answer 500 ends up alone, and the others go through", async () => {
  await to("shopipixel");
  const orders = Array.from({ length: 40 }, () => placed(new Date()));
  const poison = String(orders[7]?.id);
  trip.road.fetch = async (url, init) =>
    init?.method === "POST" && String(init.body).includes(poison)
      ? Response.json({ error: "Internal server error" }, { status: 500 })
      : fetch(url, init);
  for (const order of orders) await hear(orderCreated(order));
  const began = trip.road.clock().getTime();
  for (let turn = 0; turn < 200 && trip.vendors.ledger("shopipixel").entries.length < 39; turn += 1) {
    await trip.run();
    trip.forward(5 * SECOND);
  }
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 39 });
  expect(trip.road.clock().getTime() - began).toBeLessThan(15 * MINUTE);
  await trip.runToTheEnd(1_000);
  const left = (await trip.states("shopipixel")).filter(({ state }) => state !== "delivered");
  expect(left).toMatchObject([{ subject: `order:${poison}` }]);
  expect(["expired", "unknown"]).toContain(left[0]?.state);
});
