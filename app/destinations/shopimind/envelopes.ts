// The shapes that ShopiMind's answers come in: written, listed, read, done.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Answer } from "../destination.ts";

/** Lists give numbers as text (the vendor's integration kit). */
const number = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const yesNo = z.union([z.boolean(), z.enum(["true", "false"]).transform((said) => said === "true")]);

/** What a bulk write may say beside its 200, which alone means accepted and queued: which items were rejected, by index. */
export const written = z.object({
  // The keys beside the index are not published: the payload, and the errors.
  rejected_items: z.array(z.looseObject({ index: number.nullish() })).nullish(),
  rejected_count: number.nullish(),
});
export interface Written {
  rejected_count: number;
  rejected_items: (Record<string, unknown> & { index?: number | null | undefined })[];
}
/** @throws SaidNo · NotAsDocumented */
export function writtenOf(answer: Answer): Written {
  const { rejected_items, rejected_count } = fitting(written, said(answer));
  const items = rejected_items ?? [];
  return { rejected_items: items, rejected_count: rejected_count ?? items.length };
}

/** Of an answer that matters by its status only. @throws SaidNo · NotAsDocumented where a yes is no JSON: a page of something in between */
export function done(answer: Answer): void {
  fitting(z.looseObject({}), said(answer));
}

/** The document promises a status and JSON; no more of a yes is asked for. */
const said = (answer: Answer): Answer => {
  const silent = answer.text.trim() === "" || (answer.json !== undefined && !isObject(answer.json));
  return silent ? { ...answer, json: answer.status < 300 ? {} : answer.json } : answer;
};
const isObject = (json: unknown) => typeof json === "object" && json !== null && !Array.isArray(json);

/** Of the keys that the reference shows, the two that are used here. */
const pagination = z.looseObject({ total_items: number.nullish(), has_next_page: yesNo.nullish() });
const thing = z.looseObject({});

export const listed = z.object({
  data: z.array(thing),
  meta: z.object({ pagination: pagination.nullish() }).nullish(),
});
export type Listed = z.output<typeof listed>;

export const read = z.object({ data: thing });

/** More than this, and ShopiMind gives 10. */
const MOST_LISTED = 100;

/** How a list is asked for: 10 at a time where nothing is said. */
export interface Page {
  /** At most 100. */
  limit?: number;
  offset?: number;
  /** A filter, an order, a choice of fields, in the reference's own words. */
  filters?: string;
  order?: string;
  fields?: string;
}

/** @throws RangeError for a limit that ShopiMind would not keep */
export function queryOf(asked: object & { limit?: number }): Record<string, string> {
  if ((asked.limit ?? 0) > MOST_LISTED)
    throw new RangeError(`${asked.limit} at a time; ShopiMind lists ${MOST_LISTED}`);
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}
