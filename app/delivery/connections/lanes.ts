// Holds lanes still: nothing of them is booked, settled or ended by anybody else before the transaction ends.
import type { Sql } from "../../base/database.ts";

/**
 * Taken before a delivery's row by whoever makes deliveries due or ends some: two who do not wait for each other could leave a subject
 * without a head (see the migration 0013_lanes), or lock each other out.
 * @param which SQL on a row of `lane`, about the parameter $1.
 */
export async function holdLanes(
  sql: Sql,
  which: "connection_id = ANY ($1)" | "shop = $1",
  value: unknown,
): Promise<void> {
  await sql.query(`SELECT 1 FROM lane WHERE ${which} ORDER BY connection_id FOR NO KEY UPDATE`, [value]);
}
