// What refunds take off an order that does not tell of them yet: for its pieces, for pieces it does not have yet, or for none.
import { compare, least, less, most, share, sum } from "./decimal.ts";
import type { Decimal, Id } from "./facts.ts";

/** So many pieces of a line went back, worth so much. */
export interface LineBack {
  pieces: number;
  worth: Decimal;
}
interface Decided {
  decided: Decimal;
  worth: Decimal;
  lines: Record<Id, LineBack>;
}
export interface Back {
  /** For pieces that it has, or shipping. */
  sure: Decimal;
  /** For pieces that it does not have: they were added later. */
  strange: Decimal;
  /** For no piece in particular. */
  plain: Decimal;
}

/** @param left pieces by line */
export function backOf(refunds: Decided[], left: Record<Id, number>): Back {
  const decided = refunds.filter((one) => compare(one.decided, "0") > 0);
  const all = sum("0", ...decided.map((one) => one.decided));
  const plain = sum("0", ...decided.map((one) => most(less(one.decided, one.worth), "0")));
  const asked = new Map<Id, LineBack>();
  for (const [id, { pieces, worth }] of decided.flatMap(({ lines }) => Object.entries(lines))) {
    const before = asked.get(id) ?? { pieces: 0, worth: "0" };
    asked.set(id, { pieces: before.pieces + pieces, worth: sum(before.worth, worth) });
  }
  const over = [...asked].map(([id, { pieces, worth }]) => share(worth, Math.max(0, pieces - (left[id] ?? 0)), pieces));
  const forPieces = less(all, plain);
  const strange = least(sum("0", ...over), forPieces);
  return { sure: less(forPieces, strange), strange, plain };
}
