// Switches a connection on, to a pause, or off; and disconnects it.
import type { Sql } from "../../base/database.ts";
import { NO_REASON, type RoadCode, sqlSetCode } from "../reasons.ts";
import type { Road } from "../road.ts";
import { NOT_SENT } from "../states.ts";
import { holdLanes } from "./lanes.ts";

/** on: what waits goes now. off: new events make no deliveries, and what is owed is skipped. */
export async function switchConnection(
  road: Road,
  shop: string,
  id: string,
  state: "on" | "paused" | "off",
): Promise<void> {
  const now = road.clock();
  const destination = await road.db.transaction(async (sql) => {
    const [row] = await sql.query<{ destination: string }>(
      `UPDATE connection SET state = $3, ${state === "paused" ? sqlSetCode("paused_by_merchant") : NO_REASON}, changed_at = $4
       WHERE shop = $1 AND id = $2 AND state <> 'disconnected' RETURNING destination`,
      [shop, id, state, now],
    );
    if (row && state === "on") await resume(sql, id, now);
    if (row && state === "off") await skipOwed(sql, id, "switched_off", now);
    return row?.destination;
  });
  if (destination && state === "on") await road.bell.lanes([{ connectionId: id, destination }]);
}

/** Off, and the credentials are gone; the ledger's keys stay. */
export async function disconnectConnection(road: Road, shop: string, id: string): Promise<void> {
  const now = road.clock();
  await road.db.transaction(async (sql) => {
    const rows = await sql.query(
      `UPDATE connection SET state = 'disconnected', ${NO_REASON}, secrets = NULL, settings = '{}', changed_at = $3
       WHERE shop = $1 AND id = $2 RETURNING 1`,
      [shop, id, now],
    );
    if (rows.length > 0) await skipOwed(sql, id, "disconnected", now);
  });
}

export async function skipOwed(sql: Sql, connectionId: string, why: RoadCode, now: Date): Promise<void> {
  await holdLanes(sql, "connection_id = ANY ($1)", [connectionId]);
  await sql.query(
    `UPDATE delivery SET state = ${NOT_SENT}, ${sqlSetCode(why)}, settled_at = $2 WHERE connection_id = $1 AND state = 'due'`,
    [connectionId, now],
  );
}

/** What waited goes now. */
export async function resume(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query(
    "UPDATE lane SET paused_channels = '{}', failures = 0, wake_at = NULL, held_until = NULL WHERE connection_id = $1",
    [id],
  );
  await sql.query("UPDATE delivery SET due_at = $2 WHERE connection_id = $1 AND state = 'due' AND due_at > $2", [
    id,
    now,
  ]);
}
