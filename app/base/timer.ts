// The monotonic clock and what waits by it: handed in with the road, so that a test decides when time passes.
import { setTimeout as wait } from "node:timers/promises";

export interface Timer {
  /** Milliseconds since a moment of its own; it never goes back. */
  elapsed(): number;
  /** Waits; ends at once, without an error, when `signal` says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Again and again. @returns what ends it. */
  every(milliseconds: number, act: () => void): () => void;
}

export const timer: Timer = {
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => {}),
  every(milliseconds, act) {
    const ticking = setInterval(act, milliseconds);
    return () => clearInterval(ticking);
  },
};
