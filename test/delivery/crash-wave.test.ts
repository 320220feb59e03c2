// A crash at every step of a wave: purchases under way side by side, and one that waits for a place, each counted once whatever the process dies at.
import { expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type End, endLeases, openLife, wipe } from "../support/crash.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { openTrade } from "../support/trade.ts";
import { WIDTH } from "../support/under-way.ts";

/** One more than leave for Prisjakt at a time. */
const ORDERS = WIDTH + 1;
const never = new AbortController().signal;

test("whatever statement or request the process dies at, a wave loses nothing and counts nothing twice", async () => {
  const database = await freshDatabase();
  try {
    const whole = await live(database);
    expect(whole.points.filter((what) => what.startsWith("POST"))).toHaveLength(ORDERS);
    for (const [index, what] of whole.points.entries()) {
      for (const when of ["before", "after"] as const) {
        const at = `${when} ${index + 1}: ${what}`;
        const { counted, carried, states } = await live(database, { point: index + 1, when });
        expect({ at, counted, states }).toEqual({
          at,
          counted: Array(ORDERS).fill(1),
          states: Array(ORDERS).fill("delivered"),
        });
        expect(Math.max(...carried), at).toBeLessThanOrEqual(2);
      }
    }
    console.log(`a crash at every step of a wave: ${whole.points.length} points, each before it and after it`);
  } finally {
    await database.drop();
  }
}, 3_600_000);

async function live(database: TestDatabase, end?: End) {
  await wipe(database);
  const trip = await openTrade(["prisjakt"], {}, database, { still: true });
  try {
    for (let n = 0; n < ORDERS; n += 1) await trip.take(orderCreated(trip.order()));
    while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
    const [lane] = await database.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
    const life = openLife(database.db, end);
    await deliver({ ...trip.road, db: life.db, fetch: life.fetch }, lane?.id ?? "", never).catch((error: unknown) => {
      if (!life.isOver()) throw error;
    });
    if (end && !life.isOver()) throw new Error(`the life never came to point ${end.point}`);
    await endLeases(database);
    await trip.runToTheEnd();
    const purchases = trip.purchases("prisjakt");
    return {
      points: life.points,
      states: (await trip.purchaseOf("prisjakt")).map(({ state }) => state),
      counted: purchases.map(({ counted }) => counted),
      carried: purchases.map(({ carried }) => carried),
    };
  } finally {
    await trip.vendors.stop();
  }
}
