// A purchase goes before its refunds whatever their times, and nothing waits in a circle or for ever.
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type Order, orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { wipe } from "../support/crash.ts";
import { freshDatabase } from "../support/database.ts";
import { MINUTE, openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade | undefined;
afterEach(async () => {
  await trip?.close();
  trip = undefined;
});

const countWhen = (road: Trade["road"], when: "placed" | "paid") =>
  road.db.query("UPDATE connection SET rules = rules || jsonb_build_object('purchaseWhen', $1::text)", [when]);
const paid = (order: Order, at: Date) => ({
  topic: "orders/paid",
  payload: { ...order, financial_status: "paid", updated_at: at.toISOString() },
});
/** A favour of one unit: of these an order bears many. */
function favour(order: Order, at: Date) {
  const { topic, payload } = refundCreated(order, at);
  const { transactions, ...rest } = payload as { transactions: object[] };
  const paidBack = transactions.map((one) => ({ ...one, amount: "1.00" }));
  return { topic, payload: { ...rest, refund_line_items: [], transactions: paidBack } };
}
const kinds = (of: Trade) => of.vendors.ledger("tolinku").entries.map(({ kind }) => kind);

describe("a refund", () => {
  test("of the same second that comes first goes after its purchase, within seconds", async () => {
    trip = await openTrade(["tolinku"]);
    const order = trip.order();
    await trip.take(refundCreated(order, new Date(order.processed_at)));
    await trip.run();
    await trip.take(orderCreated(order));
    await trip.run();
    trip.forward(6 * SECOND);
    await trip.run();
    expect(kinds(trip)).toEqual(["purchase", "refund"]);
  });

  test("before the payment waits for the purchase that the payment makes, also beyond the hour", async () => {
    for (const wait of [30 * SECOND, 90 * MINUTE]) {
      trip = await openTrade(["tolinku"]);
      await countWhen(trip.road, "paid");
      const order = trip.order();
      await trip.take(orderCreated(order));
      await trip.take(refundCreated(order, trip.road.clock()));
      await trip.run();
      for (let turn = 0; turn < 3; turn += 1) {
        trip.forward(wait / 3);
        await trip.run();
      }
      await trip.take(paid(order, trip.road.clock()));
      await trip.run();
      trip.forward(6 * SECOND);
      await trip.run();
      expect(kinds(trip)).toEqual(["purchase", "refund"]);
      await trip.close();
    }
    trip = undefined;
  });
});

test("whatever the times, the order and the rule: all ends, and a refund is counted where its purchase is", async () => {
  const database = await freshDatabase();
  const told = fc.record({
    what: fc.constantFrom("placed", "paid", "refund", "refund", "run", "wait"),
    ago: fc.integer({ min: -5, max: 5 }),
    minutes: fc.nat(50),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("placed", "paid"),
      fc.array(told, { minLength: 2, maxLength: 8 }),
      async (rule, steps) => {
        await wipe(database);
        const trade = await openTrade(["tolinku"], {}, database);
        try {
          await countWhen(trade.road, rule as "placed" | "paid");
          trade.forward(MINUTE); // whatever the times, all of it happens after the connection was made
          const order = trade.order();
          let refunds = 0;
          for (const { what, ago, minutes } of steps) {
            const at = new Date(Date.parse(order.processed_at) + ago * SECOND);
            if (what === "run") await trade.run();
            else if (what === "wait") trade.forward(minutes * MINUTE);
            else if (what === "refund") {
              refunds += 1;
              await trade.take(favour(order, at));
            } else await trade.take(what === "paid" ? paid(order, at) : orderCreated(order));
          }
          await trade.runToTheEnd(300);
          const bought = steps.some(({ what }) => what === "paid" || (what === "placed" && rule === "placed"));
          const states = await trade.states("tolinku");
          expect(states.filter(({ state }) => state === "due")).toEqual([]);
          const counts = trade.vendors.ledger("tolinku").counts;
          expect(counts).toEqual(bought ? { purchase: 1, ...(refunds > 0 ? { refund: refunds } : {}) } : {});
        } finally {
          await trade.vendors.stop();
        }
      },
    ),
    { numRuns: 30, seed: 11 },
  );
  await database.drop();
});
