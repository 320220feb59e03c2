// How long to wait after a failure: with full jitter, and never so long that there is no time left to try again.
import { LONGEST_WAIT } from "../../destinations/waits.ts";

const HOUR = 3_600_000;
const LEAST_WAIT = 1_000;

/** Full jitter: anything from 0 to the ceiling, which doubles from 1 s up to `longest`; at least what the vendor asked for. */
export function backOff(failures: number, { after = 0, longest = HOUR, random = Math.random } = {}): number {
  const ceiling = Math.min(longest, 1_000 * 2 ** Math.min(failures, 12));
  return Math.max(after, Math.round(random() * ceiling));
}

/** A wait of at most an hour and at most half of the time that is left, so that it is tried again before its end. */
export const bearable = (milliseconds: number, deadline: Date, now: Date): number =>
  Math.min(milliseconds, LONGEST_WAIT, Math.max(LEAST_WAIT, (deadline.getTime() - now.getTime()) / 2));
