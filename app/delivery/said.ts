// What a vendor's answer becomes as a reason: a sentence of ours for what came of it, with the vendor's words as a quotation in it.
import type { Reason } from "../base/reason.ts";
import type { Outcome } from "../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../destinations/http.ts";
import { reasonOf } from "../destinations/reasons.ts";
import { because } from "./reasons.ts";

/** By what came of it: the sentence for words with a status, for a status alone, for words alone. */
const SAYS = {
  refused: ["vendor_refused", "vendor_refused_bare", "vendor_refused_words"],
  split: ["vendor_refused", "vendor_refused_bare", "vendor_refused_words"],
  retry: ["vendor_later", "vendor_later_bare", "vendor_later_words"],
  pause: ["vendor_closed", "vendor_closed_bare", "vendor_closed_words"],
  doubt: ["vendor_doubt", "vendor_doubt_bare", null],
} as const;

/** @param vendor its name. A reason that says more than the vendor's words stays as it is. */
export function saidBy(vendor: string, outcome: Extract<Outcome, { reason: unknown }>): Reason {
  const reason = reasonOf(outcome.reason);
  if (!(outcome.is in SAYS)) return reason;
  const [answered, bare, words] = SAYS[outcome.is as keyof typeof SAYS];
  const code = { vendor_answered: answered, vendor_answered_bare: bare, vendor_said: words }[reason.code];
  return code ? { code, values: { vendor, ...reason.values } } : reason;
}

const ANSWERS = new Set([
  ...["vendor_doubt", "vendor_doubt_bare", "not_as_documented", "not_as_documented_in", "answer_too_long"],
  "vendor_said", // as it was kept before the others were
]);

/** Was there an answer, which leaves it open what became of the request? */
export const isAnswer = ({ code }: Reason): boolean => ANSWERS.has(code);

/** What stands in the place of an answer that the database does not take. */
export const UNKEPT = because("words_unkept");

/** Why a request came to nothing; null: by a fault of our own, which no page tells in a library's words. */
export const whyNone = (error: unknown): Reason | null =>
  error instanceof NothingSent || error instanceof AnswerLost ? error.why : null;

/** The vendor's words in a reason, without a sentence around them; before reasons told the status apart, it stood before the words. */
export function quoted({ code, values: { words } }: Reason): string | undefined {
  if (!code.startsWith("vendor_") || typeof words !== "string") return undefined;
  return code === "vendor_said" ? words.replace(/^[1-5]\d\d\s+/, "") : words;
}
