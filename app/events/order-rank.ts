// Which of two words on one order is newer where Shopify's times are the same: as the order's account has it, then by how far the order is.
import { compare, sum } from "./decimal.ts";
import type { Decimal } from "./facts.ts";
import type { Owed } from "./owed.ts";
import type { Order } from "./shopping.ts";

/** Sixteen digits of thousandths; no currency has smaller parts. */
const MOST = 10n ** 16n - 1n;

/**
 * Digits that compare as text, always as many. More refunds, more pieces ever ordered and more money paid back are newer, then less that
 * is left: an account of the order decides by the same. Where all of that is equal an order is paid, sent and cancelled later than not.
 */
export function orderRank(
  { refunds, ordered, now }: Owed,
  { cancelledAt, paid, fulfillmentStatus }: Pick<Order, "cancelledAt" | "paid" | "fulfillmentStatus">,
): string {
  const named = new Map(refunds.flatMap(({ id, paid }) => (id ? [[id, paid] as const] : [])));
  const sent = fulfillmentStatus === "fulfilled" ? 2 : fulfillmentStatus ? 1 : 0;
  return [
    digits(BigInt(named.size), 4),
    digits(BigInt(ordered), 7),
    digits(thousandths(sum("0", ...named.values())), 16),
    digits(MOST - thousandths(now), 16),
    `${cancelledAt ? 1 : 0}${paid ? 1 : 0}${sent}`,
  ].join("");
}

function digits(value: bigint, length: number): string {
  const most = 10n ** BigInt(length) - 1n;
  return String(value > most ? most : value).padStart(length, "0");
}

function thousandths(amount: Decimal): bigint {
  if (compare(amount, "0") <= 0) return 0n;
  const [whole = "0", parts = ""] = amount.split(".");
  const size = BigInt(`${whole}${parts.slice(0, 3).padEnd(3, "0")}`);
  return size > MOST ? MOST : size;
}
