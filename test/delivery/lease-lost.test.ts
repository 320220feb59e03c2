// A runner that has lost its lane sends nothing more and writes nothing more, at whichever point of its run the lane was lost.
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { holdLease, LeaseLost, takeLease } from "../../app/delivery/deliver/lane.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { endLeases } from "../support/crash.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
let lane: string;
afterEach(() => trip.close());

async function to(slug: Slug): Promise<void> {
  trip = await openTrade([slug]);
  lane = await trip.laneId();
  await trip.book();
}
const books = () =>
  Promise.all(
    ["lane", "attempt", "delivery"].map((table) => trip.database.db.query(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  );

/** A minute passes, by the runner's clock and by the database's: its lease is over. */
async function runOut(): Promise<void> {
  trip.timer.forward(MINUTE);
  await endLeases(trip.database);
}
async function takeOver(): Promise<void> {
  await runOut();
  await trip.database.db.query(
    `UPDATE lane SET owner = 'another', epoch = epoch + 1, lease_until = clock_timestamp() + interval '1 hour',
       failures = 7, warning = 'another''s', declared = '{"another": "own"}'`,
  );
}

interface Watched {
  points: number;
  /** Requests that began after it happened. */
  late: number;
  /** What the books held when it had happened. */
  books: unknown[] | null;
  error: unknown;
}

/** A run at whose point, after a statement, a transaction or a request was done, something happens. */
async function runUntil(point: number, happens: () => Promise<void>): Promise<Watched> {
  const watched: Watched = { points: 0, late: 0, books: null, error: null };
  const { db } = trip.database;
  const counted =
    (act: (...given: never[]) => Promise<unknown>) =>
    async (...given: never[]) => {
      const result = await act(...given);
      watched.points += 1;
      if (watched.points === point) {
        watched.books = [];
        await happens().finally(async () => {
          watched.books = await books();
        });
      }
      return result;
    };
  const asked = counted(fetch) as typeof fetch;
  const road = {
    ...trip.road,
    db: { ...db, query: counted(db.query), transaction: counted(db.transaction) } as Database,
    fetch: ((url, init) => {
      if (watched.books) watched.late += 1;
      return asked(url, init);
    }) as typeof fetch,
  };
  await deliver(road, lane, new AbortController().signal).catch((error: unknown) => {
    watched.error = error;
  });
  return watched;
}

/** Once for each point of a run, each time with an order that is not sent yet. */
async function atEachPoint(happens: () => Promise<void>, then: (watched: Watched, at: string) => Promise<void>) {
  const { points } = await runUntil(0, async () => {});
  expect(points).toBeGreaterThan(8);
  for (let point = 1; point <= points; point += 1) {
    await endLeases(trip.database);
    await trip.database.db.query("UPDATE lane SET failures = 0, declared = '{}'");
    await trip.runToTheEnd();
    await trip.book();
    await trip.database.db.query("UPDATE lane SET failures = 0, declared = '{}'");
    const watched = await runUntil(point, happens);
    // A run that lost the lane may pass fewer points, never more.
    if (watched.books) await then(watched, `point ${point} of ${points}`);
  }
}

test.each(["prisjakt", "shopimind"] as const)("another took the lane to %s", async (slug) => {
  await to(slug);
  await atEachPoint(takeOver, async ({ late, books: before, error }, at) => {
    expect(late, at).toBe(0);
    expect(await books(), at).toEqual(before);
    expect(error, at).toBeNull();
  });
});

test("another took the lane, and the runner fails by a fault of its own", async () => {
  await to("prisjakt");
  const fault = async () => {
    await takeOver();
    throw new Error("a fault of ours");
  };
  await atEachPoint(fault, async ({ late, books: before }, at) => {
    expect(late, at).toBe(0);
    expect(await books(), at).toEqual(before);
  });
});

test("nobody took the lane, and the time for which it was the runner's is over all the same", async () => {
  await to("prisjakt");
  await atEachPoint(runOut, async ({ late }, at) => expect(late, at).toBe(0));
});

test("whoever has lost a lane to another holds no lane for a transaction", async () => {
  await to("prisjakt");
  const taken = await takeLease(trip.road, lane, "a runner");
  if (!taken) throw new Error("the lane is another's");
  await holdLease(trip.database.db, taken.lease);
  await takeOver();
  await expect(holdLease(trip.database.db, taken.lease)).rejects.toThrow(LeaseLost);
});
