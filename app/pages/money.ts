// Sums of money, exact; and what is not converted yet writes it in English by this.
import { formatsIn, type Money } from "./formats.ts";

export type { Money };
export const { money, amountIn, sums } = formatsIn("en");

/** One sum for each currency, exact to the last digit. */
export function inTotal(amounts: Money[]): Money[] {
  const totals = new Map<string, bigint>();
  for (const { amount, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + inMicros(amount));
  return [...totals].map(([currency, micros]) => ({ currency, amount: fromMicros(micros) }));
}

const PLACES = 6;
function inMicros(amount: string): bigint {
  const [, sign = "", whole = "0", places = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  return BigInt(`${sign}${whole}${places.padEnd(PLACES, "0").slice(0, PLACES)}`);
}
function fromMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(PLACES + 1, "0");
  return `${micros < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** "1 order", "1,200 orders". */
export const count = (number: number, word: string, plural = `${word}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? word : plural}`;
