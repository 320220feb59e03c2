// Reasons as a merchant reads them: what a test expects are the sentences.
import { isReason } from "../../app/base/reason.ts";
import { because, sqlReason, told } from "../../app/delivery/reasons.ts";
import { destinations } from "../../app/destinations/index.ts";

type Told<T> = T extends { code: string; values: object }
  ? string
  : T extends object
    ? { [K in keyof T]: Told<T[K]> }
    : T;

/** The same with each reason in it as its sentence. */
export function asTold<T>(value: T): Told<T> {
  if (isReason(value)) return told({ destinations }, value) as Told<T>;
  if (Array.isArray(value)) return value.map(asTold) as Told<T>;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value as Told<T>;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asTold(one)])) as Told<T>;
}

/** SQL: the reason of a row, for `asTold`. */
export const REASON_OF = (row: string) => `${sqlReason(row)} AS reason`;

/** SQL: sets the reason to a vendor's words. */
export const becauseOf = (words: string) => {
  const { code, values } = because("as_told", { words });
  return `reason_code = '${code}', reason_values = '${JSON.stringify(values)}'`;
};
