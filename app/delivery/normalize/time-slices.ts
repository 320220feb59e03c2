// Works through a list without keeping the process from all else: after some milliseconds the event loop has its turn.
import { setImmediate as turn } from "node:timers/promises";
import type { Timer } from "../../base/timer.ts";

const LONGEST_MS = 20;

/** One after the other, in order. */
export async function mapInTimeSlices<One, Made>(
  { elapsed }: Pick<Timer, "elapsed">,
  all: One[],
  make: (one: One) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  let since = elapsed();
  for (const one of all) {
    made.push(make(one));
    if (elapsed() - since < LONGEST_MS) continue;
    await turn();
    since = elapsed();
  }
  return made;
}
