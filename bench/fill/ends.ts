// What became otherwise of some deliveries of a full ledger: skipped, refused, expired, unknown, and owed by a connection that is paused.
import { openDatabase } from "../../app/base/database.ts";

/** So many in a thousand, and a reason of its own for each of so many sayings. */
const ENDS = [
  {
    state: "skipped",
    code: "no_consent",
    values: `{"purpose": {"code": "purpose_marketing", "values": {}}}`,
    from: 0,
    to: 39,
    sayings: 1,
  },
  { state: "skipped", code: "point_of_sale", values: "{}", from: 40, to: 59, sayings: 1 },
  {
    state: "refused",
    code: "vendor_said",
    values: `{"words": "422 no such item SAID"}`,
    from: 60,
    to: 69,
    sayings: 300,
  },
  { state: "expired", code: "no_answer_within", values: `{"seconds": "10"}`, from: 70, to: 72, sayings: 1 },
  { state: "unknown", code: "connection_broke", values: "{}", from: 73, to: 74, sayings: 1 },
];

const END = `
  UPDATE delivery d
  SET state = e.state, reason_code = e.code, reason_values = replace(e.values, 'SAID', (d.id % e.sayings)::text)::jsonb
  FROM jsonb_to_recordset($1) AS e (state text, code text, "values" text, "from" int, "to" int, sayings int)
  WHERE d.id % 1000 BETWEEN e.from AND e.to AND d.state = 'delivered'`;
const PAUSE =
  "UPDATE connection SET state = 'paused', reason_code = 'paused_by_merchant', reason_values = '{}' WHERE destination = $1";
const OWE = `
  UPDATE delivery SET state = 'due', settled_at = NULL, attempt_id = NULL, attempts = 0, due_at = now(), deadline_at = now() + interval '1 day'
  WHERE id IN (SELECT d.id FROM delivery d JOIN connection c ON c.id = d.connection_id
    WHERE c.destination = $1 AND d.state = 'delivered' ORDER BY d.settled_at DESC LIMIT $2)`;

/**
 * The table's triggers count it.
 * @param url the database's
 * @param paused whose connection is paused, with its youngest `owed` deliveries before it
 */
export async function endOtherwise({ url }: { url: string }, paused: string, owed: number): Promise<void> {
  const db = openDatabase(url, { size: 1, timeout: 0 });
  await db.query(END, [JSON.stringify(ENDS)]);
  await db.query(PAUSE, [paused]);
  await db.query(OWE, [paused, owed]);
  await db.query("VACUUM ANALYZE delivery");
  await db.end();
}
