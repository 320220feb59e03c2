// What becomes of a delivery in doubt by what the vendor answered about it.
import type { LookedUp } from "../../destinations/destination.ts";
import type { Claimed } from "./claim.ts";
import type { Settlement } from "./settle.ts";
import { CANNOT_TELL, type Piece, unchanged } from "./work.ts";

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
  const late = "the vendor does not have it, and the time to send it is over";
  if (surely && onlyLookUp) return { state: "expired", doubtSince: null, reason: late };
  if (surely) return { doubtSince: null, reason: "the vendor did not have it; it is sent again" };
  if (insisted && !onlyLookUp)
    return { doubtSince: null, reason: "the vendor cannot tell whether it has it; it is sent again, as was wished" };
  return { state: "unknown", reason: CANNOT_TELL };
}
