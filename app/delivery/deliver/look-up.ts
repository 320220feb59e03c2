// Asks a vendor whether it has what was sent and not answered: it is delivered, sent again, expired, or unknown.

import { SaidNo } from "../../destinations/answer.ts";
import type { LookedUp } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { isIllness } from "./breaker.ts";
import type { Claimed } from "./claim.ts";
import { keepLease } from "./lane.ts";
import { heed, type Run } from "./run.ts";
import { type Settlement, settle } from "./settle.ts";
import { CANNOT_TELL, type Piece, unchanged } from "./work.ts";

export async function lookUp(run: Run, pieces: Piece[]): Promise<void> {
  for (const channel of new Set(pieces.map(({ message }) => message.channel))) {
    if (run.stop || performance.now() >= run.until) return;
    await keepLease(run.road.db, run.lease);
    await lookUpChannel(
      run,
      channel,
      pieces.filter(({ message }) => message.channel === channel),
    );
  }
}

async function lookUpChannel(run: Run, channel: string, pieces: Piece[]): Promise<void> {
  const { sheet, settings, pacedHttp } = run.connection;
  const since = new Date(
    Math.min(...pieces.map(({ delivery }) => delivery.doubtSince?.getTime() ?? Number.POSITIVE_INFINITY)),
  );
  const messages = pieces.map(({ message }) => message);
  let found: LookedUp[];
  try {
    found = (await sheet.lookUp?.(channel, messages, since, settings, pacedHttp)) ?? messages.map(() => "cannot tell");
  } catch (error) {
    if (!(error instanceof NothingSent || error instanceof AnswerLost || error instanceof SaidNo)) throw error;
    return heed(run, channel, { is: "back off", after: 0, ill: isIllness(error) });
  }
  await settle(run.road.db, run.lease, settlementsOf(pieces, found), run.road.clock(), null);
}

function settlementsOf(pieces: Piece[], found: LookedUp[]): Settlement[] {
  const byDelivery = new Map<string, Settlement>();
  pieces.forEach((piece, index) => {
    const settlement = byDelivery.get(piece.delivery.id) ?? unchanged(piece.delivery);
    byDelivery.set(piece.delivery.id, settlement);
    if (found[index] === "there") {
      settlement.settled = [...settlement.settled, piece.number];
      if (settlement.state === "due" && settlement.settled.length >= piece.of) settlement.state = "delivered";
    } else if (settlement.state === "due") {
      Object.assign(settlement, missing(piece.delivery, found[index] === "not there"));
    }
  });
  return [...byDelivery.values()];
}

/** @param surely the vendor says that it does not have it; else it cannot tell. */
function missing({ onlyAsk, insisted }: Claimed, surely: boolean): Partial<Settlement> {
  const late = "the vendor does not have it, and the time to send it is over";
  if (surely && onlyAsk) return { state: "expired", doubtSince: null, reason: late };
  if (surely) return { doubtSince: null, reason: "the vendor did not have it; it is sent again" };
  if (insisted && !onlyAsk)
    return { doubtSince: null, reason: "the vendor cannot tell whether it has it; it is sent again, as was wished" };
  return { state: "unknown", reason: CANNOT_TELL };
}
