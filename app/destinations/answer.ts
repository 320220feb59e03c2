// What a typed call makes of an answer: the value that the vendor's document promises, or an error that says where it does not fit.
import type { z } from "zod";
import { cut } from "../base/text.ts";
import type { Answer } from "./destination.ts";
import { AnswerLost } from "./http.ts";
import { wordsOf } from "./meaning.ts";

/** The vendor answered with another status than a 2xx; the message is its own words. */
export class SaidNo extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(wordsOf(answer));
    this.answer = answer;
  }
}

/** A 2xx whose body is not what the document promises; the message names the place. */
export class NotAsDocumented extends AnswerLost {}

/** @throws SaidNo · NotAsDocumented */
export function fitting<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  if (answer.status < 200 || answer.status > 299) throw new SaidNo(answer);
  const read = schema.safeParse(answer.json);
  if (read.success) return read.data;
  const where = read.error.issues
    .map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`)
    .join("; ");
  throw new NotAsDocumented(cut(`${answer.status}, but ${where}`, 300), { cause: read.error });
}
