// How much of each line of an order was bought and how much is left: an edit that takes pieces out is no refund of money.
import { compare, isZero, less, share, sum } from "./decimal.ts";
import type { Decimal, Item } from "./facts.ts";
import { ownId, whole } from "./fields.ts";
import { item, itemLines, worth } from "./item.ts";
import type { Fields } from "./json.ts";
import type { RefundFacts } from "./refund-facts.ts";

export interface Pieces {
  item: Item;
  /** Left now, or paid back, or on the way to be. */
  bought: number;
  left: number;
}

/** A line as it was ordered, with what its record and the refunds say of its pieces. */
interface Line {
  item: Item;
  left: number;
  /** Gone by a refund of money. */
  back: number;
  /** Gone, and no record says how. */
  loose: number;
}

export function piecesOf(order: Fields, refunds: RefundFacts[]): Pieces[] {
  const lines = itemLines(order).flatMap((line) => lineOf(line, refunds) ?? []);
  const asked = sum(...lines.map((line) => worthOf(line.item, line.loose)));
  // Money that went back for no piece in particular was for the loose ones, where it is enough for them.
  const refunded = !isZero(asked) && compare(unexplained(refunds), asked) >= 0;
  return lines.map((line) => ({
    item: line.item,
    left: line.left,
    bought: line.left + line.back + (refunded ? line.loose : 0),
  }));
}

function lineOf(line: Fields, refunds: RefundFacts[]): Line | null {
  const ordered = item(line);
  if (!ordered) return null;
  const own = ownId(line);
  const of = (some: RefundFacts[]) =>
    some.reduce((pieces, one) => pieces + (own ? (one.pieces.get(own)?.pieces ?? 0) : 0), 0);
  const [withMoney, without] = [of(refunds.filter(hasMoney)), of(refunds.filter((one) => !hasMoney(one)))];
  const now = whole(line, "current_quantity");
  const all = Math.max(ordered.quantity, now ?? 0);
  // Where the order does not say what is left, a record without money decides nothing: the money may be told later.
  const left = now === null ? Math.max(0, all - withMoney) : Math.max(0, now);
  const back = Math.min(all - left, withMoney);
  return { item: ordered, left, back, loose: Math.max(0, all - left - back - without) };
}

const hasMoney = ({ paid, awaited }: RefundFacts) => !isZero(paid) || !isZero(awaited);

const unexplained = (refunds: RefundFacts[]): Decimal =>
  sum(
    ...refunds
      .map(({ paid, awaited, worth }) => less(sum(paid, awaited), worth))
      .filter((rest) => compare(rest, "0") > 0),
  );

const worthOf = (one: Item, pieces: number): Decimal => {
  const some = only(one, pieces);
  return some ? worth([some]) : "0";
};

/** So many pieces of a line, with their share of its discount and tax; null of none. */
export function only(one: Item, pieces: number): Item | null {
  if (pieces < 1) return null;
  const part = (amount: Decimal) => share(amount, pieces, one.quantity);
  return { ...one, quantity: pieces, discount: part(one.discount), tax: part(one.tax) };
}
