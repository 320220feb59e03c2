// Doubt counts from the first lost answer: by it the vendor's window is reckoned, however often an answer is lost after it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { endLeases } from "../support/crash.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["shopipixel"]);
  await trip.take(orderCreated(trip.order()));
  trip.vendors.misbehave("shopipixel", "lost", 1);
  await trip.run();
  trip.forward(18 * MINUTE);
});
afterEach(() => trip.close());

/** ShopiPixel removes what is the same for twenty minutes: counted from the first, they are over. */
async function threeMinutesLater(): Promise<void> {
  trip.forward(3 * MINUTE);
  await trip.runToTheEnd();
  expect(trip.purchases("shopipixel")).toMatchObject([{ counted: 1, carried: 2 }]);
  expect(await trip.purchaseOf("shopipixel")).toMatchObject([{ state: "delivered" }]);
}

test("of two answers that were lost 18 minutes apart the first says until when it is sent again", async () => {
  trip.vendors.misbehave("shopipixel", "lost", 1);
  await trip.run();
  expect(trip.purchases("shopipixel")).toMatchObject([{ carried: 2 }]);
  await threeMinutesLater();
});

test("so it does where the second was lost with its worker", async () => {
  const [lane] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  const [reached, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const hangs: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    reached.resolve();
    await ended.promise;
    return answer;
  };
  const dying = deliver({ ...trip.road, fetch: hangs }, lane?.id ?? "", new AbortController().signal);
  await reached.promise;
  await endLeases(trip.database);
  await threeMinutesLater();
  ended.resolve();
  await dying;
});
