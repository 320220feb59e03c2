// Adopts what a runner that died left open: what it was sending is in doubt.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { because, sqlSetCode, told } from "../reasons.ts";

const ADOPT = statement<never, [connectionId: string, epoch: string, now: Date, says: string]>("adopt-orphans")`
  WITH orphan AS (
    UPDATE attempt
    SET finished_at = $3, outcome = 'doubt', failed = true, answer = $4
    WHERE connection_id = $1 AND finished_at IS NULL AND epoch < $2
    RETURNING deliveries, started_at
  )
  UPDATE delivery d
  SET doubt_since = least(d.doubt_since, o.started_at), insisted = false, ${sqlSetCode("worker_ended")}
  FROM (
    SELECT unnest(deliveries) AS id, min(started_at) AS started_at
    FROM orphan
    GROUP BY 1
  ) AS o
  WHERE d.id = o.id AND d.state = 'due'`;

/**
 * Attempts whose runner died before the answer: what they carried is in doubt since they began.
 * Only the lane's new owner may say so; the old one cannot write any more.
 */
export async function adoptOrphans(sql: Sql, connectionId: string, epoch: string, now: Date): Promise<void> {
  await sql.query(ADOPT, [connectionId, epoch, now, told({ destinations: [] }, because("worker_ended"))]);
}
