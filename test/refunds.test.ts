// Refunds without their purchase, and pauses: what waits, how long, and what becomes of it.
import { afterEach, describe, expect, test } from "vitest";
import type { Road } from "../app/delivery/road.ts";
import { switchConnection } from "../app/delivery/switch-connection.ts";
import { destinations } from "../app/destinations/index.ts";
import {
  cartCreated,
  newBasket,
  newClickId,
  newOrder,
  orderCreated,
  refundCreated,
  type Webhook,
} from "../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../sandbox/sign.ts";
import type { Slug } from "../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "./support/road.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let trip: TestRoad;
afterEach(() => trip.close());

async function to(slugs: readonly Slug[], change: Partial<Road> = {}): Promise<void> {
  trip = await openTestRoad({
    destinations: destinations.filter(({ slug }) => slugs.includes(slug as Slug)),
    ...change,
  });
}
const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const order = (at = trip.road.clock()) => newOrder({ clickId: newClickId(), at });
const purchases = (slug: Slug) =>
  trip.vendors
    .ledger(slug)
    .entries.filter(({ kind }) => ["purchase", "Purchase", "orders", "purchase-complete"].includes(kind));
const isPurchase = ({ kind }: { kind: string }) => kind === "order.placed" || kind === "order.updated";
const purchaseOf = async (slug: Slug) => (await trip.states(slug)).filter(isPurchase);
describe("a refund", () => {
  const refund = async () => (await trip.states("tolinku")).filter(({ kind }) => kind === "order.refunded");

  test("that comes before its purchase waits for it, and goes after it", async () => {
    await to(["tolinku"]);
    const bought = order();
    await hear(refundCreated(bought, new Date(trip.road.clock().getTime() + SECOND)));
    await trip.run();
    expect(await refund()).toMatchObject([{ state: "due", reason: "waits for its purchase" }]);
    trip.forward(50 * MINUTE);
    await trip.run();
    await hear(orderCreated(bought));
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("tolinku").entries.map(({ kind }) => kind)).toEqual(["purchase", "refund"]);
  });

  test("whose purchase does not come within an hour is skipped, with the reason", async () => {
    await to(["tolinku"]);
    await hear(refundCreated(order()));
    const began = trip.road.clock().getTime();
    await trip.runToTheEnd();
    expect(trip.road.clock().getTime() - began).toBeGreaterThanOrEqual(HOUR - MINUTE);
    expect(await refund()).toMatchObject([{ state: "skipped", reason: expect.stringContaining("not counted here") }]);
    expect(trip.vendors.ledger("tolinku").requests).toBe(0);
  });

  test("whose purchase was skipped is skipped as well", async () => {
    await to(["tolinku"]);
    const bought = { ...order(), source_name: "pos" };
    await hear(orderCreated(bought));
    await hear(refundCreated(bought));
    await trip.runToTheEnd();
    expect((await trip.states("tolinku")).map(({ state }) => state)).toEqual(["skipped", "skipped"]);
    expect(trip.vendors.ledger("tolinku").requests).toBe(0);
  });

  test("whose purchase is unknown is sent: the purchase may well be there", async () => {
    await to(["tolinku"]);
    const bought = order();
    await hear(orderCreated(bought));
    await trip.run();
    await trip.road.db.query("UPDATE delivery SET state = 'unknown'");
    await hear(refundCreated(bought));
    await trip.runToTheEnd();
    expect(await refund()).toMatchObject([{ state: "delivered" }]);
  });
});

describe("a pause", () => {
  const plan: typeof fetch = async () =>
    Response.json(
      { error: "Ecommerce events are not available on the free tier", code: "FEATURE_GATED" },
      { status: 403 },
    );
  const turnOn = async () => {
    const [connection] = await trip.road.db.query<{ id: string }>("SELECT id FROM connection");
    await switchConnection(trip.road, SANDBOX_SHOP, connection?.id ?? "", "on");
  };

  test("of a channel keeps what is owed, asks nothing more, and resumes when it is switched on again", async () => {
    await to(["tolinku"], { fetch: plan });
    await hear(orderCreated(order()));
    await trip.run();
    const [lane] = await trip.road.db.query("SELECT paused_channels FROM lane");
    expect(lane).toMatchObject({ paused_channels: { commerce: expect.stringContaining("paid plan") } });
    trip.road.fetch = fetch;
    await hear(orderCreated(order()));
    await hear(cartCreated(newBasket({ lines: 1 })));
    await trip.run();
    // The other channel goes on.
    expect(trip.vendors.ledger("tolinku").counts).toEqual({ add_to_cart: 1 });
    trip.forward(10 * HOUR);
    await turnOn();
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("tolinku").counts).toEqual({ add_to_cart: 1, purchase: 2 });
  });

  test("counts down: what is owed expires at its deadline, with the vendor's words", async () => {
    await to(["tolinku"], { fetch: plan });
    await hear(orderCreated(order()));
    await trip.runToTheEnd();
    expect(await purchaseOf("tolinku")).toMatchObject([
      { state: "expired", reason: expect.stringContaining("paid plan") },
    ]);
  });

  test("of a connection holds back all of it until its deadline", async () => {
    await to(["shopipixel"]);
    trip.vendors.misbehave("shopipixel", "401");
    await hear(orderCreated(order()));
    await trip.run();
    trip.vendors.misbehave("shopipixel", null);
    trip.forward(20 * HOUR);
    const later = order();
    await hear(orderCreated(later));
    await trip.run();
    trip.forward(5 * HOUR);
    await trip.run();
    await turnOn();
    await trip.runToTheEnd();
    expect((await trip.states("shopipixel")).map(({ state }) => state)).toEqual(["expired", "delivered"]);
    expect(purchases("shopipixel")).toMatchObject([{ key: `purchase_${later.id}`, counted: 1 }]);
  });
});
