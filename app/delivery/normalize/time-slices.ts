// Works through a list without keeping the process from all else: after some milliseconds the event loop has its turn.
import { setImmediate as turn } from "node:timers/promises";

const LONGEST_MS = 20;

/** One after the other, in order. */
export async function mapInTimeSlices<One, Made>(all: One[], make: (one: One) => Made): Promise<Made[]> {
  const made: Made[] = [];
  let since = performance.now();
  for (const one of all) {
    made.push(make(one));
    if (performance.now() - since < LONGEST_MS) continue;
    await turn();
    since = performance.now();
  }
  return made;
}
