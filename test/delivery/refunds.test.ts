// Refunds without their purchase, and pauses: what waits, how long, and what becomes of it.
import { afterEach, describe, expect, test } from "vitest";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import type { Road } from "../../app/delivery/road.ts";
import { cartCreated, newBasket, orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { asTold } from "../support/told.ts";
import { HOUR, MINUTE, openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const to = async (slugs: readonly Slug[], change: Partial<Road> = {}) => {
  trip = await openTrade(slugs, change);
};

describe("a refund", () => {
  const refund = async () => (await trip.states("tolinku")).filter(({ kind }) => kind === "order.refunded");

  test("that comes before its purchase waits for it, and goes after it", async () => {
    await to(["tolinku"]);
    const bought = trip.order();
    await trip.take(refundCreated(bought, new Date(trip.road.clock().getTime() + SECOND)));
    await trip.run();
    expect(await refund()).toMatchObject([{ state: "due", reason: "waits for its purchase" }]);
    trip.forward(50 * MINUTE);
    await trip.run();
    await trip.take(orderCreated(bought));
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("tolinku").entries.map(({ kind }) => kind)).toEqual(["purchase", "refund"]);
  });

  test("is told by its own webhook of the same buyer as its purchase", async () => {
    await to(["tolinku"]);
    const guest = { ...trip.order(), customer: null } as unknown as ReturnType<typeof trip.order>;
    for (const bought of [trip.order(), guest]) {
      await trip.take(orderCreated(bought));
      await trip.take(refundCreated(bought));
    }
    await trip.runToTheEnd();
    const told = trip.vendors.ledger("tolinku").entries.map(({ kind, facts }) => ({ kind, who: facts.user_id }));
    const who = (kind: string) => told.filter((one) => one.kind === kind).map((one) => one.who);
    expect(who("purchase")).toEqual([expect.any(String), expect.any(String)]);
    expect(who("refund")).toEqual(who("purchase"));
  });

  test("whose purchase does not come within an hour is skipped, with the reason", async () => {
    await to(["tolinku"]);
    await trip.take(refundCreated(trip.order()));
    const began = trip.road.clock().getTime();
    await trip.runToTheEnd();
    expect(trip.road.clock().getTime() - began).toBeGreaterThanOrEqual(HOUR - MINUTE);
    expect(await refund()).toMatchObject([{ state: "skipped", reason: expect.stringContaining("not counted here") }]);
    expect(trip.vendors.ledger("tolinku").requests).toBe(0);
  });

  test("whose purchase was skipped is skipped as well", async () => {
    await to(["tolinku"]);
    const bought = { ...trip.order(), source_name: "pos" };
    await trip.take(orderCreated(bought));
    await trip.take(refundCreated(bought));
    await trip.runToTheEnd();
    expect((await trip.states("tolinku")).map(({ state }) => state)).toEqual(["skipped", "skipped"]);
    expect(trip.vendors.ledger("tolinku").requests).toBe(0);
  });

  test("whose purchase is unknown is sent: the purchase may well be there", async () => {
    await to(["tolinku"]);
    const bought = trip.order();
    await trip.take(orderCreated(bought));
    await trip.run();
    await trip.road.db.query("UPDATE delivery SET state = 'unknown'");
    await trip.take(refundCreated(bought));
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
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    const [lane] = asTold(await trip.road.db.query<{ paused_channels: object }>("SELECT paused_channels FROM lane"));
    expect(lane).toMatchObject({ paused_channels: { commerce: expect.stringContaining("paid plan") } });
    trip.road.fetch = fetch;
    await trip.take(orderCreated(trip.order()));
    await trip.take(cartCreated(newBasket({ lines: 1 })));
    await trip.run();
    // The other channel goes on.
    expect(trip.vendors.ledger("tolinku").counts).toEqual({ add_to_cart: 1 });
    trip.forward(10 * HOUR);
    await turnOn();
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("tolinku").counts).toEqual({ add_to_cart: 1, purchase: 2 });
  });

  test("of a channel that failed before holds back no other", async () => {
    await to(["tolinku"], { fetch: async () => Response.json({ error: "Oops" }, { status: 503 }) });
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    trip.road.fetch = plan;
    trip.forward(10 * MINUTE);
    await trip.run();
    trip.road.fetch = fetch;
    await trip.take(cartCreated(newBasket({ lines: 1 })));
    await trip.run();
    expect(trip.vendors.ledger("tolinku").counts).toEqual({ add_to_cart: 1 });
  });

  test("counts down: what is owed expires at its deadline, with the vendor's words", async () => {
    await to(["tolinku"], { fetch: plan });
    await trip.take(orderCreated(trip.order()));
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("tolinku")).toMatchObject([
      { state: "expired", reason: expect.stringContaining("paid plan") },
    ]);
  });

  test("of a connection holds back all of it until its deadline", async () => {
    await to(["shopipixel"]);
    trip.vendors.misbehave("shopipixel", "401");
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    trip.vendors.misbehave("shopipixel", null);
    trip.forward(20 * HOUR);
    const later = trip.order();
    await trip.take(orderCreated(later));
    await trip.run();
    trip.forward(5 * HOUR);
    await trip.run();
    await turnOn();
    await trip.runToTheEnd();
    expect((await trip.states("shopipixel")).map(({ state }) => state)).toEqual(["expired", "delivered"]);
    expect(trip.purchases("shopipixel")).toMatchObject([{ key: `purchase_${later.id}`, counted: 1 }]);
  });
});
