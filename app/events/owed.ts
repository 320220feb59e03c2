// What an order is worth: what is left of it, and what was bought, which is that and the money that went back since.
import { compare, isZero, least, less, most, sum, writtenAs } from "./decimal.ts";
import type { Amounts, Decimal, Id, Item } from "./facts.ts";
import { decimal, field, object, objects, time, word } from "./fields.ts";
import { item, itemLines, tipLines, worth } from "./item.ts";
import type { Fields } from "./json.ts";
import { amountIn, orderAmounts, presentmentAmounts } from "./money.ts";
import { only, type Pieces, piecesOf } from "./pieces.ts";
import { paymentsOf, type RefundFacts, refundFacts, shippingBack } from "./refund-facts.ts";
import type { Order } from "./shopping.ts";

export interface Owed extends Pick<Order, "amounts" | "presentment" | "items" | "left"> {
  refunds: RefundFacts[];
  /** What is left of the order, and the most that it ever was. */
  now: Decimal;
  ever: Decimal;
  /** Pieces that were ever ordered: an edit that takes some out leaves the number. */
  ordered: number;
  /** Pieces that are left, by line. */
  pieces: Record<Id, number>;
}

const PAID = ["paid", "partially_refunded", "refunded"];

export const wasPaid = (order: Fields): boolean => PAID.includes(word(order, "financial_status") ?? "");

/** @throws Unreadable where currency or total cannot be had */
export function owedOf(order: Fields, taxesIncluded: boolean): Owed {
  const refunds = refundsIn(order, taxesIncluded);
  const all = itemLines(order).flatMap((one) => item(one) ?? []);
  const told = withTips(orderAmounts(order, all), order);
  const current = currentTotal(order, told.currency);
  const ever = most(told.total, current ?? told.total);
  const back = sum("0", ...refunds.flatMap(({ paid, awaited }) => [paid, awaited]));
  const pieces = piecesOf(order, refunds, current && less(ever, sum(current, back)));
  const [bought, left] = [some(pieces, "bought"), some(pieces, "left")];
  const gone = less(amountOf(all, taxesIncluded), amountOf(bought, taxesIncluded));
  const as = (amount: Decimal) => writtenAs(amount, told.total);
  const now = as(nowOf(order, told, back, gone));
  const total = as(least(sum(now, back), ever));
  const amounts = { ...(compare(gone, "0") > 0 ? partsOf(told, pieces, bought) : told), total };
  const rest = leftAmounts(order, { ...told, total: now }, pieces, left, refunds.length);
  const whole = compare(now, told.total) === 0 && pieces.every((one) => one.left === one.item.quantity);
  return {
    amounts,
    presentment: presentmentOf(order, told.currency),
    items: bought,
    ...(whole ? {} : { left: { amounts: rest, items: [left, bought, all].find(hasProduct) ?? left } }),
    refunds,
    now,
    ever,
    pieces: Object.fromEntries(pieces.map(({ item, left }) => [item.lineId ?? "", left])),
    ordered: pieces.reduce((count, { item }) => count + item.quantity, 0),
  };
}

function refundsIn(order: Fields, taxesIncluded: boolean): RefundFacts[] {
  const records = objects(order, "refunds");
  const says = ["refunded", "partially_refunded"].includes(word(order, "financial_status") ?? "");
  const untold = says && records.every((one) => paymentsOf(one).length === 0);
  const currency = orderAmounts(order, []).currency;
  return records.map((one) => refundFacts(one, { currency, taxesIncluded, untold }));
}

const some = (pieces: Pieces[], which: "bought" | "left"): Item[] =>
  pieces.flatMap((one) => only(one.item, one[which]) ?? []);

const hasProduct = (lines: Item[]) => lines.some(({ productId }) => productId !== null);

const amountOf = (lines: Item[], taxesIncluded: boolean): Decimal =>
  taxesIncluded ? worth(lines) : sum(worth(lines), ...lines.map(({ tax }) => tax));

const currentTotal = (order: Fields, code: string): Decimal | null =>
  decimal(order, "current_total_price") ?? amountIn(object(order, "current_total_price_set"), "shop_money", code);

/**
 * Of an order that was cancelled before it was paid nothing is left, whatever its amounts still say. Where it does not say what is
 * left, what went back or is to go back is taken off, as Shopify does itself.
 */
function nowOf(order: Fields, told: Amounts, back: Decimal, gone: Decimal): Decimal {
  if (time(order, "cancelled_at") && !wasPaid(order) && word(order, "financial_status") !== "partially_paid")
    return "0";
  return currentTotal(order, told.currency) ?? most(less(told.total, sum(back, gone)), "0");
}

/** A tip may be told as a line alone. */
function withTips(told: Amounts, order: Fields): Amounts {
  if (!isZero(told.tip)) return told;
  const tips = tipLines(order).flatMap((line) => decimal(line, "price") ?? []);
  return tips.length > 0 ? { ...told, tip: sum(...tips) } : told;
}

function partsOf(told: Amounts, pieces: Pieces[], lines: Item[]): Amounts {
  const of = (some: Item[], name: "tax" | "discount") => sum(...some.map((one) => one[name]));
  const all = pieces.map(({ item }) => item);
  const less0 = (amount: Decimal, name: "tax" | "discount") =>
    most(less(amount, less(of(all, name), of(lines, name))), "0");
  return {
    ...told,
    subtotal: worth(lines),
    tax: less0(told.tax, "tax"),
    discount: less0(told.discount, "discount"),
  };
}

function leftAmounts(order: Fields, told: Amounts, pieces: Pieces[], lines: Item[], refunds: number): Amounts {
  const nothing = { subtotal: "0", tax: "0", shipping: "0", discount: "0", tip: "0", duties: "0" };
  const { shippingTax: _, shippingDiscount: __, ...must } = told;
  if (isZero(told.total)) return { ...must, ...nothing };
  const current = (name: string) =>
    decimal(order, name) ?? amountIn(object(order, `${name}_set`), "shop_money", told.currency);
  const parts = partsOf(told, pieces, lines);
  const back = refunds === 0 ? "0" : sum(...objects(order, "refunds").map((one) => shippingBack(one, told.currency)));
  return {
    ...parts,
    subtotal: current("current_subtotal_price") ?? parts.subtotal,
    tax: current("current_total_tax") ?? parts.tax,
    shipping: most(less(told.shipping, back), "0"),
    duties: (field(order, "current_total_duties_set") && current("current_total_duties")) || told.duties,
  };
}

/** The buyer's side of the same sum, where all of it is told on that side. */
function presentmentOf(order: Fields, shopCurrency: string): Amounts | null {
  const told = presentmentAmounts(order, shopCurrency);
  if (!told) return null;
  const now = amountIn(object(order, "current_total_price_set"), "presentment_money", told.currency);
  if (!now) return told;
  const back = objects(order, "refunds").flatMap((one) =>
    paymentsOf(one)
      .filter(
        (payment) => word(payment, "status") !== "failure" && word(payment, "currency") === told.currency.toLowerCase(),
      )
      .map((payment) => decimal(payment, "amount") ?? "0"),
  );
  return { ...told, total: least(sum(now, ...back), most(told.total, now)) };
}
