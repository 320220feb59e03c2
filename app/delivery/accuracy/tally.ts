// How many orders there were, by what became of them; plain sums, for the pages too.
import type { Outcome } from "./orders.ts";

export type Tally = Record<Outcome, number> & {
  orders: number;
  /** Of those that were sent: the vendor told that it had them. */
  had: number;
};
/** What was to be sent: all that was neither rightly skipped nor before the connection. */
export const owed = ({ orders, skipped, before }: Tally): number => orders - skipped - before;
export const failed = ({ refused, expired, unknown }: Tally): number => refused + expired + unknown;

/** Percent, in tenths, rounded down: only all is 100 %. null: nothing was to be sent. */
export function share(tally: Tally): number | null {
  const all = owed(tally);
  return all > 0 ? Math.floor((tally.sent * 1000) / all) / 10 : null;
}
