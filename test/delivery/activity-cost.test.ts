// What the activity of a shop costs: every page, search and story reads what it shows and a few steps beside it, also in a mountain that was never analyzed.
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { activity } from "../../app/delivery/activity/activity.ts";
import { reasonsToChoose } from "../../app/delivery/activity/choices.ts";
import { eventStory } from "../../app/delivery/activity/event.ts";
import { orderStory } from "../../app/delivery/activity/order.ts";
import type { Wanted } from "../../app/delivery/activity/wanted.ts";
import { keyOf } from "../../app/delivery/person-keys.ts";
import type { Road } from "../../app/delivery/road.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { blocksRead } from "../support/cost.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const MANY = 60_000;
/** A line: its event, its delivery, its connection, and what leads to them in the indexes. */
const BLOCKS_A_LINE = 16;
/** The first step into each of 27 kinds of events, and the like. */
const FEW = 250;
/** A page that is filtered walks past so many. */
const WALKED = 2_000 * 10;

/** A third are purchases that were delivered, a third is left out for one reason or, rarely, refused; a third are views of nobody's. */
const MOUNTAIN = `
  WITH happened AS (
    INSERT INTO event (shop, key, kind, subject, occurred_at, data, persons)
    SELECT shop, 'k:' || n, kind, CASE WHEN kind = 'order.placed' THEN 'order:' || n ELSE 'x:' || n END, now() - n * interval '1 minute',
      CASE WHEN kind = 'order.placed' THEN jsonb_build_object('order', jsonb_build_object('name', '#' || n, 'phone', '+49302' || (1000000 + n))) END,
      CASE WHEN kind = 'order.placed' THEN ARRAY[n, CASE WHEN n = 3000 THEN $3::bigint ELSE n END] END
    FROM generate_series(1, ${MANY}) n
    CROSS JOIN LATERAL (SELECT (ARRAY['order.placed', 'cart.changed', 'page.viewed'])[n % 3 + 1] AS kind,
      CASE WHEN n % 10 = 9 THEN 'other.myshopify.com' ELSE $1 END AS shop) AS k
    RETURNING id, shop, key, kind, subject, occurred_at)
  INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, reason_code, reason_values, subject, occurred_at,
    due_at, deadline_at, settled_at)
  SELECT shop, 'tolinku', 'a', sha256(convert_to(key, 'UTF8')), $2, id, kind, state,
    CASE WHEN state <> 'delivered' THEN 'no_consent' END, CASE WHEN state <> 'delivered' THEN '{}'::jsonb END, subject, occurred_at,
    occurred_at, occurred_at, CASE WHEN state <> 'due' THEN occurred_at END
  FROM happened
  CROSS JOIN LATERAL (SELECT CASE WHEN id % 3000 = 1 THEN 'refused' WHEN id % 1000 = 1 THEN 'due' WHEN id % 3 = 1 THEN 'skipped' ELSE 'delivered' END AS state) AS s
  WHERE kind <> 'page.viewed'`;

const ALL: Wanted = {
  ...{ typed: "", connectionId: null, state: null, reasonCode: null, kind: null, from: null, until: null, after: null },
};

test.each(["never analyzed", "analyzed"])("a mountain that was %s is not read for a page of it", async (how) => {
  trip = await openTrade(["tolinku"]);
  const { db } = trip.database;
  for (const table of ["delivery", "event", "attempt", "webhook"])
    await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  const [connection] = await db.query<{ id: string }>("SELECT id FROM connection");
  const id = connection?.id ?? "";
  await db.query(MOUNTAIN, [SANDBOX_SHOP, id, keyOf("mail:nora@example.com")]);
  await db.query(how === "analyzed" ? "VACUUM (ANALYZE) event" : "VACUUM (ANALYZE false) event");
  if (how === "analyzed") await db.query("ANALYZE delivery");
  const [event] = await db.query<{ id: string }>("SELECT id FROM event WHERE key = 'k:3000'");
  const month = { from: new Date(Date.now() - 20 * 86_400_000), until: new Date(Date.now() - 19 * 86_400_000) };
  const page = (wanted: Partial<Wanted>, lines: number) => ({
    read: async (road: Road) =>
      expect((await activity(road, SANDBOX_SHOP, { ...ALL, ...wanted })).lines).toHaveLength(lines),
    most: FEW + lines * BLOCKS_A_LINE,
  });
  const filtered = (wanted: Partial<Wanted>, lines: number) => ({ ...page(wanted, lines), most: WALKED });
  const cases: Record<string, { read: (road: Road) => Promise<unknown>; most: number }> = {
    "the newest": page({}, 50),
    "of a kind": page({ kind: "page.viewed" }, 50),
    "of a kind that never was": page({ kind: "order.raised" }, 0),
    "of a day": page(month, 50),
    "behind half of it": page({ after: { at: new Date(Date.now() - 30_000 * 60_000), id: "1" } }, 50),
    refused: page({ state: "refused" }, 20),
    skipped: page({ state: "skipped" }, 50),
    due: page({ state: "due" }, 20),
    delivered: { ...page({ state: "delivered" }, 50), most: FEW + 2_500 },
    "of a connection": { ...page({ connectionId: id }, 50), most: FEW + 2_500 },
    "skipped for a reason that never was": filtered({ state: "skipped", reasonCode: "no_such" }, 0),
    "delivered, of a kind that is never": filtered({ state: "delivered", kind: "page.viewed" }, 0),
    "by name": page({ typed: "#3000" }, 1),
    "by id": page({ typed: "3000" }, 2),
    "by e-mail": page({ typed: "nora@example.com" }, 1),
    "by phone": page({ typed: "+49 302 1003000" }, 0),
    "by nothing": page({ typed: "x".repeat(10_000) }, 0),
    order: { read: (road) => orderStory(road, SANDBOX_SHOP, "3000"), most: FEW },
    event: { read: (road) => eventStory(road, SANDBOX_SHOP, event?.id ?? "", false), most: FEW },
    reasons: { read: (road) => reasonsToChoose(road, SANDBOX_SHOP), most: 1_000 },
  };
  const read: Record<string, number> = {};
  for (const [name, one] of Object.entries(cases))
    read[name] = await blocksRead(db, (sql: Database) => one.read({ ...trip.road, db: sql }));
  const tooMany = Object.entries(cases).filter(([name, { most }]) => (read[name] ?? 0) > most);
  expect(Object.fromEntries(tooMany.map(([name, { most }]) => [name, `${read[name]} of ${most}`]))).toEqual({});
}, 120_000);
