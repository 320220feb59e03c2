// Declares at the vendor what must exist before a message is sent: once per connection, and again when it changes.
import { createHash } from "node:crypto";
import { SaidNo } from "../../destinations/answer.ts";
import type { Declaration, Outcome } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { redactorOf } from "../connections/redact.ts";
import { isIllness } from "./breaker.ts";
import { heed, type Run } from "./run.ts";
import type { Verdict } from "./send.ts";
import { settle } from "./settle.ts";
import { type Piece, unchanged } from "./work.ts";

const hashOf = (declaration: Declaration) =>
  createHash("sha256").update(JSON.stringify(declaration.body)).digest("base64url").slice(0, 16);

/** @returns whether the messages may be sent now; else the lane already knows that it waits or is paused. */
export async function declareFor(run: Run, channel: string, pieces: Piece[]): Promise<boolean> {
  const { prepare } = run.connection.sheet;
  if (!prepare) return true;
  const missing = new Map<string, Declaration>();
  for (const { message, delivery } of pieces) {
    for (const need of prepare.needs(message, delivery.event)) {
      if (run.lane.declared[need.key] !== hashOf(need)) missing.set(need.key, need);
    }
  }
  if (missing.size === 0) return true;
  const outcome = await declare(run, [...missing.values()]);
  if (outcome) {
    const reason = redactorOf(run.connection, [])(outcome.reason);
    const waiting = new Map(pieces.map(({ delivery }) => [delivery.id, { ...unchanged(delivery), reason }]));
    await settle(run.road.db, run.lease, [...waiting.values()], run.road.clock(), null);
    await heed(run, channel, outcome.verdict);
    return false;
  }
  const declared = Object.fromEntries([...missing].map(([key, need]) => [key, hashOf(need)]));
  Object.assign(run.lane.declared, declared);
  await run.road.db.query("UPDATE lane SET declared = declared || $3::jsonb WHERE connection_id = $1 AND epoch = $2", [
    run.lease.connectionId,
    run.lease.epoch,
    JSON.stringify(declared),
  ]);
  return true;
}

async function declare(run: Run, missing: Declaration[]) {
  const { sheet, settings, pacedHttp } = run.connection;
  try {
    const outcome = await sheet.prepare?.declare(missing, settings, pacedHttp);
    return outcome ? verdictOf(outcome) : null;
  } catch (error) {
    if (!(error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)) throw error;
    const verdict: Verdict = { is: "back off", after: 0, ill: isIllness(error) };
    return { reason: error.message, verdict };
  }
}

/** A declaration that the vendor refuses for good pauses the channel: what follows would be refused as well. */
function verdictOf(outcome: Outcome): { reason: string; verdict: Verdict } {
  const reason = "reason" in outcome ? outcome.reason : outcome.is;
  if (outcome.is === "pause") return { reason, verdict: { is: "pause", scope: outcome.scope, reason } };
  if (outcome.is === "refused") return { reason, verdict: { is: "pause", scope: "channel", reason } };
  return { reason, verdict: { is: "back off", after: ("after" in outcome && outcome.after) || 0 } };
}
