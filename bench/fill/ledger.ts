// Orders that were delivered to three vendors long ago, as the road and the retention leave them: spread over 900 days, bodies for the last 30,
// the events' data for the last 90. The triggers are off and the indexes are made afterwards, so the counts are written here.
import { type Database, openDatabase } from "../../app/base/database.ts";
import { inCopy, keysOfBuyer, ORDER_ID, ofBuyer, patternsIn } from "./patterns.ts";

const DAYS = 900;
const BODIES = 30;
const DATA = 90;
const AT_ONCE = 10_000;
const COPIED = ["webhook", "event", "delivery", "snapshot", "high_water"];
const TABLES = [...COPIED, "attempt"];
/** How many one request took. */
const BATCH: Record<string, number> = { shopipixel: 50, tolinku: 100, shopimind: 50 };

// $1 and $2: the copies; $3: how many patterns; $4: how many copies in all; $5: the first webhook's and event's number, less one.
const AGE = `((1 - n::float8 / $4) * interval '${DAYS} days')`;
const AT = `(now() - ${AGE})`;
const COPIES = `generate_series($1::bigint, $2::bigint) AS n JOIN pattern p ON p.place = n % $3`;
const younger = (days: number) => `${AGE} < interval '${days} days'`;

const WEBHOOKS = `
  INSERT INTO webhook (id, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, body, state, normalized_at)
  SELECT $5 + n, w.shop, w.topic, md5('webhook' || n)::uuid::text, md5('event' || n)::uuid::text, w.api_version, ${AT}, ${AT},
    CASE WHEN ${younger(BODIES)} THEN w.body END, 'normalized', ${AT}
  FROM ${COPIES} JOIN pattern_webhook w ON w.id = p.webhook_id`;

const EVENTS = `
  INSERT INTO event (id, shop, key, kind, subject, occurred_at, version, data, persons, webhook_id, created_at)
  SELECT 2 * ($5 + n) + (e.kind = 'order.updated')::int, e.shop, replace(e.key, p.order_id, ${ORDER_ID}), e.kind, 'order:' || ${ORDER_ID}, ${AT}, e.version,
    CASE WHEN ${younger(DATA)} THEN jsonb_set((${ofBuyer(inCopy("e.data::text"))})::jsonb, '{order,name}', to_jsonb('#' || n)) END, CASE WHEN ${younger(DATA)} THEN ${keysOfBuyer("e.persons")} END, $5 + n, ${AT}
  FROM ${COPIES} JOIN pattern_event e ON e.webhook_id = p.webhook_id AND e.kind IN ('order.placed', 'order.updated')`;

const DELIVERIES = `
  INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, subject, occurred_at, version, due_at,
    deadline_at, attempts, attempt_id, settled, user_id, worth, currency, created_at, settled_at)
  SELECT d.shop, d.destination, d.account, sha256(convert_to(replace(e.key, p.order_id, ${ORDER_ID}), 'UTF8')), d.connection_id,
    2 * ($5 + n) + (e.kind = 'order.updated')::int, d.kind, 'delivered', 'order:' || ${ORDER_ID}, ${AT}, d.version, ${AT}, ${AT} + interval '1 day',
    1, NULL, d.settled, d.user_id, d.worth, d.currency, ${AT}, ${AT}
  FROM ${COPIES} JOIN pattern_event e ON e.webhook_id = p.webhook_id JOIN pattern_delivery d ON d.event_id = e.id AND d.destination = ANY ($6) AND d.kind LIKE 'order.%'`;

const SNAPSHOTS = `
  INSERT INTO snapshot (shop, kind, id, version, data, persons, expires_at)
  SELECT s.shop, s.kind, ${inCopy("s.id")}, s.version, s.data, s.persons, ${AT} + (s.expires_at - now())
  FROM ${COPIES} JOIN pattern_snapshot s ON (s.kind = 'account' AND s.id = p.order_id)
    OR (${younger(BODIES)} AND s.kind IN ('visitor', 'bought') AND s.id IN ('checkout:' || p.checkout, 'cart:' || p.cart))`;

const HIGH_WATER = `
  INSERT INTO high_water (connection_id, subject, version)
  SELECT h.connection_id, 'order:' || ${ORDER_ID}, h.version FROM ${COPIES} JOIN pattern_high_water h ON h.subject = 'order:' || p.order_id`;

// Attempts are kept for 30 days.
const ATTEMPTS = `
  WITH made AS (
    INSERT INTO attempt (shop, destination, connection_id, epoch, channel, deliveries, messages, started_at, finished_at, status, outcome, answer)
    SELECT min(shop), min(destination), connection_id, 1, min(channel), array_agg(id ORDER BY id), count(*), min(settled_at), min(settled_at), 200, count(*) || ' delivered', '{}'
    FROM (SELECT d.*, a.channel, row_number() OVER (PARTITION BY d.connection_id ORDER BY d.id) AS place FROM delivery d
      CROSS JOIN LATERAL (SELECT channel FROM attempt o WHERE o.connection_id = d.connection_id LIMIT 1) AS a
      WHERE d.destination = $1 AND d.attempt_id IS NULL AND d.state = 'delivered' AND d.settled_at > now() - interval '30 days') AS d
    GROUP BY connection_id, (place - 1) / $2 RETURNING id, deliveries)
  UPDATE delivery d SET attempt_id = m.id FROM (SELECT id, unnest(deliveries) AS delivery FROM made) AS m WHERE d.id = m.delivery`;

const COUNTS = `
  INSERT INTO delivery_count AS kept (connection_id, destination, state, count, purchases)
  SELECT id, destination, 'delivered', $1::bigint, CASE WHEN destination = 'shopimind' THEN 0 ELSE $1::bigint END FROM connection WHERE destination = ANY ($2)
  ON CONFLICT (connection_id, state) DO UPDATE SET count = kept.count + excluded.count, purchases = kept.purchases + excluded.purchases`;
const HOURS = `
  INSERT INTO delivery_hour AS kept (connection_id, hour, currency, delivered, lost, worth)
  SELECT connection_id, date_trunc('hour', settled_at, 'UTC'), coalesce(currency, ''), count(*), 0, coalesce(sum(worth), 0)
  FROM delivery WHERE state = 'delivered' AND settled_at > now() - interval '8 days' GROUP BY 1, 2, 3
  ON CONFLICT (connection_id, hour, currency) DO UPDATE SET delivered = excluded.delivered, worth = excluded.worth`;
const WEBHOOK_COUNT = "UPDATE webhook_count SET count = count + $1 WHERE state = 'normalized'";

/** Beyond every number of the patterns. */
const BASE = 1_000_000;

async function copy(db: Database, copies: number[], count: number): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.query("SET LOCAL session_replication_role = replica");
    await sql.query("SET LOCAL synchronous_commit = off");
    await sql.query(WEBHOOKS, [...copies, count, BASE]);
    await sql.query(EVENTS, [...copies, count, BASE]);
    await sql.query(DELIVERIES, [...copies, count, BASE, Object.keys(BATCH)]);
    await sql.query(SNAPSHOTS, [...copies, count]);
    await sql.query(HIGH_WATER, copies);
  });
}

/**
 * @param url the database's
 * @param days over how many days the orders spread
 */
export async function fillLedger({ url }: { url: string }, count: number, days = DAYS): Promise<void> {
  // Its statements take as long as they take.
  const db = openDatabase(url, { size: 2, timeout: 0 });
  await fill(db, count, Math.round((count * DAYS) / days));
  await db.end();
}

/** @param last the number of the last copy: of so many in all the days only the last `count` are made. */
async function fill(db: Database, count: number, last: number): Promise<void> {
  const patterns = await patternsIn(db);
  // What is copied is looked for among the patterns alone, however much there is by then.
  for (const table of COPIED) await db.query(`CREATE TABLE pattern_${table} AS TABLE ${table}`);
  const indexes = await dropIndexes(db);
  let next = last - count + 1;
  const work = async () => {
    for (let from = next; from <= last; from = next) {
      next += AT_ONCE;
      await copy(db, [from, Math.min(last, from + AT_ONCE - 1), patterns], last);
    }
  };
  await Promise.all([work(), work()]); // a core each
  await db.transaction(async (sql) => {
    await sql.query("SET LOCAL session_replication_role = replica");
    await sql.query("SET LOCAL maintenance_work_mem = '512MB'");
    for (const [slug, batch] of Object.entries(BATCH)) await sql.query(ATTEMPTS, [slug, batch]);
    await sql.query(COUNTS, [count, Object.keys(BATCH)]);
    await sql.query(HOURS);
    await sql.query(WEBHOOK_COUNT, [count]);
    await sql.query("SELECT setval('webhook_id_seq', max(id)) FROM webhook");
    await sql.query("SELECT setval('event_id_seq', max(id)) FROM event");
    for (const index of indexes) await sql.query(index);
  });
  for (const table of TABLES) await db.query(`VACUUM ANALYZE ${table}`);
}

/** @returns what makes them again. A key that a constraint stands for stays. */
async function dropIndexes(db: Database): Promise<string[]> {
  const all = await db.query<{ name: string; makes: string }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS makes FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
    [TABLES],
  );
  for (const { name } of all) await db.query(`DROP INDEX "${name}"`);
  return all.map(({ makes }) => makes);
}
