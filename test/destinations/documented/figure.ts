// One thing that a vendor's document says in a number, an address or a name, and where it is seen in what we do.
import { expect } from "vitest";
import type { Message } from "../../../app/destinations/destination.ts";
import type { AtVendor } from "../../support/at-vendor.ts";

export interface Figure {
  document: string;
  says: string;
  is: unknown;
  seen: (at: AtVendor) => unknown;
}
export interface Documented {
  slug: string;
  settings: Record<string, string>;
  figures: Figure[];
}

/** Rows of one document. */
export const from = (document: string, rows: [says: string, is: unknown, seen: Figure["seen"]][]): Figure[] =>
  rows.map(([says, is, seen]) => ({ document, says, is, seen }));

/** What may be done with a lost answer while the vendor surely knows a repetition, and a second before it forgets. */
export const repeated = ({ sheet }: AtVendor, channel: string, window: number, settings = {}) =>
  [window * 0.94, window - 1_000].map((age) => sheet.inDoubt(channel, age, settings));

/** The same message as many times, each with an id of its own. */
export const many = (message: Message, count: number): Message[] =>
  Array.from({ length: count }, (_, at) => ({ ...message, id: `${message.id}-${at}` }));

/** Of each text: would the form take it? */
export const taken = ({ sheet }: AtVendor, field: string, texts: string[]) =>
  texts.map((text) => sheet.fields[field]?.pattern?.matches.test(text));

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A text that holds these words. */
export const saying = (words: string): unknown => expect.stringContaining(words);
