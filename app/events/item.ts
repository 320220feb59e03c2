// The lines of an order, refund or checkout; a line without a readable quantity or price is left out.
import { less, sum, times } from "./decimal.ts";
import type { Decimal, Item } from "./facts.ts";
import { count, decimal, id, object, objects, ownId, text, yesNo } from "./fields.ts";
import type { Fields } from "./json.ts";
import { variantName } from "./wares.ts";

export const items = (from: Fields): Item[] => itemLines(from).flatMap((line) => item(line) ?? []);

/** The lines that are something bought: a tip is a line too, told by how it is paid. */
export const itemLines = (from: Fields): Fields[] => objects(from, "line_items").filter((line) => !isTip(line));
export const tipLines = (from: Fields): Fields[] => objects(from, "line_items").filter(isTip);

const isTip = (line: Fields): boolean =>
  id(line, "product_id") === null &&
  (text(line, "tip_payment_gateway") !== null ||
    text(line, "tip_payment_method") !== null ||
    object(line, "tip") !== null);

/** Is it a product, or was it one before it was deleted? A gift wrap or another line that staff or an app wrote is none. */
const isWare = ({ productId, variantId, sku, vendor }: Item): boolean =>
  [productId, variantId, sku, vendor].some((one) => one !== null);

/** How many pieces of wares. */
export const pieceCount = (lines: Item[]): number =>
  lines.filter(isWare).reduce((count, { quantity }) => count + quantity, 0);

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
