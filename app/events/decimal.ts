// Exact arithmetic on decimal texts, so that no amount ever passes through a float.
import type { Decimal } from "./facts.ts";

/** The sum; "0" of nothing. It has as many decimals as the longest of them. */
export function sum(...amounts: Decimal[]): Decimal {
  const scale = Math.max(0, ...amounts.map(decimals));
  return write(
    amounts.reduce((total, amount) => total + units(amount, scale), 0n),
    scale,
  );
}

export function less(amount: Decimal, taken: Decimal): Decimal {
  const scale = Math.max(decimals(amount), decimals(taken));
  return write(units(amount, scale) - units(taken, scale), scale);
}

/** The amount, a whole number of times. */
export function times(amount: Decimal, quantity: number): Decimal {
  const scale = decimals(amount);
  return write(units(amount, scale) * BigInt(quantity), scale);
}

/** What one of so many pieces comes to, to two decimals, half up. */
export function perPiece(total: Decimal, pieces: number): Decimal {
  const parts = BigInt(pieces) * 10n ** BigInt(decimals(total));
  const amount = units(total, decimals(total));
  const hundredths = ((amount < 0n ? -amount : amount) * 200n + parts) / (parts * 2n);
  return write(amount < 0n ? -hundredths : hundredths, 2);
}

/** So many parts of the whole of an amount, rounded half up to its own decimals or as many as asked. */
export function share(amount: Decimal, part: number, whole: number, atLeast = 0): Decimal {
  if (part === whole) return amount;
  const scale = Math.max(decimals(amount), atLeast);
  const size = units(amount, scale);
  const rounded = ((size < 0n ? -size : size) * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n);
  return write(size < 0n ? -rounded : rounded, scale);
}

/** The same amount with as many decimals as another, or as many more as it needs. */
export function writtenAs(amount: Decimal, like: Decimal): Decimal {
  const zeros = /0*$/.exec(amount.split(".")[1] ?? "")?.[0].length ?? 0;
  const scale = Math.max(decimals(amount) - zeros, decimals(like));
  const size =
    decimals(amount) > scale
      ? units(amount, decimals(amount)) / 10n ** BigInt(decimals(amount) - scale)
      : units(amount, scale);
  return write(size, scale);
}

export const least = (one: Decimal, other: Decimal): Decimal => (compare(one, other) <= 0 ? one : other);
export const most = (one: Decimal, other: Decimal): Decimal => (compare(one, other) >= 0 ? one : other);
export const isZero = (amount: Decimal): boolean => compare(amount, "0") === 0;

/** Below 0, 0 or above 0, as for sorting. */
export function compare(one: Decimal, other: Decimal): number {
  if (one === other) return 0;
  const scale = Math.max(decimals(one), decimals(other));
  const difference = units(one, scale) - units(other, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function decimals(amount: Decimal): number {
  const point = amount.indexOf(".");
  return point < 0 ? 0 : amount.length - point - 1;
}

function units(amount: Decimal, scale: number): bigint {
  const missing = scale - decimals(amount);
  const digits = BigInt(amount.replace(".", ""));
  return missing === 0 ? digits : digits * 10n ** BigInt(missing);
}

function write(amount: bigint, scale: number): Decimal {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${amount < 0n ? "-" : ""}${whole}${scale ? `.${digits.slice(-scale)}` : ""}`;
}
