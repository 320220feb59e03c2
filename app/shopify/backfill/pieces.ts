// The pieces of a backfill that are to be asked for: made at its start, and halved where Shopify does not manage one. Pure.
import { HISTORY, type What } from "../../destinations/history.ts";
import type { Piece } from "./backfill.ts";

/** Operations without a file of use, of one piece. */
const MOST_TRIES = 5;
const SMALLEST_MS = 60_000;

/** Customers go first, then products, then the orders that name both. */
export const piecesOf = (what: What[], since: Date, until: Date): Piece[] =>
  HISTORY.filter((one) => what.includes(one)).map((one) => ({
    ...{ what: one, since: since.toISOString(), until: until.toISOString() },
    tries: 0,
  }));

/** null: often enough. */
export function anew([first, ...rest]: Piece[]): Piece[] | null {
  if (!first || first.tries + 1 >= MOST_TRIES) return null;
  return [{ ...first, tries: first.tries + 1 }, ...rest];
}

/**
 * In halves, which Shopify may manage in its time. A part of a file is of no use: what stands apart from an order may be missing in it.
 * @param known Shopify knows of nothing earlier than `since`, where it is long ago: the halves are of what it knows.
 */
export function narrower(pieces: Piece[], now: Date): Piece[] | null {
  const tried = anew(pieces);
  const [first, ...rest] = tried ?? [];
  if (!first) return null;
  const [from, to] = [Date.parse(first.since), Math.min(Date.parse(first.until), now.getTime())];
  if (to - from < SMALLEST_MS) return tried;
  const middle = new Date(Math.floor((from + to) / 2_000) * 1_000).toISOString();
  return [{ ...first, until: middle }, { ...first, since: middle }, ...rest];
}
