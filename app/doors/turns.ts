// Lets few work at a time, in the order in which they came: the more work at once, the longer a webhook waits for the processor and the database.
import type { Timer } from "../base/timer.ts";

export interface Turns {
  most: number;
  /** In milliseconds. Whoever takes longer waits for somebody outside, and makes room for the next. */
  longest: number;
  timer: Timer;
}

/** @returns what waits for a turn, and hands out what ends it. */
export function openTurns({ most, longest, timer }: Turns): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const pass = () => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return async () => {
    if (taken < most) taken += 1;
    else await new Promise<void>((go) => waiting.push(go));
    const ended = new AbortController();
    void timer.sleep(longest, ended.signal).then(pass);
    return () => ended.abort();
  };
}
