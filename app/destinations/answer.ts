// What a typed call makes of an answer: the value that the vendor's document promises, or an error that says where it does not fit.
import type { z } from "zod";
import type { Answer } from "./destination.ts";
import { AnswerLost } from "./http.ts";
import { briefly, wordsOf } from "./meaning.ts";
import { because, type Reason, reasonOf } from "./reasons.ts";

/** The vendor answered with another status than a 2xx; the message is its own words. */
export class SaidNo extends Error {
  readonly answer: Answer;
  /** What a page tells. */
  readonly why: Reason;
  constructor(answer: Answer) {
    super(wordsOf(answer));
    this.answer = answer;
    this.why = reasonOf(this.message);
  }
}

/** A 2xx whose body is not what the document promises; the reason names the place, and nobody's words. */
export class NotAsDocumented extends AnswerLost {}

/** @throws SaidNo · NotAsDocumented */
export function fitting<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  if (answer.status < 200 || answer.status > 299) throw new SaidNo(answer);
  const read = schema.safeParse(answer.json);
  if (read.success) return read.data;
  throw new NotAsDocumented(notAsDocumented(answer.status, read.error), { cause: read.error });
}

const MOST_FIELDS = 3;

/** Places in a list are left out: what is wrong with one of them is no other reason than what is wrong with the next. */
function notAsDocumented(answered: number, { issues }: z.ZodError): Reason {
  const status = `${answered}`;
  const places = issues.map(({ path }) => path.filter((part) => typeof part === "string").join("."));
  const fields = [...new Set(places)].filter(Boolean).slice(0, MOST_FIELDS);
  if (fields.length === 0) return because("not_as_documented", { status });
  return because("not_as_documented_in", { status, field: briefly(fields.join(", ")) });
}
