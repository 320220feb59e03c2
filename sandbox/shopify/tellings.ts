// How the webhooks of what happens in the shop are told: at once, or withheld, late, or twice.
import type { Memory, Payload } from "./memory.ts";

/** What whoever sends a webhook is to do. */
export interface Telling {
  /** So often it is sent; 0: it is withheld, and only the shop knows. */
  times: number;
  /** Milliseconds to wait before. */
  after: number;
}
const AS_IT_SHOULD = { times: 1, after: 0 };

export function openTellings(memory: Memory) {
  let [next, left]: [Telling, number] = [AS_IT_SHOULD, 0];
  let withheld = 0;
  return {
    /** For the next so many webhooks. */
    set(telling: Partial<Telling>, count: number) {
      next = { ...AS_IT_SHOULD, ...telling };
      left = count;
    },
    /** The shop remembers it. @returns how it is told. */
    happen(topic: string, payload: Payload): Telling {
      memory.remember(topic, payload);
      if (left <= 0) return AS_IT_SHOULD;
      left -= 1;
      if (next.times === 0) withheld += 1;
      return next;
    },
    withheld: () => withheld,
  };
}
