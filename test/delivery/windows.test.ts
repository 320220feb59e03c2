// Windows: a lost answer is settled as each vendor allows, before and after its window.
import { afterEach, describe, expect, test } from "vitest";
import type { Road } from "../../app/delivery/road.ts";
import {
  cartCreated,
  checkoutCreated,
  newBasket,
  newCheckoutToken,
  newOrder,
  orderCreated,
  someBuyer,
} from "../../sandbox/shop.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import { DAY, HOUR, MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const to = async (slugs: readonly Slug[], change: Partial<Road> = {}) => {
  trip = await openTrade(slugs, change);
};

describe("an answer that was lost after the vendor did the work", () => {
  const lose = async (slug: Slug, wait: number) => {
    await to([slug]);
    const { road } = trip;
    const bought = trip.order();
    await trip.take(orderCreated(bought));
    if (slug === "shopimind") {
      // What must be declared first is not what is lost here.
      road.fetch = async (url, init) => {
        const answer = await fetch(url, init);
        if (!String(url).endsWith("/orders")) return answer;
        road.fetch = fetch;
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
      };
    } else trip.vendors.misbehave(slug, "lost", 1);
    await trip.run();
    trip.forward(wait);
    return bought;
  };

  test.each<[Slug, number]>([
    ["shopipixel", 18 * MINUTE],
    ["prisjakt", 71 * HOUR],
    ["tolinku", 22 * HOUR],
    ["shopimind", 71 * HOUR],
  ])("is sent again to %s while its window is open, and counts once", async (slug, wait) => {
    await lose(slug, wait);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered", alreadyHad: false }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1, carried: 2 }]);
  });

  test.each<[Slug, number]>([
    ["shopipixel", 21 * MINUTE],
    ["shopipixel", 23 * HOUR],
    ["tolinku", 25 * HOUR],
    ["tolinku", 71 * HOUR],
    ["prisjakt", 31 * DAY],
  ])("is looked up at %s once its window is closed, and not sent again", async (slug, wait) => {
    await lose(slug, wait);
    // Prisjakt's window is longer than anything is owed: here it is owed for longer.
    if (wait > 3 * DAY) await trip.road.db.query("UPDATE delivery SET deadline_at = deadline_at + interval '60 days'");
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test.each([
    "lost",
    "truncated",
    "hang",
  ] as const)("is unknown at alana at once (%s): it knows no repetition and cannot be asked", async (mode) => {
    await to(["alana"]);
    if (mode === "hang")
      trip.road.fetch = async (url, init) => {
        await fetch(url, init);
        throw new DOMException("timed out", "TimeoutError");
      };
    else trip.vendors.misbehave("alana", mode, 1);
    await trip.take(orderCreated(trip.order()));
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("alana")).toMatchObject([
      { state: "unknown", reason: expect.stringContaining("cannot tell") },
    ]);
    expect(trip.purchases("alana")).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test("is unknown for a trigger of ShopiMind and for behaviour at Tolinku, and sent once", async () => {
    await to(["shopimind", "tolinku"]);
    trip.road.fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (!/trigger|ecommerce\/batch/.test(String(url))) return answer;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
    };
    const basket = newBasket({ lines: 1 });
    const buyer = someBuyer();
    await trip.take(cartCreated(basket));
    await trip.take(checkoutCreated(basket, newCheckoutToken(), buyer));
    await trip.take(orderCreated(newOrder({ buyer, basket })));
    await trip.runToTheEnd();
    const states = async (slug: Slug, kind: string) =>
      (await trip.states(slug)).filter((one) => one.kind === kind).map(({ state }) => state);
    expect(await states("shopimind", "checkout.contact_given")).toEqual(["unknown"]);
    expect(await states("tolinku", "cart.created")).toEqual(["unknown"]);
    expect(await states("tolinku", "checkout.started")).toEqual(["unknown"]);
    expect(trip.vendors.ledger("tolinku").counts).toMatchObject({ add_to_cart: 1, begin_checkout: 1 });
  });

  test.each<[Slug, number]>([
    ["shopipixel", 2 * HOUR],
    ["tolinku", 30 * HOUR],
  ])("what %s did not do after all is found missing once the window is closed, and sent", async (slug, wait) => {
    await to([slug]);
    await trip.take(orderCreated(trip.order()));
    trip.vendors.misbehave(slug, "500", 1);
    await trip.run();
    trip.forward(wait);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test.each(
    SLUGS.filter((slug) => slug !== "alana"),
  )("and a 200 with a web page of somebody in between is no yes: %s has it once in the end", async (slug) => {
    await to([slug]);
    trip.vendors.misbehave(slug, "nonsense", 3);
    await trip.take(orderCreated(trip.order()));
    await trip.runToTheEnd();
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered", alreadyHad: false }]);
    expect(trip.purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test("is not given up while the vendor cannot be asked either", async () => {
    await lose("shopipixel", 30 * MINUTE);
    trip.vendors.misbehave("shopipixel", "500", 4);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("shopipixel")).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases("shopipixel")).toMatchObject([{ counted: 1, carried: 1 }]);
  });
});
