// A timer for tests: its time stands still until a test moves it, or somebody has waited by it; nothing comes again and again.
import { type Timer, timer } from "../../app/base/timer.ts";

export interface TestTimer extends Timer {
  forward(milliseconds: number): void;
}

/** @param endless whoever waits by it waits until what it waits for is over, so that the machine's speed decides nothing. */
export function openTestTimer({ endless = false } = {}): TestTimer {
  let passed = 0;
  return {
    elapsed: () => passed,
    forward(milliseconds) {
      passed += milliseconds;
    },
    async sleep(milliseconds, signal) {
      if (endless) return untilAborted(signal);
      await timer.sleep(milliseconds, signal);
      if (!signal?.aborted) passed += milliseconds;
    },
    every: () => () => {},
  };
}

const untilAborted = (signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve());
  });
