// The lines of an order and its shipping lines out of GraphQL, as a webhook writes them.
import { z } from "zod";
import { compare, isZero, sum, times } from "../../events/decimal.ts";
import { BAG, bag, inShop, nothing, twice } from "./money.ts";
import { type Body, gid, identity, withId } from "./told.ts";

const SHARES = `discountAllocations { allocatedAmountSet ${BAG} } taxLines { priceSet ${BAG} }`;
export const LINE = `id name title variantTitle sku vendor quantity currentQuantity isGiftCard requiresShipping taxable
  product { id } variant { id } originalUnitPriceSet ${BAG} ${SHARES}`;
export const SHIPPING_LINE = `id title code isRemoved originalPriceSet ${BAG} discountedPriceSet ${BAG} ${SHARES}`;

const text = z.string().nullish();
const shares = {
  discountAllocations: z.array(z.object({ allocatedAmountSet: bag })),
  taxLines: z.array(z.object({ priceSet: bag })),
};
export const lineNode = z.object({
  id: gid,
  ...{ name: z.string(), title: z.string(), variantTitle: text, sku: text, vendor: text },
  ...{ quantity: z.number().int(), currentQuantity: z.number().int(), isGiftCard: z.boolean() },
  ...{ requiresShipping: z.boolean(), taxable: z.boolean(), product: withId.nullish(), variant: withId.nullish() },
  ...{ originalUnitPriceSet: bag, ...shares },
});
export type LineNode = z.infer<typeof lineNode>;
export const shippingLineNode = z.object({
  ...{ id: gid.nullish(), title: z.string(), code: text, isRemoved: z.boolean() },
  ...{ originalPriceSet: bag, discountedPriceSet: bag, ...shares },
});
export type ShippingLineNode = z.infer<typeof shippingLineNode>;

const retellShares = ({ discountAllocations, taxLines }: Pick<LineNode, "discountAllocations" | "taxLines">): Body => ({
  discount_allocations: discountAllocations.map(({ allocatedAmountSet }) => twice("amount", allocatedAmountSet)),
  tax_lines: taxLines.map((one) => twice("price", one.priceSet)),
});

/** @param tip what the order says that was given as a tip, in the shop's currency. */
export function retellLines(nodes: LineNode[], tip: string): Body[] {
  const tips = tipsAmong(nodes, tip);
  return nodes.map((node) => ({
    ...identity(node.id),
    ...{ product_id: plain(node.product), variant_id: plain(node.variant), sku: node.sku, vendor: node.vendor },
    ...{ name: node.name, title: node.title, variant_title: node.variantTitle, gift_card: node.isGiftCard },
    ...{ quantity: node.quantity, current_quantity: node.currentQuantity },
    ...twice("price", node.originalUnitPriceSet),
    // A webhook's total_discount is without the share of discounts on the whole order: where there are shares they tell it all.
    ...(node.discountAllocations.length === 0 ? { total_discount: nothing(node.originalUnitPriceSet) } : {}),
    ...retellShares(node),
    ...(tips.has(node.id) ? { tip: {} } : {}),
  }));
}

const plain = (thing: { id: string } | null | undefined) => (thing ? identity(thing.id).id : null);

/** A webhook marks the line that is a tip; GraphQL does not: those are it that are no ware and come to just what the order's tip is. */
function tipsAmong(nodes: LineNode[], tip: string): Set<string> {
  const free = nodes.filter(
    ({ product, variant, sku, vendor, requiresShipping, taxable, isGiftCard }) =>
      !(product || variant || sku || vendor || requiresShipping || taxable || isGiftCard),
  );
  const worth = (lines: LineNode[]) =>
    sum("0", ...lines.map((one) => times(inShop(one.originalUnitPriceSet), one.quantity)));
  if (isZero(tip)) return new Set();
  const exact = free.filter((one) => compare(worth([one]), tip) === 0);
  const tips = exact.length === 1 ? exact : compare(worth(free), tip) === 0 ? free : [];
  return new Set(tips.map(({ id }) => id));
}

export const retellShippingLine = (node: ShippingLineNode): Body => ({
  ...(node.id ? { id: identity(node.id).id } : {}),
  ...{ title: node.title, code: node.code, is_removed: node.isRemoved },
  ...twice("price", node.originalPriceSet),
  ...twice("discounted_price", node.discountedPriceSet),
  ...retellShares(node),
});
