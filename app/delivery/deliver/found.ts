// What becomes of a delivery in doubt by what the vendor answered about it.
import type { LookedUp } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
import type { Claimed } from "./claim.ts";
import type { Settlement } from "./settle.ts";
import { type Piece, unchanged } from "./work.ts";

/** One answer per piece. */
export function foundOf(pieces: Piece[], found: LookedUp[], now: Date): Settlement[] {
  const byDelivery = new Map<string, Settlement>();
  pieces.forEach((piece, index) => {
    const settlement = byDelivery.get(piece.delivery.id) ?? { ...unchanged(piece.delivery), dueAt: now };
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
function missing({ onlyLookUp, insisted }: Claimed, surely: boolean): Partial<Settlement> {
  if (surely && onlyLookUp) return { state: "expired", doubtSince: null, reason: because("not_there_late") };
  if (surely) return { doubtSince: null, reason: because("not_there") };
  if (insisted && !onlyLookUp) return { doubtSince: null, reason: because("sent_as_wished") };
  return { state: "unknown", reason: because("cannot_tell_asked") };
}
