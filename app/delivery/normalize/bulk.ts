// The end of a bulk operation was told: the backfill that waits for it looks at once.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Reading } from "../../events/reading.ts";

const LOOK = statement<never, [shop: string, operations: string[], now: Date]>("look-at-ended-operations")`
  UPDATE backfill
  SET look_at = $3
  WHERE shop = $1 AND operation = ANY ($2) AND state = 'running' AND look_at > $3`;

export async function endBulk(sql: Sql, shop: string, readings: Reading[], now: Date): Promise<void> {
  const ended = readings.flatMap((reading) => (reading.is === "bulk ended" ? [reading.operation] : []));
  if (ended.length > 0) await sql.query(LOOK, [shop, ended, now]);
}
