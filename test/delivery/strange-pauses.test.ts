// The same answer to several messages, in nobody's own words: it pauses, and nothing of them is lost.
import { afterEach, describe, expect, test } from "vitest";
import {
  cartCreated,
  cartUpdated,
  checkoutCreated,
  grow,
  newBasket,
  newCheckoutToken,
  newOrder,
  orderCreated,
  someBuyer,
} from "../../sandbox/shop.ts";
import {
  allOf,
  answerBy,
  blocks,
  end,
  fates,
  front,
  order,
  orders,
  paused,
  resume,
  to,
  trip,
} from "../support/strange.ts";

afterEach(() => end());

describe.each([403, 404, 301, 308])("a bare %i to all that is sent", (status) => {
  test("pauses after several, and nothing of it is lost", async () => {
    await to("tolinku");
    const ids = await orders(7);
    answerBy((_asked, response) => {
      response.writeHead(status).end();
      return true;
    });
    await trip.run();
    expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
    expect(await paused()).toEqual({ commerce: expect.stringMatching(`${status}.*5 in a row`) });
    const before = front.asked.length;
    await trip.run();
    expect(front.asked.length).toBe(before);
    answerBy(() => false);
    await resume();
    await trip.runToTheEnd();
    expect(await fates("tolinku")).toEqual(allOf(ids, "delivered"));
  });
});

test("a bare 401 is about the key: it pauses the connection at once", async () => {
  await to("tolinku");
  const ids = await orders(5);
  answerBy((_asked, response) => {
    response.writeHead(401).end();
    return true;
  });
  await trip.run();
  expect(front.asked.length).toBe(1);
  expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
  expect(await trip.road.db.query("SELECT state FROM connection")).toEqual([{ state: "paused" }]);
});

test("one order at a time meets the same pause", async () => {
  await to("tolinku");
  answerBy(blocks(403, ["purchase"]));
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    expect(await paused()).toEqual({});
    ids.push(await order());
    await trip.run();
  }
  expect(await paused()).toMatchObject({ commerce: expect.any(String) });
  expect(await fates("tolinku")).toEqual(allOf(ids, "due"));
});

test("orders that were the reason of a pause are no reason for it again: after it the others go", async () => {
  await to("prisjakt");
  const bad = await orders(5);
  answerBy(blocks(403, bad));
  await trip.run();
  const good = await orders(3);
  await trip.run();
  expect(await fates("prisjakt")).toEqual(allOf([...bad, ...good], "due"));
  await resume();
  await trip.runToTheEnd();
  expect(await fates("prisjakt")).toEqual({ ...allOf(bad, "refused"), ...allOf(good, "delivered") });
});

describe("one shopper's text", () => {
  test("is no reason for a pause, however often one cart of theirs changes: purchases go on", async () => {
    await to("shopipixel");
    const basket = newBasket();
    answerBy(blocks(403, [basket.token]));
    await trip.take(cartCreated(basket, trip.road.clock()));
    await trip.run();
    for (let n = 0; n < 7; n += 1) {
      trip.forward(1_000);
      grow(basket);
      await trip.take(cartUpdated(basket, trip.road.clock()));
      await trip.run();
    }
    const carts = (await trip.states("shopipixel")).filter(({ subject }) => subject.startsWith("cart:"));
    expect(carts.filter(({ state }) => state === "refused").length).toBeGreaterThan(5);
    expect(await paused()).toEqual({});
    const id = await order();
    await trip.run();
    expect(await fates("shopipixel")).toEqual({ [id]: "delivered" });
  });

  test("is none in the cart, the checkout and the order that came of each other", async () => {
    await to("shopipixel");
    answerBy((asked, response) => asked.method !== "GET" && Boolean(response.writeHead(403).end()));
    for (let n = 0; n < 2; n += 1) {
      const [basket, buyer, checkoutToken] = [newBasket({ lines: 1 }), someBuyer(), newCheckoutToken()];
      await trip.take(cartCreated(basket, trip.road.clock()));
      await trip.take(checkoutCreated(basket, checkoutToken, buyer, trip.road.clock()));
      await trip.run();
      await trip.take(orderCreated(newOrder({ basket, buyer, checkoutToken, at: trip.road.clock() })));
      await trip.runToTheEnd();
    }
    const states = await trip.states("shopipixel");
    const refused = new Set(states.filter(({ state }) => state === "refused").map(({ subject }) => subject));
    expect([...refused].map((subject) => subject.split(":")[0]).toSorted()).toEqual([
      "cart",
      "cart",
      "checkout",
      "checkout",
      "order",
      "order",
    ]);
    expect(await paused()).toEqual({});
  });
});

test("a success in between ends the row", async () => {
  await to("tolinku");
  const bad: string[] = [];
  answerBy((asked, response) => blocks(403, bad)(asked, response));
  for (let n = 0; n < 6; n += 1) {
    const one = trip.order();
    bad.push(String(one.id));
    await trip.take(orderCreated(one));
    await trip.run();
    if (n === 3) await order().then(() => trip.run());
  }
  expect(Object.values(await fates("tolinku")).filter((state) => state === "refused")).toHaveLength(6);
  expect(await paused()).toEqual({});
});
