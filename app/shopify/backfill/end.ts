// The end of a backfill, and its pauses: by the merchant, by itself, or because its connection is off.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { holdLanes } from "../../delivery/connections/lanes.ts";
import { type BackfillState, OPEN } from "../../delivery/normalize/open-backfills.ts";
import { sqlSetCode } from "../../delivery/reasons.ts";
import type { Road } from "../../delivery/road.ts";
import { NOT_SENT } from "../../delivery/states.ts";

type Over = Extract<BackfillState, "done" | "cancelled" | "failed">;

const END = statement<
  { connectionId: string },
  [shop: string, id: string, state: Over, reason: string | null, now: Date]
>("end-backfill")`
  UPDATE backfill
  SET state = $3, reason_code = $4::jsonb ->> 'code', reason_values = $4::jsonb -> 'values', ended_at = $5,
    operation = CASE WHEN $3 = 'cancelled' AND NOT file_read THEN operation END, look_at = $5, tries = 0,
    owner = NULL, owner_until = NULL
  WHERE shop = $1 AND id::text = $2 AND state IN ${OPEN}
  RETURNING connection_id AS "connectionId"`;
const DROP_LINES = statement<never, [id: string]>("drop-backfill-lines")`
  DELETE FROM backfill_line
  WHERE backfill_id = $1`;
const SKIP = statement<never, [id: string, now: Date]>("skip-owed-by-backfill")`
  UPDATE delivery
  SET state = ${NOT_SENT}, ${sqlSetCode("backfill_cancelled")}, settled_at = $2
  WHERE backfill_id = $1 AND state = 'due' AND later`;

/** What of one that was cancelled or failed waits in its lane is not sent; what was sent stays. @returns false: it had ended before. */
export async function end(
  road: Pick<Road, "db" | "clock">,
  shop: string,
  id: string,
  state: Over,
  reason: Reason | null = null,
): Promise<boolean> {
  return road.db.transaction(async (sql) => {
    const [ended] = await sql.query(END, [shop, id, state, reason && keptJson(reason), road.clock()]);
    if (!ended) return false;
    await dropLines(sql, id);
    if (state === "cancelled") {
      await holdLanes(sql, [ended.connectionId]);
      await sql.query(SKIP, [id, road.clock()]);
    }
    return true;
  });
}

/** The merchant does not want it any more. */
export const cancel = (road: Pick<Road, "db" | "clock">, shop: string, id: string) => end(road, shop, id, "cancelled");

export async function dropLines(sql: Sql, id: string): Promise<void> {
  await sql.query(DROP_LINES, [id]);
}

const PAUSE = statement<{ id: string }, [shop: string, id: string]>("pause-backfill")`
  UPDATE backfill
  SET state = 'paused', reason_code = NULL, reason_values = NULL, owner = NULL, owner_until = NULL
  WHERE shop = $1 AND id::text = $2 AND state IN ('planned', 'running')
  RETURNING id`;
const RESUME = statement<{ id: string }, [shop: string, id: string, now: Date]>("resume-backfill")`
  UPDATE backfill
  SET state = 'planned', look_at = $3, tries = 0
  WHERE shop = $1 AND id::text = $2 AND state = 'paused'
  RETURNING id`;

/** What is in its lane already goes on. */
export async function pause(road: Pick<Road, "db">, shop: string, id: string): Promise<boolean> {
  return (await road.db.query(PAUSE, [shop, id])).length > 0;
}

/** It goes on where it was, once no other of the shop runs. */
export async function resume(road: Pick<Road, "db" | "clock">, shop: string, id: string): Promise<boolean> {
  return (await road.db.query(RESUME, [shop, id, road.clock()])).length > 0;
}
