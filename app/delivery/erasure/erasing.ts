// One erasure as each of its steps is given it.
import type { Road } from "../road.ts";
import type { Person } from "./person.ts";

export interface Erasing {
  road: Road;
  shop: string;
  person: Person;
  /** What the person's events are about. */
  subjects: string[];
  /** All webhooks up to this number were heard before it was asked: what comes later is new, and stays. */
  heardUpTo: string;
  /** Takes the person's words out of a sentence. */
  cut: (sentence: string) => string;
}
