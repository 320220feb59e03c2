// Purchases that are due in one lane, each an event of its own and written as the normalizer writes them: the table's triggers keep counts and heads.
import type { Database } from "../../app/base/database.ts";
import { inCopy, ORDER_ID, patternsIn } from "./patterns.ts";

const EVENTS = `
  INSERT INTO event (shop, key, kind, subject, occurred_at, data, persons, webhook_id, created_at)
  SELECT e.shop, 'purchase:' || ${ORDER_ID}, e.kind, 'order:' || ${ORDER_ID}, clock_timestamp() + (n - $2) * interval '1 ms' / 100,
    (${inCopy("e.data::text")})::jsonb, e.persons, e.webhook_id, now()
  FROM generate_series($1::bigint, $2::bigint) AS n JOIN pattern p ON p.place = n % $3 JOIN event e ON e.id = p.event_id
  RETURNING id`;

const DELIVERIES = `
  INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, subject, occurred_at, due_at, deadline_at, worth, currency, created_at)
  SELECT c.shop, c.destination, c.account, sha256(convert_to(e.key, 'UTF8')), c.id, e.id, e.kind, 'due', e.subject, e.occurred_at, now(),
    now() + interval '20 h', (e.data #>> '{order,amounts,total}')::numeric, e.data #>> '{order,amounts,currency}', now()
  FROM event e JOIN connection c ON c.destination = $2 AND c.shop = e.shop WHERE e.id = ANY ($1::bigint[])`;

// Beyond the orders of a ledger.
let last = 10_000_000;

/** All of them are there at once. @param destination whose lane */
export async function fillBacklog(db: Database, destination: string, count: number): Promise<void> {
  const patterns = await patternsIn(db);
  const [from, to] = [last + 1, last + count];
  last = to;
  await db.transaction(async (sql) => {
    const events = await sql.query<{ id: string }>(EVENTS, [from, to, patterns]);
    await sql.query(DELIVERIES, [events.map(({ id }) => id), destination]);
  });
  // As autovacuum would have it by the time that so much waits.
  await db.query("ANALYZE event");
  await db.query("ANALYZE delivery");
}
