// How much money a refund gave back: in the shop's currency, as its order was told, where the refund tells it exactly.
import { compare, isZero, less, sum } from "./decimal.ts";
import type { Decimal } from "./facts.ts";
import { currency, decimal, object, objects, word } from "./fields.ts";
import type { Fields } from "./json.ts";
import { amountIn, currencyOf, type Side } from "./money.ts";
import type { Refund } from "./shopping.ts";

export type MoneyBack = Pick<Refund, "currency" | "total"> & { others: NonNullable<Refund["others"]> };
/** Price sets that a refund is made of. Adjustments are below 0 where more went back, so they are taken off. */
interface Parts {
  back: Fields[];
  adjusted: Fields[];
}

/** `payments` are the refund's transactions of kind "refund"; only the successful ones moved money. */
export function moneyBack(refund: Fields, payments: Fields[]): MoneyBack {
  const moved = payments.filter((one) => word(one, "status") === "success");
  const first = moved.map((one) => currency(one, "currency")).find((one) => one !== null) ?? null;
  const byCurrency = new Map<string | null, Decimal[]>([[first, []]]);
  for (const one of moved) {
    const code = currency(one, "currency") ?? first;
    byCurrency.set(code, [...(byCurrency.get(code) ?? []), decimal(one, "amount") ?? "0"]);
  }
  const [main, ...rest] = [...byCurrency].map(([code, amounts]) => ({ currency: code, total: sum(...amounts) }));
  const total = main?.total ?? "0";
  const others = rest.flatMap(({ currency: code, total }) => (code && !isZero(total) ? { currency: code, total } : []));
  const inShop = first && others.length === 0 ? inShopMoney(refund, first, total) : null;
  return { ...(inShop ?? { currency: first, total }), others };
}

/** Transactions have one currency, the refund's parts have both: where these make up the buyer's total, they are all of it. */
function inShopMoney(refund: Fields, paidIn: string, paid: Decimal): Omit<MoneyBack, "others"> | null {
  const ways = waysToAdd(refund);
  const sets = ways.flatMap(({ back, adjusted }) => [...back, ...adjusted]);
  const code = sets.map((set) => currencyOf(set, "shop_money")).find((one) => one !== null);
  if (!code || code === paidIn) return null;
  const exact = ways.filter((parts) => equal(totalOf(parts, "presentment_money", paidIn), paid));
  const totals = exact.map((parts) => totalOf(parts, "shop_money", code));
  const [total] = totals;
  return total && totals.every((other) => equal(other, total)) ? { currency: code, total } : null;
}

/**
 * A refund does not say whether its prices include the tax. Refunded shipping is told as an adjustment, as a shipping
 * line, or as both (API 2024-10 and later), and then it counts once.
 */
function waysToAdd(refund: Fields): Parts[] {
  const lines = objects(refund, "refund_line_items");
  const goods = setsOf(lines, "subtotal_set");
  const shipping = objects(refund, "refund_shipping_lines");
  const shipped = setsOf(shipping, "subtotal_amount_set");
  const taxes = shipping.flatMap((line) => objects(object(line, "shipping_line"), "tax_lines"));
  const adjustments = objects(refund, "order_adjustments");
  const adjusted = setsOf(adjustments, "amount_set", "tax_amount_set");
  const rests: Parts[] = [
    { back: [], adjusted },
    { back: [], adjusted: setsOf(adjustments, "amount_set") },
    { back: shipped, adjusted },
    { back: [...shipped, ...setsOf(taxes, "price_set")], adjusted },
  ];
  const always = setsOf([refund], "total_duties_set", "total_additional_fees_set");
  return [goods, [...goods, ...setsOf(lines, "total_tax_set")]].flatMap((some) =>
    rests.map((rest) => ({ ...rest, back: [...some, ...rest.back, ...always] })),
  );
}

const setsOf = (from: Fields[], ...names: string[]): Fields[] =>
  from.flatMap((one) => names.map((name) => object(one, name))).filter((set) => set !== null);

/** null where a part is not told in that currency. */
function totalOf({ back, adjusted }: Parts, side: Side, code: string): Decimal | null {
  const [given, taken] = [back, adjusted].map((sets) => sets.map((set) => amountIn(set, side, code)));
  if (!given?.every((one) => one !== null) || !taken?.every((one) => one !== null)) return null;
  return less(sum(...given), sum(...taken));
}

const equal = (one: Decimal | null, other: Decimal): boolean => one !== null && compare(one, other) === 0;
