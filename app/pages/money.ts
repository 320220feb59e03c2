// Amounts for people; the digits are never turned into a float.
import { numberFormat } from "../base/formats.ts";

export interface Money {
  amount: string;
  currency: string;
}

/** "EUR 1,234.50"; what is no amount, or in no currency, as it is. */
export function money({ amount, currency }: Money): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount) || !/^[A-Za-z]{3}$/.test(currency)) return `${currency} ${amount}`.trim();
  const format = numberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** "1,234.50": as many places as the currency has, where a heading names it. */
export function amountIn(currency: string, amount: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount;
  const { maximumFractionDigits: places } = numberFormat("en", { style: "currency", currency }).resolvedOptions();
  const format = numberFormat("en", { minimumFractionDigits: places, maximumFractionDigits: places });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** Amounts in several currencies: "EUR 20.00 and SEK 100.00". */
export const sums = (amounts: Money[]): string => amounts.map(money).join(" and ");

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
