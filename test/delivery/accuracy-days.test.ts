// The figure's days, amounts and vendors' counts: in the shop's zone and the vendor's, in one currency, and quick for many orders.
import { afterEach, beforeEach, expect, test } from "vitest";
import { dayStarts } from "../../app/base/days.ts";
import { accuracy } from "../../app/delivery/accuracy/accuracy.ts";
import { changesOf } from "../../app/delivery/accuracy/changes.ts";
import { orderList } from "../../app/delivery/accuracy/order-list.ts";
import { vendorCount } from "../../app/delivery/accuracy/vendor-count.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { blocksRead } from "../support/cost.ts";
import { around, clicked, closeFigure, DAY, figure, idOf, openFigure, place, trip } from "../support/figure.ts";
import { historyOf } from "../support/histories.ts";
import { money } from "../support/payloads.ts";

beforeEach(openFigure);
afterEach(closeFigure);

test("a day is the shop's: of 25 hours when the clock is put back, and begun when it is yesterday in UTC", async () => {
  await trip.road.db.query("UPDATE connection SET created_at = '2026-01-01'");
  const times = ["10-24T21:59:59", "10-24T22:00:00", "10-25T22:59:59", "10-25T23:00:00"];
  for (const [at, time] of times.entries()) await place(at, {}, new Date(`2026-${time}Z`));
  await trip.run();
  const days = async () =>
    (await figure("tolinku", { from: "2026-10-24", to: "2026-10-26" })).days.map(({ orders }) => orders);
  expect(await days()).toEqual([1, 2, 1]);
  await trip.road.db.query(`UPDATE shop SET facts = facts || '{"timeZone": "Pacific/Auckland"}'`);
  expect(await days()).toEqual([0, 2, 2]);
  await trip.road.db.query(`UPDATE shop SET facts = facts || '{"timeZone": "America/Los_Angeles"}'`);
  expect(await days()).toEqual([2, 2, 0]);
});

test("a day begins at its first minute, also where the clock is put forward at midnight or a day was left out", () => {
  const starts = (days: string[], zone: string) => dayStarts(days, zone).map((at) => at.toISOString().slice(0, 16));
  expect(starts(["2026-03-29"], "Europe/Berlin")).toEqual(["2026-03-28T23:00", "2026-03-29T22:00"]);
  expect(starts(["2026-09-06"], "America/Santiago")).toEqual(["2026-09-06T04:00", "2026-09-07T03:00"]);
  expect(starts(["2011-12-29", "2011-12-30"], "Pacific/Apia").slice(1)).toEqual([
    "2011-12-30T10:00",
    "2011-12-30T10:00",
  ]);
  expect(starts(["2026-11-28"], "Pacific/Kiritimati")).toEqual(["2026-11-27T10:00", "2026-11-28T10:00"]);
});

test("amounts are in one currency; orders in others are counted, and said", async () => {
  await place(1);
  await place(2, { total_price: "20.10" });
  await place(3, { currency: "SEK", presentment_currency: "SEK", total_price_set: money("29.90", "29.90", "SEK") });
  await trip.run();
  const { money: worth, total } = await figure("tolinku");
  expect(total.orders).toBe(3);
  expect(worth).toMatchObject({
    currency: "EUR",
    orders: "50.00",
    apart: [{ currency: "SEK", orders: 1 }],
    unknown: 0,
  });
  await trip.road.db.query("UPDATE event SET data = NULL");
  expect((await figure("shopimind")).money).toMatchObject({ orders: "50.00", unknown: 0 });
  await trip.road.db.query("DELETE FROM delivery WHERE worth IS NOT NULL");
  expect((await figure("shopimind")).money).toMatchObject({ currency: "", orders: "0", unknown: 3 });
});

test("orders that grew or shrank later are listed with their difference, and whether the vendor was told", async () => {
  const from = new Date(Math.floor(trip.road.clock().getTime() / 1_000) * 1_000);
  const steps = [{ is: "pay" }, { is: "edit", pieces: 2 }, { is: "add", pieces: 1 }] as const;
  const { sent } = historyOf([...steps], { id: 4901, from, over: { customer: null } });
  for (const { topic, body, triggeredAt } of sent) {
    await trip.hear(topic, body, triggeredAt ? { triggeredAt: new Date(triggeredAt) } : {});
    await trip.run();
  }
  const changes = async (slug: string) => changesOf(trip.road, SANDBOX_SHOP, around(), await idOf(slug), 10);
  expect((await changes("tolinku")).sums).toEqual([
    { kind: "order.raised", told: false, currency: "EUR", count: 1, amount: "8.00" },
    { kind: "order.reduced", told: true, currency: "EUR", count: 1, amount: "25.00" },
  ]);
  expect((await changes("alana")).newest).toMatchObject([
    { kind: "order.raised", worth: { amount: "8.00", currency: "EUR" }, state: "skipped" },
    { kind: "order.reduced", worth: { amount: "25.00", currency: "EUR" }, state: "skipped" },
  ]);
  expect((await changes("shopimind")).newest).toEqual([]);
});

test("the vendor's count stands beside what was sent to it in the vendor's own days; who cannot tell is said", async () => {
  await place(1, clicked());
  await place(2, clicked());
  await trip.run();
  const counted = async (slug: string) => {
    const count = await vendorCount(trip.road, SANDBOX_SHOP, await idOf(slug), around());
    if (count?.is !== "compared") return count?.is;
    const { days, by, timeZone, otherZone } = count.compared;
    const sum = (of: "sent" | "counted") => days.reduce((all, day) => all + (day[of] ?? 0), 0);
    return { by, timeZone, otherZone, sent: sum("sent"), counted: sum("counted") };
  };
  const both = { sent: 2, counted: 2, otherZone: true };
  expect(await counted("tolinku")).toEqual({ by: "told", timeZone: "UTC", ...both });
  expect(await counted("shopipixel")).toEqual({ by: "placed", timeZone: "UTC", ...both });
  expect(await counted("prisjakt")).toEqual({ by: "placed", timeZone: "Europe/Stockholm", ...both });
  expect(await counted("alana")).toBe("none");
  expect(await counted("shopimind")).toBe("none");
  expect(await vendorCount(trip.road, "other-shop.myshopify.com", await idOf("tolinku"), around())).toBeNull();
});

const MANY = 10_000;
/** An order every ten minutes, back from now, sent to Tolinku; every hundredth was refused. */
const HISTORY = `
  WITH happened AS (
    INSERT INTO event (shop, key, kind, subject, occurred_at, data)
    SELECT $1, 'purchase:' || n, 'order.placed', 'order:' || n, now() - n * interval '10 minutes', jsonb_build_object('order', jsonb_build_object('name', '#' || n))
    FROM generate_series(1, $2::int) AS n RETURNING id, key, subject, occurred_at)
  INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, subject, occurred_at, due_at, deadline_at, settled_at, worth, currency)
  SELECT $1, 'tolinku', c.account, sha256(convert_to(key, 'UTF8')), c.id, h.id, 'order.placed',
    CASE WHEN right(subject, 2) = '00' THEN 'refused' ELSE 'delivered' END, subject, occurred_at, now(), now(), now(), 10.01, 'EUR'
  FROM happened h JOIN connection c ON c.destination = 'tolinku'`;

test("of 10,000 orders each is on one page of the list; the figure of a day reads that day's orders only", async () => {
  const { db } = trip.database;
  await db.query("UPDATE connection SET created_at = '2020-01-01'");
  for (const table of ["delivery", "event"]) await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  await db.query(HISTORY, [SANDBOX_SHOP, MANY]);
  const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
  const range = { from: day(75), to: day(-1) };
  const { total, money: worth } = await figure("tolinku", range);
  expect(total).toMatchObject({ orders: MANY, sent: 9_900, refused: 100 });
  expect(worth).toMatchObject({ orders: "100100.00", by: { sent: "99099.00", refused: "1001.00" } });
  const connectionId = await idOf("tolinku");
  const names: (string | null)[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const wanted = { connectionId, range, outcomes: ["refused"] as const, after: after ?? null, limit: 30 };
    const page = await orderList(trip.road, SANDBOX_SHOP, wanted);
    names.push(...page.orders.map(({ name }) => name));
    after = page.next;
  }
  expect(names).toEqual(Array.from({ length: 100 }, (_, at) => `#${(at + 1) * 100}`));
  await db.query("VACUUM (ANALYZE) event");
  await db.query("VACUUM (ANALYZE) delivery");
  const one = { from: day(20), to: day(20) };
  const read = await blocksRead(db, (sql) => accuracy({ ...trip.road, db: sql }, SANDBOX_SHOP, one, connectionId));
  expect((await figure("tolinku", one)).total.orders).toBe(144);
  expect(read).toBeLessThan(144 * 8 + 100);
  const whole = await blocksRead(db, (sql) => accuracy({ ...trip.road, db: sql }, SANDBOX_SHOP, range, null));
  expect(whole, "an order is looked up once for all five connections").toBeLessThan(MANY * 8);
  await accuracy(trip.road, SANDBOX_SHOP, range, null);
  const again = await blocksRead(db, (sql) => accuracy({ ...trip.road, db: sql }, SANDBOX_SHOP, range, null));
  expect(again, "days that are over are counted once").toBeLessThan(whole / 10);
}, 120_000);
