// What one refund's record says of money: what went back, what is still on its way, and which pieces it is for.
import type { LineBack } from "./back.ts";
import { compare, isZero, less, most, sum } from "./decimal.ts";
import type { Decimal, Id } from "./facts.ts";
import { count, decimal, id, object, objects, ownId, word } from "./fields.ts";
import type { Fields } from "./json.ts";
import { amountIn } from "./money.ts";
import { type MoneyBack, moneyBack } from "./money-back.ts";

export interface RefundFacts {
  id: Id | null;
  money: MoneyBack;
  /** In the shop's currency, all of it or "0": as long as a part is on its way, nothing is decided. */
  paid: Decimal;
  /** What is to go back and is not known to have gone: pending, or not told yet. What failed did not go, unless it is tried again. */
  awaited: Decimal;
  /** false: paid back in another currency, and what that is in the shop's is not told. */
  exact: boolean;
  /** By the line's id. */
  pieces: Map<Id, LineBack>;
  /** What its pieces come to. */
  worth: Decimal;
}

/** What the order around a refund tells of it. */
export interface Around {
  /** The shop's currency; "" where it is not known yet. */
  currency: string;
  taxesIncluded: boolean;
  /** The order says that money went back, and no refund of it tells of any. */
  untold: boolean;
}

export function refundFacts(refund: Fields, around: Around): RefundFacts {
  const payments = paymentsOf(refund);
  const money = moneyBack(refund, payments);
  const inShop = [null, around.currency].includes(money.currency) || around.currency === "";
  const exact = inShop && money.others.length === 0;
  const worth = worthOf(refund, around);
  const moved = exact || isZero(worth) ? money.total : worth;
  const pending = payments.filter((one) => word(one, "status") === "pending");
  const open = sum("0", ...pending.flatMap((one) => decimal(one, "amount") ?? []));
  const awaited = payments.length === 0 && around.untold ? worth : open;
  return {
    id: ownId(refund),
    money,
    paid: isPending(payments) ? "0" : moved,
    awaited: isPending(payments) ? sum(moved, awaited) : awaited,
    exact,
    pieces: piecesOf(refund, around),
    worth,
  };
}

/** The transactions that give money back. */
export const paymentsOf = (refund: Fields): Fields[] =>
  objects(refund, "transactions").filter((one) => word(one, "kind") === "refund");

const isPending = (payments: Fields[]): boolean => payments.some((one) => word(one, "status") === "pending");

function piecesOf(refund: Fields, around: Around): Map<Id, LineBack> {
  const back = new Map<Id, LineBack>();
  for (const line of objects(refund, "refund_line_items")) {
    const of = id(line, "line_item_id") ?? ownId(object(line, "line_item"));
    const quantity = count(line, "quantity");
    const { pieces, worth } = (of && back.get(of)) || { pieces: 0, worth: "0" };
    if (of && quantity) back.set(of, { pieces: pieces + quantity, worth: sum(worth, lineWorth(line, around)) });
  }
  return back;
}

const inShop = (from: Fields, name: string, code: string): Decimal =>
  amountIn(object(from, `${name}_set`), "shop_money", code) ?? decimal(from, name) ?? "0";

/** The pieces, with their tax where prices are without it, and the shipping. */
const worthOf = (refund: Fields, around: Around): Decimal =>
  sum(
    ...objects(refund, "refund_line_items").map((line) => lineWorth(line, around)),
    shippingBack(refund, around.currency),
  );

const lineWorth = (line: Fields, { currency, taxesIncluded }: Around): Decimal =>
  sum(inShop(line, "subtotal", currency), taxesIncluded ? "0" : inShop(line, "total_tax", currency));

/** Told as a line, as an adjustment, or as both (API 2024-10 and later): then it counts once. */
export function shippingBack(refund: Fields, currency: string): Decimal {
  const lines = objects(refund, "refund_shipping_lines").map((line) => inShop(line, "subtotal_amount", currency));
  const adjusted = objects(refund, "order_adjustments")
    .filter((one) => word(one, "kind") === "shipping_refund")
    .map((one) => less("0", sum(inShop(one, "amount", currency), inShop(one, "tax_amount", currency))));
  const total = lines.length > 0 ? sum(...lines) : sum(...adjusted);
  return compare(total, "0") > 0 ? most(total, "0") : "0";
}
