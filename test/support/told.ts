// Reasons as a merchant reads them: what a test expects are the sentences.
import { type Told, tell, tellAll } from "../../app/base/reason.ts";
import { because, sentencesOf, sqlReason } from "../../app/delivery/reasons.ts";
import { destinations } from "../../app/destinations/index.ts";
import { SHOPIFY_REASONS } from "../../app/shopify/reasons.ts";

const SENTENCES = { ...SHOPIFY_REASONS, ...sentencesOf({ destinations }) };

/** The same with each reason in it as its sentence. */
export const asTold = <T>(value: T): Told<T> => tellAll(value, (reason) => tell(SENTENCES, reason));

/** SQL: the reason of a row, for `asTold`. */
export const REASON_OF = (row: string) => `${sqlReason(row)} AS reason`;

/** SQL: sets the reason to a vendor's words. */
export const becauseOf = (words: string) => {
  const { code, values } = because("as_told", { words });
  return `reason_code = '${code}', reason_values = '${JSON.stringify(values)}'`;
};
