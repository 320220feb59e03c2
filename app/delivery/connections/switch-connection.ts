// Switches a connection on, to a pause, or off; and disconnects it.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { NO_REASON, PAUSED_BY_MERCHANT, type RoadCode, sqlSetCode } from "../reasons.ts";
import type { Road } from "../road.ts";
import { NOT_SENT } from "../states.ts";
import { holdLanes } from "./lanes.ts";
import { noteChange } from "./record.ts";
import { forgetSecrets } from "./secret-prints.ts";

const HOLD = statement<{ state: string }, [shop: string, id: string]>("hold-connection-to-switch")`
  SELECT state
  FROM connection
  WHERE shop = $1 AND id = $2
  FOR UPDATE`;

const PAUSE = statement<{ destination: string }, [shop: string, id: string, now: Date]>("pause-connection")`
  UPDATE connection
  SET state = 'paused', ${sqlSetCode(PAUSED_BY_MERCHANT)}, changed_at = $3
  WHERE shop = $1 AND id = $2 AND state <> 'disconnected'
  RETURNING destination`;
const SWITCH = statement<{ destination: string }, [shop: string, id: string, state: "on" | "off", now: Date]>(
  "switch-connection",
)`
  UPDATE connection
  SET state = $3, ${NO_REASON}, changed_at = $4
  WHERE shop = $1 AND id = $2 AND state <> 'disconnected'
  RETURNING destination`;

type Who = Parameters<typeof noteChange>[1];
async function noteState(sql: Sql, who: Who, before: string, after: string): Promise<void> {
  if (before !== after) await noteChange(sql, who, [{ what: "state", before, after }]);
}

/** @param by the session token's user. on: what waits goes now. off: new events make no deliveries, and what is owed is skipped. */
export async function switchConnection(
  road: Road,
  shop: string,
  id: string,
  state: "on" | "paused" | "off",
  by: string | null = null,
): Promise<void> {
  const now = road.clock();
  const destination = await road.db.transaction(async (sql) => {
    const [was] = await sql.query(HOLD, [shop, id]);
    const [row] =
      state === "paused" ? await sql.query(PAUSE, [shop, id, now]) : await sql.query(SWITCH, [shop, id, state, now]);
    if (row && was) await noteState(sql, { shop, id, now, by }, was.state, state);
    if (row && state === "on") await resume(sql, id, now);
    if (row && state === "off") await skipOwed(sql, id, "switched_off", now);
    return row?.destination;
  });
  if (destination && state === "on") await road.bell.lanes([{ connectionId: id, destination }]);
}

const DISCONNECT = statement<{ id: string }, [shop: string, id: string, now: Date]>("disconnect-connection")`
  UPDATE connection
  SET state = 'disconnected', ${NO_REASON}, secrets = NULL, settings = '{}', changed_at = $3
  WHERE shop = $1 AND id = $2
  RETURNING id`;

/** Off, and the credentials are gone; the ledger's keys stay. */
export async function disconnectConnection(
  road: Road,
  shop: string,
  id: string,
  by: string | null = null,
): Promise<void> {
  const now = road.clock();
  await road.db.transaction(async (sql) => {
    const [was] = await sql.query(HOLD, [shop, id]);
    const rows = await sql.query(DISCONNECT, [shop, id, now]);
    if (rows.length === 0 || !was) return;
    await forgetSecrets(sql, shop, id);
    await noteState(sql, { shop, id, now, by }, was.state, "disconnected");
    await skipOwed(sql, id, "disconnected", now);
  });
}

const SKIP = statement<never, [connectionId: string, why: RoadCode, now: Date]>("skip-owed-deliveries")`
  UPDATE delivery
  SET state = ${NOT_SENT}, reason_code = $2, reason_values = '{}', settled_at = $3
  WHERE connection_id = $1 AND state = 'due'`;

export async function skipOwed(sql: Sql, connectionId: string, why: RoadCode, now: Date): Promise<void> {
  await holdLanes(sql, [connectionId]);
  await sql.query(SKIP, [connectionId, why, now]);
}

const FREE_LANE = statement<never, [id: string]>("free-lane")`
  UPDATE lane
  SET paused_channels = '{}', failures = 0, wake_at = NULL, held_until = NULL
  WHERE connection_id = $1`;
const DUE_NOW = statement<never, [id: string, now: Date]>("make-owed-due-now")`
  UPDATE delivery
  SET due_at = $2
  WHERE connection_id = $1 AND state = 'due' AND due_at > $2`;

/** What waited goes now. */
export async function resume(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query(FREE_LANE, [id]);
  await sql.query(DUE_NOW, [id, now]);
}
