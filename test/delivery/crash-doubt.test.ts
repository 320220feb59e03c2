// A crash at every step of the last word on what is in doubt: the look-up when its time is over, and the one before a wish is fulfilled.
import { afterAll, expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { type End, endLeases, openLife, wipe } from "../support/crash.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { loseAnswer } from "../support/doubt.ts";
import { HOUR, openTrade, type Trade } from "../support/trade.ts";

const never = new AbortController().signal;
let passed = 0;
afterAll(() => console.log(`a crash at every step of a doubt: ${passed} points, each before it and after it`));

const CASES: [Slug, hours: number, wish: boolean][] = [
  ["shopipixel", 26, false],
  ["prisjakt", 74, false],
  ["tolinku", 74, false],
  ["shopimind", 74, false],
  ["prisjakt", 24 * 7, true],
  ["tolinku", 24 * 7, true],
  ["alana", 1, true],
];

test.concurrent.each(
  CASES,
)("whatever the process dies at, %s after %i hours (a wish: %s) ends as it should", async (...which) => {
  const database = await freshDatabase();
  try {
    const whole = await live(database, which);
    expect(whole.points.length).toBeGreaterThan(5);
    for (const [index, what] of whole.points.entries()) {
      for (const when of ["before", "after"] as const) {
        const at = `${when} ${index + 1}: ${what}`;
        const { purchase, carried } = await live(database, which, { point: index + 1, when });
        // What the vendor cannot tell may be unknown again; it is never sent twice for one wish.
        const states = which[0] === "alana" ? ["delivered", "unknown"] : ["delivered"];
        expect(states, at).toContain(purchase);
        expect(carried, at).toBeLessThanOrEqual(whole.carried);
      }
    }
    passed += whole.points.length;
  } finally {
    await database.drop();
  }
}, 3_600_000);

async function live(database: TestDatabase, [slug, hours, wish]: (typeof CASES)[number], end?: End) {
  await wipe(database);
  const trip = await openTrade([slug], {}, database, { still: true });
  try {
    await beInDoubt(trip, slug, hours, wish);
    const life = openLife(database.db, end);
    Object.assign(trip.road, { db: life.db, fetch: life.fetch });
    const [lane] = await database.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
    await deliver(trip.road, lane?.id ?? "", never).catch((error: unknown) => {
      if (!life.isOver()) throw error;
    });
    if (end && !life.isOver()) throw new Error(`the life never came to point ${end.point}`);
    await endLeases(database);
    Object.assign(trip.road, { db: database.db, fetch });
    await trip.runToTheEnd();
    const [purchase] = await trip.purchaseOf(slug);
    const sums = trip.purchases(slug).map((one) => one.carried);
    return { points: life.points, purchase: purchase?.state, carried: sums.reduce((sum, one) => sum + one, 0) };
  } finally {
    await trip.vendors.stop();
  }
}

/** An order whose answer was lost; its time is over, or a person wants it sent again. */
async function beInDoubt(trip: Trade, slug: Slug, hours: number, wish: boolean): Promise<void> {
  loseAnswer(trip, slug);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  trip.vendors.misbehave(slug, "500");
  for (let step = 0; step < 8; step += 1) {
    trip.forward((hours * HOUR) / 8);
    if (wish || step < 7) await trip.run();
  }
  trip.vendors.misbehave(slug, null);
  if (!wish) return;
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  if (!group) throw new Error("nothing needs attention");
  expect(await replay(trip.road, SANDBOX_SHOP, group)).toBe(1);
}
