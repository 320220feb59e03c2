// Lanes: one runner at a time whatever hangs, a clean end, and fair turns.
import { afterEach, expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newClickId, newOrder, type Order, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { WIDTH } from "../support/under-way.ts";

const SECOND = 1_000;
const never = new AbortController().signal;

let trip: TestRoad;
afterEach(async () => {
  await trip.close();
});

/** A road to one vendor alone. */
async function to(slug: Slug, change: Partial<Road> = {}): Promise<string> {
  trip = await openTestRoad({ destinations: destinations.filter((sheet) => sheet.slug === slug), ...change });
  const [lane] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  return lane?.id ?? "";
}
const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const booked = async () => {
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
};
const statesOf = async (slug: Slug) => (await trip.states(slug)).map(({ state }) => state);
const laneRow = async () =>
  (
    await trip.road.db.query<Record<string, unknown>>("SELECT owner, lease_until, epoch, failures, wake_at FROM lane")
  )[0];

/** Requests wait until they are let go. */
function gate() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held: typeof fetch = async (url, init) => {
    reached.resolve();
    await opened.promise;
    return fetch(url, init);
  };
  return { fetch: held, reached: reached.promise, open: () => opened.resolve() };
}
const runOut = () => trip.road.db.query("UPDATE lane SET lease_until = clock_timestamp() - interval '1 s'");
const placed = (at: Date): Order => newOrder({ clickId: null, at });

test("a lane has one runner: a second one finds the lease taken, sends nothing and looks again soon", async () => {
  const rung: { connectionId: string; delay?: number }[] = [];
  const bell = { shop: async () => {}, lanes: async (lanes: typeof rung) => void rung.push(...lanes) };
  const lane = await to("shopipixel", { bell });
  await hear(orderCreated(placed(new Date())));
  await booked();
  const { fetch: held, reached, open } = gate();
  const first = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  rung.length = 0;
  expect(await deliver(trip.road, lane, never)).toBeNull();
  expect(trip.vendors.ledger("shopipixel").requests).toBe(0);
  expect(rung).toMatchObject([{ connectionId: lane, delay: expect.any(Number) }]);
  open();
  await first;
  expect(await statesOf("shopipixel")).toEqual(["delivered"]);
  expect(trip.vendors.ledger("shopipixel").requests).toBe(1);
});

test("a runner that hangs longer than its lease writes nothing more: what its successor settled stays", async () => {
  const lane = await to("alana");
  await hear(orderCreated(placed(new Date())));
  await booked();
  const { fetch: held, reached, open } = gate();
  const hanging = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  await runOut();
  await deliver(trip.road, lane, never);
  expect(await statesOf("alana")).toEqual(["unknown"]);
  const before = await laneRow();
  open();
  expect(await hanging).toBeNull();
  expect(trip.vendors.ledger("alana").counts).toEqual({ "purchase-complete": 1 });
  expect(await statesOf("alana")).toEqual(["unknown"]);
  expect(await laneRow()).toEqual(before);
  expect(await trip.road.db.query("SELECT outcome FROM attempt")).toEqual([{ outcome: "doubt" }]);
});

test("a runner whose lease was taken over in the middle of its work starts no further request", async () => {
  const lane = await to("prisjakt");
  for (let n = 0; n < WIDTH + 4; n += 1) await hear(orderCreated(newOrder({ clickId: newClickId() })));
  await booked();
  const { fetch: held, reached, open } = gate();
  const first = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  trip.timer.forward(SECOND);
  await trip.road.db.query(
    "UPDATE lane SET owner = 'another', epoch = epoch + 1, lease_until = clock_timestamp() + interval '1 hour'",
  );
  open();
  await first;
  expect(trip.vendors.ledger("prisjakt").requests).toBe(WIDTH);
  expect(await statesOf("prisjakt")).toEqual(Array(WIDTH + 4).fill("due"));
  expect(await laneRow()).toMatchObject({ owner: "another" });
});

test("what a dead runner had sent is sent once more by the next where the vendor removes the duplicate", async () => {
  const lane = await to("prisjakt");
  const order = newOrder({ clickId: "11111111-1111-4111-8111-111111111111_0123456789abcdef" });
  await hear(orderCreated(order));
  await booked();
  const { fetch: held, reached, open } = gate();
  const hanging = deliver({ ...trip.road, fetch: held }, lane, never);
  await reached;
  await runOut();
  await deliver(trip.road, lane, never);
  open();
  await hanging;
  expect(trip.vendors.ledger("prisjakt").entries).toMatchObject([{ key: String(order.id), counted: 1, carried: 2 }]);
  expect(await trip.states("prisjakt")).toMatchObject([{ state: "delivered", alreadyHad: false }]);
});

test("a runner that is asked to end finishes the requests in hand and hands back the rest", async () => {
  const lane = await to("prisjakt");
  for (let n = 0; n < WIDTH + 2; n += 1) await hear(orderCreated(newOrder({ clickId: newClickId() })));
  await booked();
  const { fetch: held, reached, open } = gate();
  const ending = new AbortController();
  const run = deliver({ ...trip.road, fetch: held }, lane, ending.signal);
  await reached;
  ending.abort();
  open();
  await run;
  expect((await statesOf("prisjakt")).toSorted()).toEqual([...Array(WIDTH).fill("delivered"), "due", "due"]);
  expect(await laneRow()).toMatchObject({ owner: null, lease_until: null });
  await trip.run();
  expect(trip.vendors.ledger("prisjakt").counts).toEqual({ purchase: WIDTH + 2 });
});

test("a run is bounded in time: a lane with more to do goes to the back of its queue", async () => {
  const rung: { connectionId: string; delay?: number }[] = [];
  const bell = { shop: async () => {}, lanes: async (lanes: typeof rung) => void rung.push(...lanes) };
  const lane = await to("shopipixel", { bell });
  // More than one claim takes.
  for (let n = 0; n < 230; n += 1) await hear(orderCreated(placed(new Date())));
  await booked();
  rung.length = 0;
  const late: typeof fetch = async (url, init) => {
    trip.timer.forward(11 * SECOND);
    return fetch(url, init);
  };
  expect(await deliver({ ...trip.road, fetch: late }, lane, never)).toEqual(expect.any(Date));
  expect((await statesOf("shopipixel")).filter((state) => state === "due").length).toBeGreaterThan(0);
  expect(rung).toEqual([{ connectionId: lane, destination: "shopipixel", delay: 0 }]);
  await trip.run();
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 230 });
});
