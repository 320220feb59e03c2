// Who is the head of a subject: known from when it is written, through every verb that makes a delivery due or ends it.
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { customerUpdated, type Order, orderCreated, orderUpdated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { wipe } from "../support/crash.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { HOUR, MINUTE, openTrade, SECOND, type Trade } from "../support/trade.ts";

const SLUGS = ["tolinku", "shopimind"] as const;
const never = new AbortController().signal;
let database: TestDatabase;
afterEach(() => database.drop());

/** Subjects whose heads are not as the definition has them: the first of what is due, and no other. */
const wrong = () =>
  database.db.query(
    `SELECT subject, head, place FROM (SELECT subject, head, row_number() OVER (PARTITION BY connection_id, subject ORDER BY rank, occurred_at, id) AS place
       FROM delivery WHERE state = 'due') AS d WHERE head <> (place = 1)`,
  );

const STEPS = [
  "order",
  "update",
  "refund",
  "customer",
  "run",
  "book",
  "ill",
  "well",
  "forward",
  "late",
  "off",
  "on",
  "replay",
  "end",
  "delete",
] as const;
const step = fc.record({ what: fc.constantFrom(...STEPS), at: fc.nat(5), ago: fc.nat(300) });

async function act(
  trip: Trade,
  orders: Order[],
  { what, at, ago }: { what: (typeof STEPS)[number]; at: number; ago: number },
) {
  const order = orders[at] as Order;
  const when = new Date(trip.road.clock().getTime() - ago * SECOND);
  const lanes = await trip.road.db.query<{ id: string }>("SELECT id FROM connection ORDER BY id");
  const lane = lanes[at % lanes.length]?.id ?? "";
  switch (what) {
    case "order":
      return trip.take(orderCreated(order));
    case "update":
      return trip.take(orderUpdated({ ...order, updated_at: when.toISOString() }));
    case "refund":
      return trip.take(refundCreated(order, when));
    case "customer":
      return order.customer ? trip.take(customerUpdated(order.customer as never)) : undefined;
    case "run":
      return trip.run();
    case "book":
      while ((await normalize(trip.road, SANDBOX_SHOP)) === "more");
      return;
    case "ill":
      return SLUGS.forEach((slug) => {
        trip.vendors.misbehave(slug, at % 2 ? "500" : "429");
      });
    case "well":
      return SLUGS.forEach((slug) => {
        trip.vendors.misbehave(slug, null);
      });
    case "forward":
      return trip.forward(ago * SECOND);
    case "late":
      trip.forward(73 * HOUR);
      return void (await deliver(trip.road, lane, never));
    case "off":
      return switchConnection(trip.road, SANDBOX_SHOP, lane, "off");
    case "on":
      return switchConnection(trip.road, SANDBOX_SHOP, lane, "on");
    case "replay":
      for (const group of await attention(trip.road, SANDBOX_SHOP)) await replay(trip.road, SANDBOX_SHOP, group);
      return;
    case "end":
      return void (await trip.road.db.query(
        "UPDATE delivery SET state = 'refused' WHERE id % 3 = $1 AND state = 'due'",
        [at % 3],
      ));
    case "delete":
      return void (await trip.road.db.query("DELETE FROM delivery WHERE id % 7 = $1", [at]));
  }
}

test("after any history the first of what is due of a subject is its head, and no other", async () => {
  database = await freshDatabase();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await wipe(database);
      const trip = await openTrade(SLUGS, {}, database);
      try {
        const orders = Array.from({ length: 6 }, () => trip.order());
        for (const one of steps) {
          await act(trip, orders, one);
          expect(await wrong(), JSON.stringify(one)).toEqual([]);
        }
      } finally {
        await trip.vendors.stop();
      }
    }),
    { numRuns: 25, endOnFailure: true, seed: 7 },
  );
});

test("nor does a subject lose its head where one is booked behind another while that one ends", async () => {
  database = await freshDatabase();
  const trip = await openTrade(["tolinku"], {}, database);
  const order = trip.order();
  for (let turn = 0; turn < 15; turn += 1) {
    const bought = { ...order, id: Number(order.id) + turn } as unknown as Order;
    await trip.take(orderCreated(bought));
    while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
    await trip.take(refundCreated(bought, new Date(trip.road.clock().getTime() + MINUTE)));
    await Promise.all([trip.run(), normalize(trip.road, SANDBOX_SHOP), trip.run()]);
    expect(await wrong()).toEqual([]);
  }
  await trip.runToTheEnd();
  expect(trip.vendors.ledger("tolinku").counts).toEqual({ purchase: 15, refund: 15 });
  await trip.vendors.stop();
});
