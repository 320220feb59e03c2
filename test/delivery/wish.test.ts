// What is unknown and a person wants sent again: who can be asked is asked first, and the wish is fulfilled once.
import { afterEach, describe, expect, test } from "vitest";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { endDoubt, loseAnswer, openDoubt } from "../support/doubt.ts";
import { DAY, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const sendAgain = async () => {
  const groups = await attention(trip.road, SANDBOX_SHOP);
  let sum = 0;
  for (const { connectionId, state, reason } of groups)
    sum += await replay(trip.road, SANDBOX_SHOP, { connectionId, state, reason });
  return sum;
};

describe("what is unknown and sent again by a person's wish", () => {
  const unknown = async (slug: Slug, happened = true) => {
    trip = await openDoubt(slug, 24 * 7, happened);
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "unknown" }]);
  };
  const carried = (slug: Slug) => trip.purchases(slug).map((one) => one.carried);

  test.each<Slug>([
    "prisjakt",
    "tolinku",
    "shopimind",
  ])("is looked up at %s first, and not sent where it is there", async (slug) => {
    await unknown(slug);
    const before = carried(slug);
    expect(await sendAgain()).toBe(1);
    await endDoubt(trip, slug);
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered", alreadyHad: false }]);
    expect(carried(slug)).toEqual(before);
  });

  test.each<Slug>(["prisjakt", "tolinku", "shopimind"])("is sent to %s where it is not there", async (slug) => {
    await unknown(slug, false);
    expect(await sendAgain()).toBe(1);
    await endDoubt(trip, slug);
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test.each([
    [true, "delivered"],
    [false, "expired"],
  ])("is only asked about at ShopiPixel once its day is over (there: %s): %s", async (happened, state) => {
    await unknown("shopipixel", happened);
    const before = carried("shopipixel");
    expect(await sendAgain()).toBe(1);
    await endDoubt(trip, "shopipixel");
    expect(await trip.purchaseOf("shopipixel")).toMatchObject([{ state }]);
    expect(carried("shopipixel")).toEqual(before);
  });

  const unknownAtAlana = async () => {
    trip = await openTrade(["alana"]);
    loseAnswer(trip, "alana");
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "unknown" }]);
  };

  test("is sent to alana, which cannot be asked, once; lost again it is unknown again", async () => {
    await unknownAtAlana();
    expect(await sendAgain()).toBe(1);
    loseAnswer(trip, "alana");
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "unknown" }]);
    expect(carried("alana")).toEqual([2]);
    expect(await sendAgain()).toBe(1);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "delivered" }]);
    expect(carried("alana")).toEqual([3]);
  });

  test("is tried again at alana while nothing was sent, since the wish is not fulfilled yet", async () => {
    await unknownAtAlana();
    await sendAgain();
    trip.vendors.misbehave("alana", "429", 2);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "delivered" }]);
    expect(carried("alana")).toEqual([2]);
  });

  test("is unknown again where the worker died with the request in hand", async () => {
    await unknownAtAlana();
    await sendAgain();
    const { road } = trip;
    await road.db.query(
      `INSERT INTO attempt (shop, destination, connection_id, epoch, channel, deliveries, messages, started_at)
       SELECT shop, destination, connection_id, 0, 'purchase', ARRAY[id], 1, $1 FROM delivery WHERE kind = 'order.placed'`,
      [road.clock()],
    );
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "unknown" }]);
    expect(carried("alana")).toEqual([1]);
  });

  test("stays as it is at alana once its day is over", async () => {
    await unknownAtAlana();
    trip.forward(DAY);
    expect(await sendAgain()).toBe(0);
    expect(await trip.purchaseOf("alana")).toMatchObject([{ state: "unknown" }]);
  });
});
