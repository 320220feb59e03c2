// Windows: a lost answer is settled as each vendor allows, before and after its window; deadlines; refunds; pauses; batches refused whole.
import { afterEach, describe, expect, test } from "vitest";
import type { Road } from "../app/delivery/road.ts";
import { switchConnection } from "../app/delivery/switch-connection.ts";
import { destinations } from "../app/destinations/index.ts";
import {
  cartCreated,
  checkoutCreated,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCreated,
  refundCreated,
  someBuyer,
  type Webhook,
} from "../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../sandbox/sign.ts";
import { SLUGS, type Slug } from "../sandbox/vendors.ts";
import { freePort } from "../scripts/port.mjs";
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
/** Nobody listens there. */
const nowhere = async () => `http://127.0.0.1:${await freePort()}`;
async function away(slug: Slug, yes: boolean): Promise<void> {
  const dead = yes ? await nowhere() : "";
  trip.road.fetch = (url, init) => {
    const real = String(url);
    const cut = yes && real.startsWith(`${trip.vendors.url}/${slug}/`);
    return fetch(cut ? real.replace(trip.vendors.url, dead) : real, init);
  };
}

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

  test("is not given up while the vendor cannot be asked either", async () => {
    await lose("shopipixel", 30 * MINUTE);
    trip.vendors.misbehave("shopipixel", "500", 4);
    await trip.runToTheEnd();
    expect(await purchaseOf("shopipixel")).toMatchObject([{ state: "delivered" }]);
    expect(purchases("shopipixel")).toMatchObject([{ counted: 1, carried: 1 }]);
  });
});

describe("a vendor that is away", () => {
  test.each(
    SLUGS,
  )("%s for 30 hours: what its window still takes arrives in order, the rest is expired with the reason", async (slug) => {
    await to([slug]);
    await away(slug, true);
    const placed: string[] = [];
    const hours = new Map<string, number>();
    for (let hour = 0; hour < 30; hour += 3) {
      // Two, so that one of them waits behind the other's tries.
      for (const one of [order(), order()]) {
        placed.push(String(one.id));
        hours.set(String(one.id), hour);
        await hear(orderCreated(one));
      }
      await trip.run();
      trip.forward(3 * HOUR);
      await trip.run();
    }
    await away(slug, false);
    await trip.runToTheEnd();
    const states = await purchaseOf(slug);
    const daily = slug === "shopipixel" || slug === "alana";
    // Those of the first six hours are older than a day by now.
    const late = daily ? 6 : 0;
    expect(states.map(({ state }) => state)).toEqual([
      ...Array(late).fill("expired"),
      ...Array(20 - late).fill("delivered"),
    ]);
    for (const { reason } of states.slice(0, late)) expect(reason).toMatch(/not sent in time; last: .*no connection/);
    const arrived = purchases(slug).map(({ key, facts }) =>
      slug === "alana" ? String((facts.metadata as { orderId: string }).orderId) : key.replace("purchase_", ""),
    );
    expect(arrived.toSorted()).toEqual(placed.slice(late).toSorted());
    const times = arrived.map((id) => hours.get(id) ?? -1);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(purchases(slug).every(({ counted, carried }) => counted === 1 && carried === 1)).toBe(true);
    expect(trip.vendors.ledger(slug).breaches).toEqual([]);
  });

  test.each([
    "prisjakt",
    "tolinku",
    "shopimind",
  ] as const)("%s for 73 hours: what was owed for 72 is expired, with what it was worth", async (slug) => {
    await to([slug]);
    await away(slug, true);
    const bought = order();
    await hear(orderCreated(bought));
    for (let hour = 0; hour < 73; hour += 1) {
      await trip.run();
      trip.forward(HOUR);
    }
    await away(slug, false);
    await trip.runToTheEnd();
    const states = await purchaseOf(slug);
    expect(states).toMatchObject([{ state: "expired", reason: expect.stringContaining("no connection") }]);
    expect(purchases(slug)).toEqual([]);
    if (slug !== "shopimind")
      expect(await trip.road.db.query("SELECT worth, currency FROM delivery WHERE kind = 'order.placed'")).toEqual([
        { worth: bought.total_price, currency: "EUR" },
      ]);
  });
});

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

describe("a batch that is refused whole", () => {
  test.each([
    400, 413, 422,
  ])("with %i is halved until the culprit stands alone, and the rest goes through", async (status) => {
    await to(["shopipixel"]);
    const orders = Array.from({ length: 60 }, () => newOrder({ clickId: null }));
    const culprit = String(orders[33]?.id);
    let requests = 0;
    trip.road.fetch = async (url, init) => {
      requests += 1;
      if (!String(init?.body).includes(culprit)) return fetch(url, init);
      return Response.json({ success: false, error: "validation_failed" }, { status });
    };
    for (const one of orders) await hear(orderCreated(one));
    await trip.runToTheEnd();
    const states = await trip.states("shopipixel");
    expect(states.filter(({ state }) => state === "delivered")).toHaveLength(59);
    expect(states.filter(({ state }) => state !== "delivered")).toMatchObject([
      { state: "refused", subject: `order:${culprit}`, reason: expect.stringContaining(`${status} validation_failed`) },
    ]);
    expect(trip.vendors.ledger("shopipixel").entries.every(({ carried }) => carried === 1)).toBe(true);
    // Two batches, and two requests for each of the six halvings of one.
    expect(requests).toBeLessThanOrEqual(2 + 2 * 6);
  });

  test("because of its size goes through in parts", async () => {
    const most = 8_000;
    const small: typeof fetch = async (url, init) =>
      Buffer.byteLength(String(init?.body)) > most
        ? Response.json({ success: false, error: "Request body too large" }, { status: 413 })
        : fetch(url, init);
    await to(["shopipixel"], { fetch: small });
    for (let n = 0; n < 50; n += 1) await hear(orderCreated(newOrder({ clickId: null })));
    await trip.runToTheEnd();
    expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 50 });
  });
});
