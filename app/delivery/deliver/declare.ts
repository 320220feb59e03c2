// Declares at the vendor what must exist before a message is sent: once per connection, and again when it changes.
import { createHash } from "node:crypto";
import { mapTexts, type Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { SaidNo } from "../../destinations/answer.ts";
import type { Declaration, Declared, Http, Outcome } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { redactorOf } from "../connections/redact.ts";
import { because } from "../reasons.ts";
import { saidBy } from "../said.ts";
import { applyVerdict } from "./apply-verdict.ts";
import { isHostFailure } from "./breaker.ts";
import { keepLease } from "./lane.ts";
import { noteDeclared, type Run } from "./run.ts";
import { type Settlement, settle } from "./settle.ts";
import type { Verdict } from "./verdict.ts";
import { type Piece, unchanged } from "./work.ts";

const hashOf = (declaration: Declaration) =>
  createHash("sha256").update(JSON.stringify(declaration.body)).digest("base64url").slice(0, 16);

/** @returns the messages that may be sent now. What needs a declaration that the vendor refuses is refused; where none can be made now, the lane knows that it waits or is paused. */
export async function declareFor(run: Run, channel: string, pieces: Piece[]): Promise<Piece[]> {
  const { prepare } = run.connection.sheet;
  if (!prepare) return pieces;
  const wanted = new Map<Piece, Declaration[]>();
  for (const piece of pieces) {
    const needs = prepare.needs(piece.message, piece.delivery.event);
    wanted.set(
      piece,
      needs.filter((need) => run.lane.declared[need.key] !== hashOf(need)),
    );
  }
  const missing = new Map([...wanted.values()].flat().map((need) => [need.key, need]));
  if (missing.size === 0) return pieces;
  const { outcome, refused, unheard, ill } = await declare(run, [...missing.values()]);
  if (outcome) {
    const reason = whyOf(run, outcome);
    await settleAll(run, pieces, { reason });
    await applyVerdict(run, channel, verdictOf(outcome, reason, ill));
    return [];
  }
  await remember(
    run,
    [...missing.values()].filter(({ key }) => !refused.has(key) && !unheard?.has(key)),
  );
  for (const [key, reason] of refused) {
    const needing = pieces.filter((piece) => wanted.get(piece)?.some((need) => need.key === key));
    await settleAll(run, needing, { state: "refused", reason: whyOf(run, { is: "refused", reason }) });
  }
  return pieces.filter((piece) => !wanted.get(piece)?.some(({ key }) => refused.has(key)));
}

async function settleAll(run: Run, pieces: Piece[], change: Pick<Settlement, "reason"> & Partial<Settlement>) {
  const reason = change.reason && mapTexts(change.reason, redactorOf(run.connection, []));
  const settlements = new Map(
    pieces.map(({ delivery }) => [delivery.id, { ...unchanged(delivery), ...change, reason }]),
  );
  await settle(run.road.db, run.lease, [...settlements.values()], run.road.clock());
}

const REMEMBER = statement<never, [connectionId: string, epoch: string, declared: string]>("remember-declared")`
  UPDATE lane
  SET declared = declared || $3::jsonb
  WHERE connection_id = $1 AND epoch = $2`;

async function remember(run: Run, made: Declaration[]): Promise<void> {
  const declared = Object.fromEntries(made.map((need) => [need.key, hashOf(need)]));
  noteDeclared(run, declared);
  await run.road.db.query(REMEMBER, [run.lease.connectionId, run.lease.epoch, keptJson(declared)]);
}

async function declare(run: Run, missing: Declaration[]): Promise<Declared & { ill?: boolean }> {
  const { sheet, settings, pacedHttp } = run.connection;
  const none = { outcome: null, refused: new Map() };
  // A declaration may be several requests: each starts under the lease only.
  const http: Http = async (request) => {
    await keepLease(run.road, run.lease);
    return pacedHttp(request);
  };
  try {
    return (await sheet.prepare?.declare(missing, settings, http)) ?? none;
  } catch (error) {
    if (!(error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)) throw error;
    const reason = error instanceof SaidNo ? error.why : because("nothing_sent", { words: error.why });
    return { ...none, outcome: { is: "retry", reason }, ill: isHostFailure(error) };
  }
}

const whyOf = ({ connection }: Run, outcome: Outcome): Reason =>
  "reason" in outcome
    ? saidBy(connection.sheet.name, outcome)
    : because("said_nothing", { outcome: because(`outcome_${outcome.is}`) });

/** A no to the request as a whole pauses the channel: it is about the key or the plan, not about one message. */
function verdictOf(outcome: Outcome, reason: Reason, ill = false): Verdict {
  if (outcome.is === "pause") return { is: "pause", scope: outcome.scope, reason };
  if (outcome.is === "refused") return { is: "pause", scope: "channel", reason };
  return { is: "back off", ill, after: ("after" in outcome && outcome.after) || 0 };
}
