// Reasons: codes with values. What was stored as sentences comes along, no code is two reasons, and no wording decides anything.
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { because, sentencesOf, told } from "../../app/delivery/reasons.ts";
import { destinations } from "../../app/destinations/index.ts";
import { COMMON_REASONS } from "../../app/destinations/reasons.ts";
import { EVENT_REASONS } from "../../app/events/reasons.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { allOf, answerBy, end, fates, orders, reasons, to, trip } from "../support/strange.ts";
import { asTold } from "../support/told.ts";
import { HOUR } from "../support/trade.ts";

test("a code is one reason, and a vendor's begins with its slug", () => {
  for (const { slug, reasons = {} } of destinations)
    for (const code of Object.keys(reasons)) expect(code).toMatch(new RegExp(`^${slug}_`));
  const own = destinations.flatMap(({ reasons = {} }) => Object.keys(reasons));
  const road = Object.keys(sentencesOf({ destinations: [] }));
  expect(new Set([...road, ...own]).size).toBe(road.length + own.length);
  expect(Object.keys(EVENT_REASONS).filter((code) => code in COMMON_REASONS)).toEqual([]);
});

test("a reason within a reason is told in its place, and one that nobody knows any more by its code", () => {
  const road = { destinations };
  const last = because("tried_once_more", { reason: { code: "prisjakt_no_click", values: {} } });
  expect(told(road, because("too_late_last", { last }))).toBe(
    "not sent in time; last: no click id: the buyer did not come from Prisjakt (tried once more)",
  );
  expect(told(road, { code: "gone_vendor_no", values: {} })).toBe("gone_vendor_no");
});

describe("a channel whose vendor words its no anew each time", () => {
  afterEach(() => end());
  test("lets all that waited go once the vendor takes something", async () => {
    await to("tolinku");
    let asked = 0;
    answerBy((_asked, response) => {
      asked += 1;
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: `Not in your plan (request ${asked})`, code: "FEATURE_GATED" }));
      return true;
    });
    const ids = await orders(3);
    await trip.run();
    trip.forward(HOUR + 1_000);
    await trip.run();
    expect(new Set(await reasons("tolinku")).size).toBe(2);
    answerBy(() => false);
    trip.forward(HOUR + 1_000);
    await trip.run();
    expect(await fates("tolinku")).toEqual(allOf(ids, "delivered"));
  });
});

describe("what was stored as sentences", () => {
  const folder = new URL("../../prisma/migrations/", import.meta.url);
  const migrations = readdirSync(folder).filter((name) => /^\d/.test(name));
  const run = async ({ db }: TestDatabase, names: string[]) => {
    for (const name of names) await db.query(readFileSync(new URL(`${name}/migration.sql`, folder), "utf8"));
  };

  test("comes along as codes, and what is no sentence of ours as it was told", async () => {
    const database = await freshDatabase();
    const { db } = database;
    try {
      await db.query("DROP SCHEMA public CASCADE");
      await db.query("CREATE SCHEMA public");
      const at = migrations.findIndex((name) => name.endsWith("_reasons"));
      await run(database, migrations.slice(0, at));
      const id = "00000000-0000-4000-8000-000000000001";
      await db.query(`INSERT INTO connection (id, shop, destination, name, account, state, reason)
        VALUES ('${id}', 'a', 'tolinku', 'Tolinku', 'x', 'paused', 'paused by the merchant')`);
      await db.query(`INSERT INTO lane (connection_id, shop, destination, paused_channels)
        VALUES ('${id}', 'a', 'tolinku', '{"commerce": "403 Not in your plan"}')`);
      const said = [
        "waits for its purchase",
        "not sent in time; last: replayed: no SKU",
        "400 Oops (tried once more)",
        "replayed: ",
        "403 Not in your plan",
      ];
      for (const [n, reason] of said.entries())
        await db.query(
          `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, kind, subject, occurred_at, due_at, deadline_at, reason)
           VALUES ('a', 'tolinku', 'x', sha256($1::text::bytea), '${id}', 'order.placed', $1::text, now(), now() + interval '1 h', now() + interval '1 h', $2)`,
          [`${n}`, reason],
        );
      await db.query(
        "INSERT INTO webhook (shop, topic, webhook_id, state, reason) VALUES ('a', 't', '1', 'unreadable', 'The body is empty.')",
      );
      await db.query(`INSERT INTO alert (shop, connection_id, destination, kind, says, since, told_at)
        VALUES ('a', '${id}', 'tolinku', 'late', 'Tolinku is late', now(), now())`);
      await db.query(
        `INSERT INTO replay (shop, at, which, count) VALUES ('a', now(), '{"topic": "t", "reason": "The body is empty."}', 1)`,
      );
      await db.query(`INSERT INTO attempt (shop, destination, connection_id, epoch, channel, deliveries, messages, started_at, outcome)
        SELECT 'a', 'tolinku', '${id}', 1, 'commerce', '{1}', 1, now(), says FROM unnest(ARRAY['2 delivered, 1 refused', '3 skipped', '3 split', NULL]) AS says`);
      await run(database, migrations.slice(at));
      const reason = "jsonb_build_object('code', reason_code, 'values', reason_values) AS reason";
      const rows = await db.query<{ reason: { code: string; values: object }; held: string | null }>(
        `SELECT ${reason}, held_by AS held FROM delivery ORDER BY id`,
      );
      expect(asTold(rows).map((row) => row.reason)).toEqual(said);
      expect(rows.map(({ reason, held }) => [reason.code, held])).toEqual([
        ["waits_for_purchase", null],
        ["too_late_last", null],
        ["tried_once_more", null],
        ["replayed", null],
        ["as_told", "commerce"],
      ]);
      expect(await db.query("SELECT reason_code AS code FROM connection")).toEqual([{ code: "paused_by_merchant" }]);
      expect(await db.query("SELECT reason_code AS code FROM webhook")).toEqual([{ code: "body_empty" }]);
      expect(asTold(await db.query(`SELECT ${reason} FROM alert`))).toEqual([{ reason: "Tolinku is late" }]);
      expect(asTold(await db.query("SELECT paused_channels AS paused FROM lane"))).toEqual([
        { paused: { commerce: "403 Not in your plan" } },
      ]);
      expect(
        asTold(await db.query("SELECT which ->> 'topic' AS topic, which -> 'reason' AS reason FROM replay")),
      ).toEqual([{ topic: "t", reason: "The body is empty." }]);
      expect(await db.query("SELECT failed, split FROM attempt ORDER BY id")).toEqual([
        { failed: true, split: false },
        { failed: false, split: false },
        { failed: true, split: true },
        { failed: false, split: false },
      ]);
    } finally {
      await database.drop();
    }
  });
});
