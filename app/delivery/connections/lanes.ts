// Holds lanes still: nothing of them is booked, settled or ended by anybody else before the transaction ends.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";

const HOLD = statement<{ id: string }, [connectionIds: string[]]>("hold-lanes")`
  SELECT connection_id AS id
  FROM lane
  WHERE connection_id = ANY ($1)
  ORDER BY connection_id
  FOR NO KEY UPDATE`;
const HOLD_ALL = statement<{ id: string }, [shop: string]>("hold-lanes-of-shop")`
  SELECT connection_id AS id
  FROM lane
  WHERE shop = $1
  ORDER BY connection_id
  FOR NO KEY UPDATE`;

/**
 * Taken before a delivery's row by whoever makes deliveries due or ends some: two who do not wait for each other could leave a subject
 * without a head (see the migration 0013_lanes), or lock each other out.
 */
export async function holdLanes(sql: Sql, connectionIds: string[]): Promise<void> {
  await sql.query(HOLD, [connectionIds]);
}

export async function holdLanesOf(sql: Sql, shop: string): Promise<void> {
  await sql.query(HOLD_ALL, [shop]);
}
