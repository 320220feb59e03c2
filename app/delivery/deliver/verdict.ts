// What a batch's outcomes mean for the lane as a whole, and for each of its deliveries.

import type { Reason } from "../../base/reason.ts";
import type { Outcome } from "../../destinations/destination.ts";
import { reasonOf } from "../../destinations/reasons.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { because } from "../reasons.ts";
import { backOff, bearable } from "./back-off.ts";
import { cannotTell } from "./cannot-tell.ts";
import type { Settlement } from "./settle.ts";
import { type Piece, unchanged } from "./work.ts";

export type Verdict =
  /** `limitFreeIn`: in so many milliseconds the vendor takes more; until then its limit is used up. */
  | { is: "go on"; limitFreeIn?: number | undefined }
  | { is: "split" }
  /** Nothing was sent: the connection, or something of the batch, was switched off meanwhile. */
  | { is: "stop" }
  /** Nothing was sent: something of its wave came before it that holds back, or took too long. */
  | { is: "not begun" }
  /** The vendor fails or is busy: not before `after` milliseconds. `ill`: it failed as a whole (a 5xx, no answer), which may be so for all shops. */
  | { is: "back off"; after: number; ill?: boolean }
  | { is: "pause"; scope: "channel" | "connection"; reason: Reason };

export function verdictOf(outcomes: Outcome[], ill: boolean): Verdict {
  const pause = outcomes.find((outcome) => outcome.is === "pause");
  if (pause) return { is: "pause", scope: pause.scope, reason: reasonOf(pause.reason) };
  if (outcomes.length > 1 && outcomes.every(({ is }) => is === "split")) return { is: "split" };
  if (outcomes.every(({ is }) => is === "retry" || is === "doubt")) {
    return { is: "back off", ill, after: Math.max(0, ...outcomes.map(wishIn)) };
  }
  return { is: "go on" };
}

const wishIn = (outcome: Outcome) => ("after" in outcome && outcome.after) || 0;

/** What the verdicts of a wave mean together, in the order in which they hold: that the vendor answered well, then what holds back. */
export function together(verdicts: Verdict[]): Verdict[] {
  const well = verdicts.filter((one) => one.is === "go on");
  const busy = verdicts.filter((one) => one.is === "back off");
  const pauses = verdicts.filter((one) => one.is === "pause");
  const all: Verdict[] = [];
  if (well.length > 0)
    all.push({ is: "go on", limitFreeIn: Math.max(0, ...well.map(({ limitFreeIn }) => limitFreeIn ?? 0)) });
  // A host that answered one of them well is not ill.
  const ill = well.length === 0 && busy.some((one) => one.ill);
  if (busy.length > 0) all.push({ is: "back off", ill, after: Math.max(...busy.map(({ after }) => after)) });
  all.push(
    ...pauses
      .filter(({ scope }) => scope === "connection" || !pauses.some((one) => one.scope === "connection"))
      .slice(0, 1),
  );
  if (verdicts.some(({ is }) => is === "stop")) all.push({ is: "stop" });
  return all;
}

export interface Batch {
  attemptId: string;
  pieces: Piece[];
  outcomes: Outcome[];
  connection: OpenConnection;
  channel: string;
  startedAt: Date;
  now: Date;
  verdict: Verdict;
}

export function settlementsOf(batch: Batch): Settlement[] {
  const byDelivery = new Map<string, Settlement>();
  batch.pieces.forEach((piece, index) => {
    const outcome = batch.outcomes[index] ?? { is: "doubt", reason: because("no_outcome") };
    const before = byDelivery.get(piece.delivery.id) ?? { ...unchanged(piece.delivery), attemptId: batch.attemptId };
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
  const reason = "reason" in outcome ? reasonOf(outcome.reason) : null;
  switch (outcome.is) {
    case "delivered":
      after.alreadyHad ||= Boolean(outcome.alreadyHad) && first;
      return done();
    case "skipped":
      if (piece.of === 1) return { ...after, state: "skipped", reason };
      return done();
    case "refused":
      return { ...after, state: "refused", reason };
    case "unknown":
      return { ...after, state: "unknown", reason };
    case "split":
      if (batch.verdict.is === "split") return { ...after, reason };
      return outcome.onceMore && piece.delivery.reason?.code !== "tried_once_more"
        ? later(
            after,
            piece,
            { is: "retry", reason: because("tried_once_more", { reason: reasonOf(outcome.reason) }) },
            batch,
          )
        : { ...after, state: "refused", reason };
    case "pause":
      return {
        ...after,
        reason,
        dueAt: outcome.scope === "channel" ? piece.delivery.deadlineAt : null,
        heldBy: outcome.scope === "channel" ? batch.channel : null,
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
      return { ...after, state: "unknown", reason: cannotTell(reasonOf(outcome.reason)) };
    }
  }
  const alone = batch.pieces.length === 1 || batch.verdict.is !== "back off";
  const pause = bearable(
    backOff(piece.delivery.attempts, { after: outcome.after }),
    piece.delivery.deadlineAt,
    batch.now,
  );
  return { ...after, reason: reasonOf(outcome.reason), dueAt: alone ? new Date(batch.now.getTime() + pause) : null };
}
