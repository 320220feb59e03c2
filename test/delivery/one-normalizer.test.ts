// One normalizer at a time for a shop, and none for another shop's sake: a second one goes away at once.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
let open = () => {};
beforeEach(async () => {
  trip = await openTrade(["shopipixel"]);
});
afterEach(async () => {
  open();
  await trip.close();
});

/** A normalizer that has read what there is, and is held there. */
function held() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const db: Database = {
    ...trip.road.db,
    transaction: (work) =>
      trip.road.db.transaction(async (sql) => {
        let rows = 0;
        return work({
          async query(...statement) {
            const found = await sql.query(...statement);
            rows += 1;
            // The lock, then the webhooks.
            if (rows === 2) {
              reached.resolve();
              await opened.promise;
            }
            return found as never;
          },
        });
      }),
  };
  const done = normalize({ ...trip.road, db }, SANDBOX_SHOP);
  open = opened.resolve;
  return { reached: reached.promise, done };
}

test("while one works the other says busy and books nothing; nothing is booked twice", async () => {
  for (let n = 0; n < 20; n += 1) await trip.take(orderCreated(newOrder({ clickId: null })));
  const first = held();
  await first.reached;
  expect(await normalize(trip.road, SANDBOX_SHOP)).toBe("busy");
  expect(await trip.states("shopipixel")).toEqual([]);
  open();
  expect(await first.done).toBe("done");
  await trip.run();
  expect(trip.vendors.ledger("shopipixel").counts).toEqual({ Purchase: 20 });
  expect(trip.purchases("shopipixel").every(({ carried }) => carried === 1)).toBe(true);
});

test("another shop's webhooks are worked off meanwhile", async () => {
  const other = "another-shop.myshopify.com";
  await trip.take(orderCreated(trip.order()));
  await trip.hear("orders/create", orderCreated(trip.order()).payload, { shop: other });
  const first = held();
  await first.reached;
  expect(await normalize(trip.road, other)).toBe("done");
  expect(await trip.road.db.query("SELECT 1 FROM event WHERE shop = $1", [other])).not.toEqual([]);
  open();
  await first.done;
});
