// The counts that metrics and pages are read from: kept by triggers, in the transaction of the change.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const query = (text: string) => database.db.query(text);
const kept = () =>
  query(
    "SELECT connection_id, destination, state, count, purchases, had, dismissed FROM delivery_count WHERE count <> 0 ORDER BY 1, 3",
  );
const counted = () =>
  query(
    `SELECT connection_id, destination, state, count(*), count(worth) AS purchases, count(worth) FILTER (WHERE already_had) AS had,
       count(dismissed_at) AS dismissed
     FROM delivery GROUP BY 1, 2, 3 ORDER BY 1, 3`,
  );
const LOST = "state IN ('refused', 'expired', 'unknown')";
const rows = async (text: string) => (await query(text)).map((row) => JSON.stringify(row)).sort();
/** What is kept for the pages, and the same counted from the deliveries. */
const keptForPages = async () => [
  await rows(
    "SELECT connection_id, hour, currency, delivered, lost, worth::float FROM delivery_hour WHERE delivered + lost <> 0",
  ),
  await rows("SELECT connection_id, currency, worth::float FROM due_worth WHERE worth <> 0"),
  await rows("SELECT connection_id, state, reason_key, currency, count, orders, worth::float FROM attention_count"),
];
const countedForPages = async () => [
  await rows(`SELECT connection_id, date_trunc('hour', settled_at, 'UTC') AS hour, coalesce(currency, '') AS currency,
      count(*) FILTER (WHERE state = 'delivered') AS delivered, count(*) FILTER (WHERE ${LOST}) AS lost,
      coalesce(sum(worth) FILTER (WHERE state = 'delivered'), 0)::float AS worth
    FROM delivery WHERE state = 'delivered' OR ${LOST} GROUP BY 1, 2, 3`),
  await rows(
    "SELECT connection_id, currency, sum(worth)::float AS worth FROM delivery WHERE state = 'due' AND worth > 0 GROUP BY 1, 2",
  ),
  await rows(`SELECT connection_id, state, reason_key(reason_code, reason_values), coalesce(currency, '') AS currency, count(*),
      count(worth) AS orders, coalesce(sum(worth), 0)::float AS worth
    FROM delivery WHERE ${LOST} AND dismissed_at IS NULL GROUP BY 1, 2, 3, 4`),
];
const webhooks = () => query("SELECT state, count FROM webhook_count WHERE count <> 0 ORDER BY 1");

const LANES = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
const owe = (deliveries: number) =>
  query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, kind, subject, occurred_at, due_at, deadline_at, worth, currency)
     SELECT 'a', 'd' || lane, 'x', sha256((lane || '/' || n)::text::bytea), ('{${LANES}}'::uuid[])[lane], 'k', 's', now(), now(), now(), CASE WHEN n % 3 > 0 THEN 9.99 END, CASE n % 3 WHEN 1 THEN 'EUR' WHEN 2 THEN 'SEK' END
     FROM generate_series(1, 2) lane, generate_series(1, ${deliveries}) n`,
  );

test("deliveries are counted by connection and state, and the purchases among them, through every change", async () => {
  await owe(5);
  expect(await kept()).toEqual(await counted());
  await query("UPDATE delivery SET state = CASE WHEN id % 2 = 0 THEN 'delivered' ELSE 'refused' END WHERE id > 3");
  expect(await kept()).toEqual(await counted());
  await query("UPDATE delivery SET state = 'delivered', already_had = true WHERE id IN (1, 2, 3)");
  await query("UPDATE delivery SET already_had = false WHERE id = 2");
  expect(await kept()).toEqual(await counted());
  await query("UPDATE delivery SET attempts = attempts + 1");
  expect(await kept()).toEqual(await counted());
  await query(`UPDATE delivery SET connection_id = '${LANES[0]}', destination = 'd1' WHERE state = 'due'`);
  await query("DELETE FROM delivery WHERE id IN (1, 4, 9)");
  expect(await kept()).toEqual(await counted());
});

test("what ended in each hour, what the due ones are worth and what needs a person are kept through every change", async () => {
  const because = (words: string) => `reason_code = 'vendor_said', reason_values = '{"words": "${words}"}'`;
  const same = async () => expect(await keptForPages()).toEqual(await countedForPages());
  await owe(9);
  await same();
  await query("UPDATE delivery SET state = 'delivered', settled_at = now() - id % 3 * interval '1 hour' WHERE id <= 6");
  await query(
    `UPDATE delivery SET state = 'refused', settled_at = now(), ${because("400 no at 2026-11-01T10:00:00.000Z")} WHERE id IN (7, 8)`,
  );
  await query(
    `UPDATE delivery SET state = 'refused', settled_at = now(), ${because("400 no at 2026-11-02T10:00:00.000Z")} WHERE id IN (9, 10)`,
  );
  await query("UPDATE delivery SET state = 'unknown', settled_at = now() WHERE id IN (11, 12)");
  await same();
  expect((await query("SELECT DISTINCT reason_key FROM attention_count")).length).toBe(2);
  await query("UPDATE delivery SET dismissed_at = now() WHERE id IN (7, 11)");
  expect(await kept()).toEqual(await counted());
  await same();
  await query("UPDATE delivery SET state = 'due', settled_at = NULL WHERE id IN (8, 1)");
  await query(`UPDATE delivery SET ${because("500 other")} WHERE id = 9`);
  await same();
  await query("UPDATE delivery SET dismissed_at = NULL");
  await query("DELETE FROM delivery WHERE id IN (2, 9, 12)");
  await query(`INSERT INTO delivery (shop, destination, account, key_hash, connection_id, kind, subject, occurred_at, due_at, deadline_at, state, settled_at)
    VALUES ('a', 'd1', 'x', 'k', '${LANES[0]}', 'k', 's', now(), now(), now(), 'expired', now())`);
  await same();
  await query("UPDATE delivery SET state = 'delivered', settled_at = now()");
  await same();
  expect(await query("SELECT * FROM attention_count")).toEqual([]);
});

test("what needs a person is counted anew where its groups become others", async () => {
  await owe(9);
  await query(
    "UPDATE delivery SET state = 'refused', settled_at = now(), reason_code = 'vendor_said', reason_values = jsonb_build_object('words', '400 no order ' || id)",
  );
  await query("UPDATE attention_count SET reason_key = md5(reason_key)");
  const migration = new URL("../../prisma/migrations/0039_reasons_without_numbers/migration.sql", import.meta.url);
  await query(readFileSync(migration, "utf8"));
  expect(await keptForPages()).toEqual(await countedForPages());
  expect(await query("SELECT DISTINCT reason_key FROM attention_count")).toHaveLength(1);
});

test("a transaction that is rolled back leaves no count", async () => {
  await expect(
    database.db.transaction(async (sql) => {
      await sql.query("INSERT INTO webhook (shop, topic, webhook_id) VALUES ('a', 't', '1')");
      await sql.query("UPDATE webhook SET state = 'ignored'");
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await webhooks()).toEqual([]);
});

test("webhooks stay counted as what they became when they are deleted, and not while they are received", async () => {
  await query("INSERT INTO webhook (shop, topic, webhook_id) SELECT 'a', 't', n::text FROM generate_series(1, 6) n");
  expect(await webhooks()).toEqual([]);
  await query("UPDATE webhook SET state = 'waiting' WHERE id <= 3");
  await query("UPDATE webhook SET state = 'normalized' WHERE id IN (1, 6)");
  await query("UPDATE webhook SET state = 'received' WHERE id = 2");
  const expected = [
    { state: "normalized", count: "2" },
    { state: "waiting", count: "1" },
  ];
  expect(await webhooks()).toEqual(expected);
  await query("DELETE FROM webhook");
  expect(await webhooks()).toEqual(expected);
});

test("a state that is no word of ours is refused", async () => {
  await owe(1);
  await expect(query("UPDATE delivery SET state = 'sent'")).rejects.toThrow("delivery_state_check");
});

test("many at once on the same connections wait for each other and lock nobody out", async () => {
  await owe(40);
  const turns = Array.from({ length: 40 }, (_, n) =>
    query(`UPDATE delivery SET state = 'delivered' WHERE id IN (${n + 1}, ${80 - n})`),
  );
  await Promise.all(turns);
  expect(await kept()).toEqual(await counted());
});
