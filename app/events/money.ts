// The amounts of an order, in the shop's currency and in the buyer's: never one currency's amount beside the other's name.
import { sum } from "./decimal.ts";
import type { Amounts, Decimal, Item } from "./facts.ts";
import { currency, decimal, field, must, object, objects } from "./fields.ts";
import { worth } from "./item.ts";
import type { Fields } from "./json.ts";

export type Side = "shop_money" | "presentment_money";

/** One side of a price set, if it is in the given currency. */
export function money(from: Fields | null, name: string, side: Side, code: string | null): Decimal | null {
  const amount = object(object(from, name), side);
  return code === null || currency(amount, "currency_code") === code ? decimal(amount, "amount") : null;
}

export const currencyOf = (from: Fields | null, name: string, side: Side): string | null =>
  currency(object(object(from, name), side), "currency_code");

/** The plain fields of an order (total_price …) are in the shop's currency. @throws Unreadable */
export function orderAmounts(order: Fields, items: Item[]): Amounts {
  const code = currency(order, "currency") ?? currencyOf(order, "total_price_set", "shop_money");
  const inShop = code ?? must(currency, order, "currency", "a currency code");
  const of = (name: string) => decimal(order, name) ?? money(order, `${name}_set`, "shop_money", inShop);
  return {
    currency: inShop,
    total: of("total_price") ?? must(decimal, order, "total_price", "an amount"),
    subtotal: of("subtotal_price") ?? worth(items),
    tax: of("total_tax") ?? "0",
    shipping: money(order, "total_shipping_price_set", "shop_money", inShop) ?? shippingLines(order),
    discount: of("total_discounts") ?? "0",
    tip: of("total_tip_received") ?? "0",
    duties: duties(order, "shop_money", inShop),
  };
}

/** null where the buyer paid in the shop's currency, or where Shopify did not tell the amounts. */
export function presentmentAmounts(order: Fields, shopCurrency: string): Amounts | null {
  const side = "presentment_money";
  const code = currency(order, "presentment_currency") ?? currencyOf(order, "total_price_set", side);
  if (!code || code === shopCurrency) return null;
  const of = (name: string) => money(order, `${name}_set`, side, code);
  const total = of("total_price");
  const subtotal = of("subtotal_price");
  if (!total || !subtotal) return null;
  return {
    currency: code,
    total,
    subtotal,
    tax: of("total_tax") ?? "0",
    shipping: of("total_shipping_price") ?? "0",
    discount: of("total_discounts") ?? "0",
    tip: of("total_tip_received") ?? "0",
    duties: duties(order, side, code),
  };
}

/** The amounts of a checkout have no price sets. @throws Unreadable */
export function checkoutAmounts(checkout: Fields, items: Item[]): Amounts {
  // "currency" is the shop's, but the amounts are in presentment currency (REST reference, Abandoned checkouts).
  const presented = currency(checkout, "presentment_currency");
  return {
    currency: presented ?? must(currency, checkout, "currency", "a currency code"),
    total: must(decimal, checkout, "total_price", "an amount"),
    subtotal: decimal(checkout, "subtotal_price") ?? worth(items),
    tax: decimal(checkout, "total_tax") ?? "0",
    shipping: shippingLines(checkout),
    discount: decimal(checkout, "total_discounts") ?? "0",
    tip: decimal(checkout, "total_tip_received") ?? "0",
    duties: decimal(checkout, "total_duties") ?? "0",
  };
}

const shippingLines = (from: Fields): Decimal =>
  sum(
    ...objects(from, "shipping_lines").map(
      (line) => decimal(line, "discounted_price") ?? decimal(line, "price") ?? "0",
    ),
  );

function duties(order: Fields, side: Side, code: string): Decimal {
  const name = field(order, "original_total_duties_set") ? "original_total_duties_set" : "current_total_duties_set";
  return money(order, name, side, code) ?? "0";
}
