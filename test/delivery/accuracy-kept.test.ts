// Days that are over are counted once: what is kept of them is at any time what the ledger says, whatever happens to their orders.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type Sql } from "../../app/base/database.ts";
import { dayIn } from "../../app/base/days.ts";
import { accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { erase } from "../../app/delivery/erasure/erase.ts";
import { dismiss, replay } from "../../app/delivery/ledger/decide.ts";
import { removals } from "../../app/delivery/upkeep/retention.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { clicked, closeFigure, DAY, idOf, oddDay, openFigure, trip } from "../support/figure.ts";
import { type Body, order } from "../support/payloads.ts";
import { asTold } from "../support/told.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu"];
const QUARTER = 900_000;

const ODD = oddDay();
const placed = new Map<number, Body>();
const range = { from: dayIn("UTC", ODD - 2 * DAY), to: dayIn("UTC", ODD + 2 * DAY) };
const query = <Row>(text: string, values?: unknown[]) => trip.database.db.query<Row>(text, values);

beforeEach(async () => {
  placed.clear();
  await openFigure();
  await query("UPDATE connection SET created_at = $1", [new Date(ODD - 3 * DAY)]);
});
afterEach(closeFigure);

const STEPS = [
  ...["state", "pay", "cancel", "lose", "skip", "replay", "dismiss", "forget"],
  ...["erase", "off", "on", "rule", "zone", "account"],
] as const;
const some = fc.record({ n: fc.nat(7), quarter: fc.integer({ min: -96, max: 192 }) });
const steps = fc
  .shuffledSubarray([...STEPS], { minLength: STEPS.length })
  .chain((all) => fc.tuple(...all.map((what) => some.map((one) => ({ what, ...one })))));

const hear = (topic: string, n: number, over: Body) => {
  const time = new Date(ODD + 3 * DAY).toISOString().replace(/\.\d+Z$/, "Z");
  const body = { ...placed.get(n), updated_at: time, ...over };
  placed.set(n, body);
  return trip.hear(topic, body);
};
const ofOrder = (n: number) =>
  `subject = 'order:${4000 + n}' AND kind IN ('order.placed', 'order.paid', 'order.updated')`;
const LOST = "SELECT id::text FROM delivery WHERE state IN ('refused', 'expired', 'unknown') ORDER BY id";

async function act({ what, n, quarter }: { what: string; n: number; quarter: number }): Promise<unknown> {
  const at = new Date(ODD + quarter * QUARTER).toISOString().replace(/\.\d+Z$/, "Z");
  const lost = async () => ({ ids: (await query<{ id: string }>(LOST)).map(({ id }) => id) });
  const slug = ["tolinku", "alana", "shopimind"][n % 3] ?? "";
  switch (what) {
    case "order": {
      const customer = n % 2 ? { customer: null } : {};
      const over = { created_at: at, processed_at: at, updated_at: at, ...customer, ...(n % 3 ? {} : clicked()) };
      placed.set(n, order({ id: 4000 + n, name: `#${n}`, ...over }));
      return hear("orders/create", n, { updated_at: at });
    }
    case "state":
      return (
        placed.has(n) && hear("orders/updated", n, { updated_at: new Date(ODD + 3 * DAY + quarter).toISOString() })
      );
    case "pay":
      return placed.has(n) && hear("orders/paid", n, { financial_status: "paid" });
    case "cancel":
      return placed.has(n) && hear("orders/cancelled", n, { cancelled_at: at, cancel_reason: "customer" });
    case "lose":
      return query(
        `UPDATE delivery SET state = 'refused', settled = '{}', settled_at = now() WHERE ${ofOrder(n)} AND destination <> $1`,
        [slug],
      );
    case "skip":
      return query(
        `UPDATE delivery SET state = 'skipped', reason_code = 'renewal' WHERE ${ofOrder(n)} AND destination = $1`,
        [slug],
      );
    case "replay":
      return replay(trip.road, SANDBOX_SHOP, await lost());
    case "dismiss":
      return dismiss(trip.road, SANDBOX_SHOP, await lost());
    case "forget":
      return query(`DELETE FROM delivery WHERE ${ofOrder(n)} AND state <> 'due'`);
    case "erase":
      return erase(trip.road, SANDBOX_SHOP, { customerId: "7001", email: null, phone: null, orders: [] }, "hand");
    case "off":
    case "on":
      return switchConnection(trip.road, SANDBOX_SHOP, await idOf(slug), what);
    case "rule":
      return query(
        `UPDATE connection SET rules = rules || '{"purchaseWhen": "${n % 2 ? "paid" : "placed"}"}' WHERE destination = $1`,
        [slug],
      );
    case "account":
      return query(
        "UPDATE connection SET account = CASE WHEN account LIKE 'x%' THEN substr(account, 2) ELSE 'x' || account END WHERE destination = $1",
        [slug],
      );
    default:
      return query("UPDATE shop SET facts = facts || jsonb_build_object('timeZone', $1::text)", [ZONES[n % 3]]);
  }
}

/** In the shop's zone, and in that of a vendor. */
async function seen() {
  const both = [
    await accuracy(trip.road, SANDBOX_SHOP, range, null),
    await accuracy(trip.road, SANDBOX_SHOP, range, await idOf("tolinku"), "UTC"),
  ];
  return asTold(both).map((lines) =>
    lines.map(({ skipped, ...line }) => ({ ...line, skipped: skipped.map((one) => JSON.stringify(one)).sort() })),
  );
}

async function holds(): Promise<void> {
  const kept = await seen();
  await query("DELETE FROM order_day");
  expect(kept).toEqual(await seen());
}

test("what is kept is what the ledger says, whatever happens to orders, connections and the shop's zone", async () => {
  for (let n = 0; n < 8; n += 1) await act({ what: "order", n, quarter: 24 * n - 60 });
  await trip.run();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      for (const one of all) {
        await act(one);
        await trip.run();
        await holds();
      }
      for (const n of [0, 1, 2]) {
        await act({ what: "account", n, quarter: 0 });
        await holds();
      }
      trip.forward(35 * DAY);
      for (const { remove } of removals(trip.road, new AbortController().signal)) await remove();
      await holds();
      for (const gone of ["DELETE FROM delivery WHERE worth IS NOT NULL", "UPDATE event SET data = NULL"])
        await query(gone).then(holds);
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 120_000);

test("an order of which nothing is owed is paid or cancelled", async () => {
  for (const slug of ["shopipixel", "alana", "prisjakt", "shopimind"])
    await switchConnection(trip.road, SANDBOX_SHOP, await idOf(slug), "off");
  await act({ what: "rule", n: 3, quarter: 0 });
  const walk = async (what: string, n: number) => {
    await act({ what, n, quarter: n });
    await trip.run();
    await holds();
  };
  for (const n of [1, 2]) await walk("order", n);
  await walk("cancel", 1);
  await act({ what: "off", n: 3, quarter: 0 });
  await walk("pay", 2);
  const [line] = await accuracy(trip.road, SANDBOX_SHOP, range, await idOf("tolinku"));
  expect(asTold(line?.skipped)).toEqual([
    { says: "it was cancelled before anything was paid", orders: 1 },
    { says: "the connection, or its purchases, were switched off when it came", orders: 1 },
  ]);
});

async function aside(work: (sql: Sql) => Promise<void>): Promise<void> {
  const other = openDatabase(trip.database.url, { size: 1 });
  await other.transaction(work).finally(() => other.end());
}
const kept = async () => (await query<{ days: number }>("SELECT count(*)::int AS days FROM order_day"))[0]?.days;
const sent = async () => (await accuracy(trip.road, SANDBOX_SHOP, range, await idOf("tolinku")))[0]?.total.sent;

test("a change that is committed after the day was counted makes it be counted again, also while another is known", async () => {
  await act({ what: "order", n: 1, quarter: 0 });
  await trip.run();
  expect(await sent()).toBe(1);
  const change = (state: string) => `UPDATE delivery SET state = '${state}' WHERE destination = 'tolinku'`;
  await query(change("refused"));
  await aside(async (sql) => {
    await sql.query(change("delivered"));
    expect(await sent()).toBe(0);
    expect(await sent()).toBe(0);
  });
  expect(await sent()).toBe(1);
});

test("who counts while another does keeps nothing; what a young order may still be in is not kept", async () => {
  await aside(async (sql) => {
    await sql.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [SANDBOX_SHOP]);
    expect(await sent()).toBe(0);
    expect(await kept()).toBe(0);
  });
  await sent();
  expect(await kept()).toBe(5);
  await query("DELETE FROM order_day");
  const day = (ago: number) => dayIn("UTC", Date.now() - ago * DAY);
  await accuracy(trip.road, SANDBOX_SHOP, { from: day(0), to: day(-1) }, null, "UTC");
  expect(await kept()).toBe(0);
});
