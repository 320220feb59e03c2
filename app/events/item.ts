// The lines of an order, refund or checkout; a line without a readable quantity or price is left out.
import { less, sum, times } from "./decimal.ts";
import type { Decimal, Item } from "./facts.ts";
import { count, decimal, id, object, objects, ownId, text, yesNo } from "./fields.ts";
import type { Fields } from "./json.ts";
import { variantName } from "./wares.ts";

export const items = (from: Fields): Item[] => objects(from, "line_items").flatMap((line) => item(line) ?? []);

/** What the lines come to after their discounts. */
export const worth = (lines: Item[]): Decimal =>
  sum(...lines.map((line) => less(times(line.price, line.quantity), line.discount)));

export function item(line: Fields): Item | null {
  const quantity = count(line, "quantity");
  const price = decimal(line, "price") ?? decimal(object(object(line, "price_set"), "shop_money"), "amount");
  if (!quantity || !price) return null;
  return {
    lineId: ownId(line) ?? text(line, "key"),
    ...ware(line),
    quantity,
    price,
    discount: discount(line),
    tax: sum(...objects(line, "tax_lines").map((tax) => decimal(tax, "price") ?? "0")),
  };
}

/** What was bought, apart from how much of it and for how much. */
export function ware(line: Fields) {
  return {
    productId: id(line, "product_id"),
    variantId: id(line, "variant_id"),
    sku: text(line, "sku"),
    title: text(line, "title") ?? text(line, "name") ?? "",
    variantTitle: variantName(text(line, "variant_title")),
    vendor: text(line, "vendor"),
    giftCard: yesNo(line, "gift_card") ?? false,
  };
}

/** total_discount leaves out the line's share of a discount on the whole order; the allocations have both. */
function discount(line: Fields): Decimal {
  const shares = objects(line, "discount_allocations").flatMap((share) => decimal(share, "amount") ?? []);
  return shares.length ? sum(...shares) : (decimal(line, "total_discount") ?? "0");
}
