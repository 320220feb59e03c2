// Writes down what an attempt was and what became of its deliveries; nothing without the lane's lease.
import type { Database, Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import { sqlSetReason } from "../reasons.ts";
import type { StateAfter } from "../states.ts";
import { holdLease, type Lease } from "./lane.ts";

/** What becomes of one delivery. */
export interface Settlement {
  id: string;
  /** "due": it stays owed. */
  state: "due" | StateAfter<"outcome">;
  reason: Reason | null;
  /** The paused channel that it waits for; null: none. */
  heldBy: string | null;
  alreadyHad: boolean;
  dueAt: Date | null;
  /** When the first attempt began whose answer is missing; null: no doubt. */
  doubtSince: Date | null;
  insisted: boolean;
  /** Numbers of all of its messages that are settled. */
  settled: number[];
  userId: string | null;
  /** Was something sent for it just now? */
  attempted: boolean;
}

export interface AttemptStart {
  shop: string;
  destination: string;
  channel: string;
  deliveries: string[];
  messages: number;
  startedAt: Date;
}

/**
 * Commits the trace of a request before it leaves: under a lease that outlives the request, on a connection that is on, for what is still owed.
 * @returns the attempt's id; null where the connection or one of the deliveries was switched off meanwhile: nothing may be sent. @throws LeaseLost
 */
export async function openAttempt(db: Database, lease: Lease, start: AttemptStart): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    `INSERT INTO attempt (shop, destination, connection_id, epoch, channel, deliveries, messages, started_at)
     SELECT $1, $2, l.connection_id, l.epoch, $5, $6::bigint[], $7, $8 FROM lane l JOIN connection c ON c.id = l.connection_id
     WHERE l.connection_id = $3 AND l.epoch = $4 AND c.state = 'on'
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.id = ANY ($6::bigint[]) AND d.state <> 'due')
     RETURNING id`,
    [
      start.shop,
      start.destination,
      lease.connectionId,
      lease.epoch,
      start.channel,
      start.deliveries,
      start.messages,
      start.startedAt,
    ],
  );
  if (!row) await holdLease(db, lease);
  return row?.id ?? null;
}

export interface AttemptEnd {
  id: string;
  finishedAt: Date;
  status: number | null;
  outcome: string;
  /** Not all of it was delivered or rightly left out. */
  failed: boolean;
  /** It was refused as a whole. */
  split: boolean;
  answer: string | null;
}

/** The answer and all that follows from it, in one transaction. @throws LeaseLost */
export async function settle(
  db: Database,
  lease: Lease,
  settlements: Settlement[],
  now: Date,
  attempt: AttemptEnd | null,
): Promise<void> {
  await db.transaction(async (sql) => {
    await holdLease(sql, lease);
    if (attempt) {
      await sql.query(
        "UPDATE attempt SET finished_at = $2, status = $3, outcome = $4, failed = $5, split = $6, answer = $7 WHERE id = $1",
        [
          attempt.id,
          attempt.finishedAt,
          attempt.status,
          attempt.outcome,
          attempt.failed,
          attempt.split,
          attempt.answer,
        ],
      );
    }
    await write(sql, settlements, now, attempt?.id ?? null);
  });
}

// Switched off while its request was under way: that it arrived, or may have, is the truth all the same.
const ANSWERED_LATE = `d.state = 'skipped' AND s.attempted AND (s.state = 'delivered' OR s."doubtSince" IS NOT NULL)`;

async function write(sql: Sql, settlements: Settlement[], now: Date, attemptId: string | null): Promise<void> {
  if (settlements.length === 0) return;
  await sql.query(
    `UPDATE delivery d SET state = CASE WHEN d.state = 'skipped' AND s.state = 'due' THEN 'unknown' ELSE s.state END, ${sqlSetReason("s.reason")}, held_by = s."heldBy", already_had = s."alreadyHad",
       due_at = coalesce(s."dueAt", d.due_at), doubt_since = s."doubtSince", insisted = s.insisted, settled = s.settled,
       user_id = coalesce(s."userId", d.user_id), attempts = d.attempts + s.attempted::int,
       attempt_id = coalesce($3, d.attempt_id), settled_at = CASE WHEN s.state = 'due' AND d.state = 'due' THEN NULL ELSE $2::timestamptz END
     FROM (SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(id bigint, state text, reason jsonb, "heldBy" text, "alreadyHad" boolean,
       "dueAt" timestamptz, "doubtSince" timestamptz, insisted boolean, settled int[], "userId" text, attempted boolean) ORDER BY id) AS s
     WHERE d.id = s.id AND (d.state = 'due' OR ${ANSWERED_LATE})`,
    [keptJson(settlements), now, attemptId],
  );
}
