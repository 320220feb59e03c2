// Writes down what requests there were and what became of their deliveries, in one statement each; nothing without the lane's lease.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { sqlSetReason } from "../reasons.ts";
import type { StateAfter } from "../states.ts";
import { type SentRequest, sentOf, sqlKeep } from "./keep-sent.ts";
import { holdLease, type Lease, LeaseLost } from "./lane.ts";

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
  /** By which attempt something was sent for it just now; null: by none. */
  attemptId: string | null;
}

export interface AttemptStart {
  shop: string;
  destination: string;
  channel: string;
  startedAt: Date;
  /** No delivery is in two of them. */
  requests: OpenRequest[];
}
interface OpenRequest {
  deliveries: string[];
  messages: number;
  /** Those that a person wants to be sent again; null: none. */
  insisted: string[] | null;
  /** Those of them that the vendor may have had already, and cannot tell. */
  twice: string[] | null;
}

const OPEN = statement<
  { id: string; first: string },
  [
    shop: string,
    destination: string,
    connectionId: string,
    epoch: string,
    channel: string,
    requests: string,
    startedAt: Date,
  ]
>("open-attempts")`
  INSERT INTO attempt (
    shop, destination, connection_id, epoch, channel, deliveries, messages, insisted, twice, started_at)
  SELECT $1, $2, l.connection_id, l.epoch, $5, r.deliveries, r.messages, r.insisted, r.twice, $7
  FROM lane l
  JOIN connection c ON c.id = l.connection_id
  CROSS JOIN jsonb_to_recordset($6::jsonb) AS r (
    number int, deliveries bigint[], messages int, insisted bigint[], twice bigint[])
  WHERE l.connection_id = $3 AND l.epoch = $4 AND c.state = 'on'
    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.id = ANY (r.deliveries) AND d.state <> 'due')
  ORDER BY r.number
  RETURNING id, deliveries[1]::text AS first`;

/**
 * Commits the traces of requests before they leave: under a lease, on a connection that is on, for what is still owed.
 * @returns for each its attempt's id; null where the connection or one of its deliveries was switched off meanwhile: it may not be sent. @throws LeaseLost
 */
export async function openAttempts(sql: Sql, lease: Lease, start: AttemptStart): Promise<(string | null)[]> {
  const requests = start.requests.map((request, number) => ({ number, ...request }));
  const rows = await sql.query(OPEN, [
    start.shop,
    start.destination,
    lease.connectionId,
    lease.epoch,
    start.channel,
    JSON.stringify(requests),
    start.startedAt,
  ]);
  if (rows.length === 0) await holdLease(sql, lease);
  const ids = new Map(rows.map(({ id, first }) => [first, id]));
  return requests.map(({ deliveries: [first] }) => ids.get(first ?? "") ?? null);
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
  /** null: no byte of its request left. */
  sent: SentRequest | null;
}

// Switched off while its request was under way: that it arrived, or may have, is the truth all the same.
const ANSWERED_LATE = `d.state = 'skipped' AND s."attemptId" IS NOT NULL
        AND (s.state = 'delivered' OR s."doubtSince" IS NOT NULL)`;

// The lane's row is held before anything is written: whoever switches off, books or erases meanwhile comes before all of it, or after.
// Which of its deliveries are settled stands in a CASE: by an OR the planner may read all that is due.
const SETTLE = statement<
  { held: number },
  [
    connectionId: string,
    epoch: string,
    now: Date,
    attempts: string,
    settlements: string,
    unsent: string[],
    attemptIds: string[],
    deliveryIds: string[],
    requests: string,
    texts: Buffer,
  ]
>("settle")`
  WITH held AS MATERIALIZED (
    SELECT shop
    FROM lane
    WHERE connection_id = $1 AND epoch = $2
    FOR NO KEY UPDATE
  ), ended AS (
    UPDATE attempt a
    SET finished_at = e."finishedAt", status = e.status, outcome = e.outcome, failed = e.failed, split = e.split,
      answer = e.answer
    FROM jsonb_to_recordset($4::jsonb) AS e (
      id bigint, "finishedAt" timestamptz, status int, outcome text, failed boolean, split boolean, answer text)
    WHERE EXISTS (SELECT FROM held) AND a.id = ANY ($7::bigint[]) AND a.id = e.id
  ), kept AS (${sqlKeep(9)}
  ), settled AS (
    UPDATE delivery d
    SET state = CASE WHEN d.state = 'skipped' AND s.state = 'due' THEN 'unknown' ELSE s.state END,
      ${sqlSetReason("s.reason")}, held_by = s."heldBy", already_had = s."alreadyHad",
      due_at = coalesce(s."dueAt", d.due_at), doubt_since = s."doubtSince", insisted = s.insisted, settled = s.settled,
      user_id = coalesce(s."userId", d.user_id), attempts = d.attempts + (s."attemptId" IS NOT NULL)::int,
      attempt_id = coalesce(s."attemptId", d.attempt_id),
      settled_at = CASE WHEN s.state = 'due' AND d.state = 'due' THEN NULL ELSE $3::timestamptz END
    FROM (
      SELECT *
      FROM jsonb_to_recordset($5::jsonb) AS s (
        id bigint, state text, reason jsonb, "heldBy" text, "alreadyHad" boolean, "dueAt" timestamptz,
        "doubtSince" timestamptz, insisted boolean, settled int[], "userId" text, "attemptId" bigint)
      ORDER BY id
    ) AS s
    WHERE EXISTS (SELECT FROM held) AND d.id = ANY ($8::bigint[]) AND d.id = s.id
      AND CASE WHEN d.state = 'due' THEN true ELSE ${ANSWERED_LATE} END
  ), taken_back AS (
    DELETE FROM attempt
    WHERE EXISTS (SELECT FROM held) AND id = ANY ($6::bigint[])
  )
  SELECT count(*)::int AS held
  FROM held`;

/**
 * The answers and all that follows from them, in one statement.
 * @param unsent attempts whose requests were not begun. @throws LeaseLost
 */
export async function settle(
  sql: Sql,
  lease: Lease,
  settlements: Settlement[],
  now: Date,
  attempts: AttemptEnd[] = [],
  unsent: string[] = [],
): Promise<void> {
  const [row] = await sql.query(SETTLE, [
    lease.connectionId,
    lease.epoch,
    now,
    keptJson(attempts.map(({ sent: _, ...end }) => end)),
    keptJson(settlements),
    unsent,
    attempts.map(({ id }) => id),
    settlements.map(({ id }) => id),
    ...sentOf(attempts),
  ]);
  if (row?.held !== 1) throw new LeaseLost(`another runner has the lane ${lease.connectionId}`);
}
