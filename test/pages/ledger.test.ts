// What the pages read of the ledger: it costs the same however much was delivered, and says the same wherever it is said.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../app/base/database.ts";
import { vendorReport } from "../../app/delivery/connections/report.ts";
import { latestOrders } from "../../app/delivery/ledger/latest-orders.ts";
import { syncState } from "../../app/delivery/ledger/ledger.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { readRange } from "../../app/pages/figures/range.ts";
import { scaleOf } from "../../app/pages/figures/scale.ts";
import { money } from "../../app/pages/money.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad({}, undefined, { passing: true });
});
afterEach(() => trip.close());

const DAY = 86_400_000;
const place = async (number: number) => {
  const orders = Array.from({ length: number }, () => newOrder());
  for (const order of orders) await trip.hear("orders/create", orderCreated(order).payload);
  await trip.run();
  return orders;
};
const shopipixel = async (state = syncState(trip.road, SANDBOX_SHOP)) => {
  const found = (await state).find(({ destination }) => destination === "shopipixel");
  if (!found) throw new Error("there is no such connection");
  return asTold(found);
};

test("an order whose data is gone is still shown: by its number, with what it was worth", async () => {
  const [order] = await place(1);
  const [before] = await latestOrders(trip.road, SANDBOX_SHOP, 20);
  trip.forward(91 * DAY);
  await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  const [after] = await latestOrders(trip.road, SANDBOX_SHOP, 20);
  expect(before?.name).toBe(order?.name);
  expect(after).toEqual({ ...before, name: `Order ${order?.id}` });
  await trip.road.db.query("DELETE FROM delivery");
  expect(await latestOrders(trip.road, SANDBOX_SHOP, 20)).toMatchObject([{ worth: null, deliveries: [] }]);
});

test("an amount is shown whatever it is", () => {
  expect(money({ amount: "1234.5", currency: "EUR" })).toBe("EUR\u00a01,234.50");
  expect(money({ amount: "", currency: "" })).toBe("");
  expect(money({ amount: "12.00", currency: "" })).toBe("12.00");
  expect(money({ amount: "NaN", currency: "EUR" })).toBe("EUR NaN");
});

/** The rows of these tables that the state of the sync looks at. */
async function looksAt(): Promise<Record<string, number>> {
  const db = openDatabase(trip.database.url, { size: 1 });
  await db.query("SELECT pg_stat_reset()");
  const [connection] = await syncState({ ...trip.road, db }, SANDBOX_SHOP);
  expect(connection).toMatchObject({ lastError: null, counts: { delivered: 20_000 } });
  await db.query("SELECT pg_stat_force_next_flush()");
  const rows = await db.query<{ name: string; rows: number }>(
    "SELECT relname AS name, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_user_tables WHERE relname IN ('attempt', 'delivery')",
  );
  await db.end();
  return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
}

test("the state of the sync looks at a handful of rows, however many were delivered", async () => {
  const { query } = trip.road.db;
  const { id } = await shopipixel();
  const many = "generate_series(1, 20000) n";
  await query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, kind, state, subject, occurred_at, due_at, deadline_at, settled_at, worth, currency)
     SELECT $1, 'shopipixel', 'a', sha256(n::text::bytea), $2, 'order.placed', 'delivered', 's', now(), now(), now(), now() - n * interval '1 s', 1, 'EUR' FROM ${many}`,
    [SANDBOX_SHOP, id],
  );
  await query(
    `INSERT INTO attempt (shop, destination, connection_id, epoch, channel, messages, deliveries, started_at, finished_at, outcome)
     SELECT $1, 'shopipixel', $2, 1, 'events', 2, ARRAY[n::bigint], now() - n * interval '1 s', now(), CASE WHEN n % 2 = 0 THEN 'delivered' ELSE '2 delivered, 1 skipped' END FROM ${many}`,
    [SANDBOX_SHOP, id],
  );
  await query("ANALYZE");
  const { attempt, delivery } = await looksAt();
  expect(attempt).toBeLessThan(20);
  expect(delivery).toBeLessThan(20);
});

test("the last error is that of the last request that did not just deliver", async () => {
  await place(1);
  expect((await shopipixel()).lastError).toBeNull();
  await trip.road.db.query(
    "UPDATE attempt SET outcome = '1 delivered, 1 refused', failed = true, answer = 'no such event'",
  );
  expect((await shopipixel()).lastError).toMatchObject({
    says: "ShopiPixel answered 200, and did not take all of it",
    words: "no such event",
  });
});

test("Home and the figures page say the same share of what the vendor had already: of the purchases, however much else was sent", async () => {
  const range = { from: "2026-01-01", to: "2026-01-31" };
  const { query } = trip.road.db;
  await place(12);
  await query(
    `UPDATE delivery SET already_had = true WHERE id IN (
       SELECT id FROM delivery WHERE destination = 'shopipixel' AND kind = 'order.placed' ORDER BY id LIMIT 4)`,
  );
  await query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, kind, state, subject, occurred_at, due_at, deadline_at)
     SELECT $1, 'shopipixel', 'a', sha256(n::text::bytea), $2, 'page.viewed', 'delivered', 's', now(), now(), now() FROM generate_series(1, 50) n`,
    [SANDBOX_SHOP, (await shopipixel()).id],
  );
  const { id, overlap } = await shopipixel();
  expect(overlap).toMatchObject({ percent: 33 });
  expect(overlap?.says).toMatch(/^ShopiPixel had 4 of our 12 purchases already \(33 %\)/);
  const told = async () => {
    const reported = await vendorReport(trip.road, SANDBOX_SHOP, id, range);
    if (reported?.is !== "report") throw new Error("there is no report");
    const { figures, notes } = asTold(reported.report);
    return { value: figures.find(({ label }) => label === "Already had it")?.value, note: notes[0] };
  };
  expect(await told()).toEqual({ value: "33 %", note: overlap?.says });
  // The vendor's figures are kept for some minutes; our own are those of now.
  await query(`UPDATE connection SET rules = rules || '{"ownApp": true}' WHERE id = $1`, [id]);
  await query("UPDATE delivery SET already_had = true WHERE worth IS NOT NULL AND destination = 'shopipixel'");
  expect((await shopipixel()).overlap).toEqual({ percent: 100, says: null });
  expect((await told()).value).toBe("100 %");
});

test("today is the shop's day", () => {
  const now = new Date("2026-11-30T11:30:00Z");
  const today = (timeZone: string) => readRange(new URLSearchParams("days=7"), now, timeZone);
  expect(today("Pacific/Auckland")).toMatchObject({ from: "2026-11-25", to: "2026-12-01", error: null });
  expect(today("Pacific/Pago_Pago")).toMatchObject({ from: "2026-11-24", to: "2026-11-30", error: null });
  const tomorrow = new URLSearchParams("from=2026-12-01&to=2026-12-02");
  expect(readRange(tomorrow, now, "Pacific/Auckland").error).toBeNull();
  expect(readRange(tomorrow, now, "Europe/Berlin").error).toEqual({ is: "future" });
});

test("a chart of whole numbers has no line between two of them", () => {
  expect(scaleOf([0, 1]).lines).toEqual([1, 0]);
  expect(scaleOf([10, 3]).lines).toEqual([12, 9, 6, 3, 0]);
  expect(scaleOf([0.5, 1]).lines).toEqual([1, 0.75, 0.5, 0.25, 0]);
});
