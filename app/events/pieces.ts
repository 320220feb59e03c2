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
  /** Gone by a record without money. */
  edited: number;
  /** Gone, and no record says how. */
  loose: number;
}

/** @param fallen by how much the order fell without money going back; null: not told */
export function piecesOf(order: Fields, refunds: RefundFacts[], fallen: Decimal | null): Pieces[] {
  const lines = itemLines(order).flatMap((line) => lineOf(line, refunds) ?? []);
  const spare = unexplained(refunds);
  const asked = (some: (line: Line) => number) => sum("0", ...lines.map((line) => worthOf(line.item, some(line))));
  // Money that went back for no piece in particular was for those that are gone without money, where it is enough for them and
  // the order has not fallen by as much beside it; else for the loose ones.
  const all = (line: Line) => line.loose + line.edited;
  const paidApart = fallen !== null && compare(spare, asked(all)) >= 0 && compare(fallen, asked(all)) < 0;
  const loose = (line: Line) =>
    compare(
      spare,
      asked((one) => one.loose),
    ) >= 0
      ? line.loose
      : 0;
  const more = paidApart ? all : loose;
  return lines.map((line) => ({ item: line.item, left: line.left, bought: line.left + line.back + more(line) }));
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
  const edited = Math.min(all - left - back, without);
  return { item: ordered, left, back, edited, loose: all - left - back - edited };
}

const hasMoney = ({ paid, awaited }: RefundFacts) => !isZero(paid) || !isZero(awaited);

const unexplained = (refunds: RefundFacts[]): Decimal =>
  sum(
    "0",
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
