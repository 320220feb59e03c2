// Windows: a lost answer is settled as each vendor allows, before and after its window.
import { afterEach, describe, expect, test } from "vitest";
import type { Road } from "../app/delivery/road.ts";
import { destinations } from "../app/destinations/index.ts";
import {
  cartCreated,
  checkoutCreated,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCreated,
  someBuyer,
  type Webhook,
} from "../sandbox/shop.ts";
import { SLUGS, type Slug } from "../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "./support/road.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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
describe("an answer that was lost after the vendor did the work", () => {
  const lose = async (slug: Slug, wait: number) => {
    await to([slug]);
    const { road } = trip;
    const bought = order();
    await hear(orderCreated(bought));
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
    expect(await purchaseOf(slug)).toMatchObject([{ state: "delivered", alreadyHad: false }]);
    expect(purchases(slug)).toMatchObject([{ counted: 1, carried: 2 }]);
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
    expect(await purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test.each<[Slug, number]>([
    ["shopipixel", 25 * HOUR],
    ["prisjakt", 73 * HOUR],
    ["tolinku", 73 * HOUR],
  ])("is unknown at %s once it is owed no longer, with the reason, and never sent again", async (slug, wait) => {
    await lose(slug, wait);
    await trip.runToTheEnd();
    expect(await purchaseOf(slug)).toMatchObject([
      { state: "unknown", reason: expect.stringContaining("may have arrived") },
    ]);
    expect(purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
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
    await hear(orderCreated(order()));
    await trip.runToTheEnd();
    expect(await purchaseOf("alana")).toMatchObject([
      { state: "unknown", reason: expect.stringContaining("cannot tell") },
    ]);
    expect(purchases("alana")).toMatchObject([{ counted: 1, carried: 1 }]);
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
    await hear(cartCreated(basket));
    await hear(checkoutCreated(basket, newCheckoutToken(), buyer));
    await hear(orderCreated(newOrder({ buyer, basket })));
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
    await hear(orderCreated(order()));
    trip.vendors.misbehave(slug, "500", 1);
    await trip.run();
    trip.forward(wait);
    await trip.runToTheEnd();
    expect(await purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test.each(
    SLUGS.filter((slug) => slug !== "alana"),
  )("and a 200 with a web page of somebody in between is no yes: %s has it once in the end", async (slug) => {
    await to([slug]);
    trip.vendors.misbehave(slug, "nonsense", 3);
    await hear(orderCreated(order()));
    await trip.runToTheEnd();
    expect(await purchaseOf(slug)).toMatchObject([{ state: "delivered", alreadyHad: false }]);
    expect(purchases(slug)).toMatchObject([{ counted: 1, carried: 1 }]);
  });

  test("is not given up while the vendor cannot be asked either", async () => {
    await lose("shopipixel", 30 * MINUTE);
    trip.vendors.misbehave("shopipixel", "500", 4);
    await trip.runToTheEnd();
    expect(await purchaseOf("shopipixel")).toMatchObject([{ state: "delivered" }]);
    expect(purchases("shopipixel")).toMatchObject([{ counted: 1, carried: 1 }]);
  });
});
