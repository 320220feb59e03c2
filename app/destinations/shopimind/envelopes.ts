// The shapes that ShopiMind's answers come in: written, listed, read, done.
import { z } from "zod";

/** What a bulk write says: how many were queued, and which were not, by index. */
export const written = z.object({
  statusCode: z.int(),
  sent_count: z.int().nonnegative(),
  rejected_count: z.int().nonnegative(),
  // The keys beside the index are not published: the payload, and the errors.
  rejected_items: z.array(z.looseObject({ index: z.int().nonnegative().optional() })).default([]),
});
export type Written = z.output<typeof written>;

/** Of the keys that the reference shows, the two that are used here. */
const pagination = z.looseObject({ total_items: z.int().optional(), has_next_page: z.boolean().optional() });
const thing = z.looseObject({});

export const listed = z.object({
  statusCode: z.int(),
  data: z.array(thing),
  meta: z.object({ pagination: pagination.optional() }).optional(),
});
export type Listed = z.output<typeof listed>;

export const read = z.object({ statusCode: z.int(), data: thing });

/** An answer that matters by its status only; some have no content. */
export const done = thing.nullable();

/** How a list is asked for: 10 at a time where nothing is said. */
export interface Page {
  limit?: number;
  offset?: number;
  /** A filter, an order, a choice of fields, in the reference's own words. */
  filters?: string;
  order?: string;
  fields?: string;
}

export const queryOf = (page: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(page).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
