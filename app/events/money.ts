// The amounts of an order, in the shop's currency and in the buyer's: never one currency's amount beside the other's name.
import { compare, less, sum, times } from "./decimal.ts";
import type { Amounts, Decimal, Item } from "./facts.ts";
import { count, currency, decimal, field, must, object, objects, yesNo } from "./fields.ts";
import { worth } from "./item.ts";
import type { Fields } from "./json.ts";

export type Side = "shop_money" | "presentment_money";
/** Takes an amount by its plain name, on one side. */
type Take = (from: Fields, name: string) => Decimal | null;

/** One side of a price set, if it is in the given currency. */
export function amountIn(set: Fields | null, side: Side, code: string): Decimal | null {
  return currencyOf(set, side) === code ? decimal(object(set, side), "amount") : null;
}

export const currencyOf = (set: Fields | null, side: Side): string | null =>
  currency(object(set, side), "currency_code");

/** The plain fields of an order (total_price …) are in the shop's currency. @throws Unreadable */
export function orderAmounts(order: Fields, items: Item[]): Amounts {
  const code = currency(order, "currency") ?? currencyOf(object(order, "total_price_set"), "shop_money");
  const inShop = code ?? must(currency, order, "currency", "a_currency_code");
  const inSet = takeFrom("shop_money", inShop);
  const take: Take = (from, name) => decimal(from, name) ?? inSet(from, name);
  return {
    currency: inShop,
    total: take(order, "total_price") ?? must(decimal, order, "total_price", "an_amount"),
    subtotal: take(order, "subtotal_price") ?? worth(items),
    tax: take(order, "total_tax") ?? "0",
    shipping: shipping(order, take) ?? inSet(order, "total_shipping_price") ?? "0",
    ...ofShipping(order, take),
    discount: discounts(order, take),
    tip: take(order, "total_tip_received") ?? "0",
    duties: duties(order, inSet),
  };
}

/** null where the buyer paid in the shop's currency, or where Shopify did not tell the amounts. */
export function presentmentAmounts(order: Fields, shopCurrency: string): Amounts | null {
  const side = "presentment_money";
  const code = currency(order, "presentment_currency") ?? currencyOf(object(order, "total_price_set"), side);
  if (!code || code === shopCurrency) return null;
  const take = takeFrom(side, code);
  const total = take(order, "total_price");
  if (!total) return null;
  return {
    currency: code,
    total,
    subtotal: take(order, "subtotal_price") ?? ofItems(order, take) ?? total,
    tax: take(order, "total_tax") ?? "0",
    shipping: shipping(order, take) ?? take(order, "total_shipping_price") ?? "0",
    ...ofShipping(order, take),
    discount: discounts(order, take),
    tip: take(order, "total_tip_received") ?? "0",
    duties: duties(order, take),
  };
}

/** The amounts of a checkout have no price sets. @throws Unreadable */
export function checkoutAmounts(checkout: Fields, items: Item[]): Amounts {
  // "currency" is the shop's, but the amounts are in presentment currency (REST reference, Abandoned checkouts).
  const presented = currency(checkout, "presentment_currency");
  return {
    currency: presented ?? must(currency, checkout, "currency", "a_currency_code"),
    total: must(decimal, checkout, "total_price", "an_amount"),
    subtotal: decimal(checkout, "subtotal_price") ?? worth(items),
    tax: decimal(checkout, "total_tax") ?? "0",
    shipping: shipping(checkout, decimal) ?? "0",
    ...ofShipping(checkout, decimal),
    discount: discounts(checkout, decimal),
    tip: decimal(checkout, "total_tip_received") ?? "0",
    duties: decimal(checkout, "total_duties") ?? "0",
  };
}

const takeFrom =
  (side: Side, code: string): Take =>
  (from, name) =>
    amountIn(object(from, `${name}_set`), side, code);

/** What the items come to by their own prices; null where one does not tell it. */
function ofItems(order: Fields, take: Take): Decimal | null {
  const lines = objects(order, "line_items").map((line) => {
    const [price, quantity] = [take(line, "price"), count(line, "quantity")];
    return price && quantity ? less(times(price, quantity), sum(...discountsOf(line, take))) : null;
  });
  return lines.length > 0 && lines.every((one) => one !== null) ? sum(...lines) : null;
}

/** What the shipping lines themselves tell of discount and tax: what is told for the order only is no line's. */
function ofShipping(from: Fields, take: Take): Pick<Amounts, "shippingDiscount" | "shippingTax"> {
  const lines = objects(from, "shipping_lines").filter((line) => !yesNo(line, "is_removed"));
  const prices = lines.map((line) => take(line, "price") ?? afterDiscounts(line, take) ?? "0");
  const discount = less(sum(...prices), sum(...lines.map((line) => afterDiscounts(line, take) ?? "0")));
  const tax = sum(...lines.flatMap((line) => objects(line, "tax_lines").map((one) => take(one, "price") ?? "0")));
  return {
    ...(compare(discount, "0") > 0 ? { shippingDiscount: discount } : {}),
    ...(compare(tax, "0") > 0 ? { shippingTax: tax } : {}),
  };
}

/** null where the lines do not tell it: total_shipping_price_set, then, is before discounts (REST reference, Order). */
function shipping(from: Fields, take: Take): Decimal | null {
  const lines = objects(from, "shipping_lines");
  const left = lines.filter((line) => !yesNo(line, "is_removed")).map((line) => afterDiscounts(line, take));
  return lines.length > 0 && left.every((one) => one !== null) ? sum(...left) : null;
}

/** discounted_price leaves out discounts on the whole order (REST reference, Order); the allocations have them. */
function afterDiscounts(line: Fields, take: Take): Decimal | null {
  const discounted = take(line, "discounted_price");
  const price = take(line, "price");
  if (!price) return discounted;
  const rest = less(price, sum(...shares(line, take)));
  return discounted && compare(discounted, rest) < 0 ? discounted : rest;
}

/** Of the items alone: total_discounts is those on the shipping, too. */
function discounts(from: Fields, take: Take): Decimal {
  return sum(...objects(from, "line_items").flatMap((line) => discountsOf(line, take)));
}

function discountsOf(line: Fields, take: Take): Decimal[] {
  const allocated = shares(line, take);
  return allocated.length > 0 ? allocated : [take(line, "total_discount") ?? []].flat();
}

const shares = (line: Fields, take: Take): Decimal[] =>
  objects(line, "discount_allocations").flatMap((share) => take(share, "amount") ?? []);

function duties(order: Fields, take: Take): Decimal {
  const name = field(order, "original_total_duties_set") ? "original_total_duties" : "current_total_duties";
  return take(order, name) ?? "0";
}
