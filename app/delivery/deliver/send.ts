// Sends one batch: an attempt is written down, one request leaves, and what came back settles its deliveries.

import type { Sql } from "../../base/database.ts";
import type { Outcome } from "../../destinations/destination.ts";
import { usedUp } from "../../destinations/http.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import type { Road } from "../road.ts";
import { ask } from "./ask.ts";
import { backOff, keepLease, type Lease, LeaseLost } from "./lane.ts";
import { openAttempt, type Settlement, settle } from "./settle.ts";
import { CANNOT_TELL, type Piece, unchanged } from "./work.ts";

/** What a batch means for the lane as a whole. */
export type Verdict =
  /** `rest`: in so many milliseconds the vendor takes more; until then its limit is used up. */
  | { is: "go on"; rest?: number | undefined }
  | { is: "split" }
  /** Nothing was sent: the connection, or something of the batch, was switched off meanwhile. */
  | { is: "stop" }
  /** The vendor is ill or busy: not before `after` milliseconds. `ill`: it failed as a whole (a 5xx, no answer), which may be so for all shops. */
  | { is: "back off"; after: number; ill?: boolean }
  | { is: "pause"; scope: "channel" | "connection"; reason: string };

export async function sendBatch(
  road: Road,
  lease: Lease,
  connection: OpenConnection,
  channel: string,
  pieces: Piece[],
): Promise<Verdict> {
  const startedAt = road.clock();
  const attempt = await openAttempt(road.db, lease, {
    shop: connection.shop,
    destination: connection.sheet.slug,
    channel,
    deliveries: [...new Set(pieces.map(({ delivery }) => delivery.id))],
    messages: pieces.length,
    startedAt,
  });
  if (attempt === null) return { is: "stop" };
  // Writing down may have taken long; what is written down and never sent is in doubt for the lane's next owner.
  await keepLease(road.db, lease);
  const { outcomes, answer, words } = await ask(connection, channel, pieces);
  const now = road.clock();
  const verdict = verdictOf(outcomes, !answer || answer.status >= 500);
  const settlements = settlementsOf({ pieces, outcomes, connection, channel, startedAt, now, verdict });
  await persist(lease, () =>
    settle(road.db, lease, settlements, now, {
      id: attempt,
      finishedAt: now,
      status: answer?.status ?? null,
      outcome: summary(outcomes),
      answer: words,
    }),
  );
  if (answer && connection.sheet.warns) await keepWarning(road.db, lease, connection.sheet.warns(answer));
  return verdict.is === "go on" && answer ? { ...verdict, rest: usedUp(answer) } : verdict;
}

/** Shown, and told as an alert, for as long as the vendor says so. */
async function keepWarning(sql: Sql, lease: Lease, warning: string | null): Promise<void> {
  await sql.query(
    "UPDATE lane SET warning = $3 WHERE connection_id = $1 AND epoch = $2 AND warning IS DISTINCT FROM $3::text",
    [lease.connectionId, lease.epoch, warning],
  );
}

function verdictOf(outcomes: Outcome[], ill: boolean): Verdict {
  const pause = outcomes.find((outcome) => outcome.is === "pause");
  if (pause) return { is: "pause", scope: pause.scope, reason: pause.reason };
  if (outcomes.length > 1 && outcomes.every(({ is }) => is === "split")) return { is: "split" };
  if (outcomes.every(({ is }) => is === "retry" || is === "doubt")) {
    return {
      is: "back off",
      ill,
      after: Math.max(0, ...outcomes.map((outcome) => ("after" in outcome && outcome.after) || 0)),
    };
  }
  return { is: "go on" };
}

/** The end of the reason of what is tried once more. */
const ONCE_MORE = " (tried once more)";

interface Batch {
  pieces: Piece[];
  outcomes: Outcome[];
  connection: OpenConnection;
  channel: string;
  startedAt: Date;
  now: Date;
  verdict: Verdict;
}

function settlementsOf(batch: Batch): Settlement[] {
  const byDelivery = new Map<string, Settlement>();
  batch.pieces.forEach((piece, index) => {
    const outcome = batch.outcomes[index] ?? { is: "doubt", reason: "no outcome" };
    const before = byDelivery.get(piece.delivery.id) ?? { ...unchanged(piece.delivery), attempted: true };
    byDelivery.set(piece.delivery.id, apply(before, piece, outcome, batch));
  });
  for (const { delivery } of batch.pieces) {
    const settlement = byDelivery.get(delivery.id);
    if (settlement)
      Object.assign(delivery, {
        settled: settlement.settled,
        doubtSince: settlement.doubtSince,
        insisted: settlement.insisted,
      });
  }
  return [...byDelivery.values()];
}

/** What one message's outcome adds to its delivery. */
function apply(before: Settlement, piece: Piece, outcome: Outcome, batch: Batch): Settlement {
  const after = { ...before, userId: piece.message.userId ?? before.userId };
  const done = () => {
    after.settled = [...after.settled, piece.number];
    if (after.state === "due" && after.settled.length >= piece.of) after.state = "delivered";
    return after;
  };
  // A mark that came after doubt is our own first sending, not somebody else's.
  const first = piece.delivery.doubtSince === null;
  switch (outcome.is) {
    case "delivered":
      after.alreadyHad ||= Boolean(outcome.alreadyHad) && first;
      return done();
    case "skipped":
      if (piece.of === 1) return { ...after, state: "skipped", reason: outcome.reason };
      return done();
    case "refused":
      return { ...after, state: "refused", reason: outcome.reason };
    case "unknown":
      return { ...after, state: "unknown", reason: outcome.reason };
    case "split":
      if (batch.verdict.is === "split") return { ...after, reason: outcome.reason };
      return outcome.onceMore && !piece.delivery.reason?.endsWith(ONCE_MORE)
        ? later(after, piece, { is: "retry", reason: `${outcome.reason}${ONCE_MORE}` }, batch)
        : { ...after, state: "refused", reason: outcome.reason };
    case "pause":
      return {
        ...after,
        reason: outcome.reason,
        dueAt: outcome.scope === "channel" ? piece.delivery.deadlineAt : null,
      };
    default:
      return later(after, piece, outcome, batch);
  }
}

/** It stays owed: with its own pause where the lane as a whole does not back off, or where it was sent alone. */
function later(
  after: Settlement,
  piece: Piece,
  outcome: Extract<Outcome, { is: "retry" | "doubt" }>,
  batch: Batch,
): Settlement {
  if (outcome.is === "doubt") {
    after.doubtSince ??= batch.startedAt;
    after.insisted = false; // it was sent once more, as was wished
    const { sheet, settings } = batch.connection;
    if (sheet.inDoubt(batch.channel, batch.now.getTime() - after.doubtSince.getTime(), settings) === "unknown") {
      return { ...after, state: "unknown", reason: CANNOT_TELL };
    }
  }
  const alone = batch.pieces.length === 1 || batch.verdict.is !== "back off";
  const pause = backOff(piece.delivery.attempts, { after: outcome.after });
  return { ...after, reason: outcome.reason, dueAt: alone ? new Date(batch.now.getTime() + pause) : null };
}

/** Writes what came back, again and again while the lease holds: an outcome that is lost would be a doubt. */
async function persist(lease: Lease, write: () => Promise<void>): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof LeaseLost || performance.now() + pause > lease.goodUntil) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function summary(outcomes: Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { is } of outcomes) counts.set(is, (counts.get(is) ?? 0) + 1);
  return [...counts].map(([is, count]) => (outcomes.length === 1 ? is : `${count} ${is}`)).join(", ");
}
