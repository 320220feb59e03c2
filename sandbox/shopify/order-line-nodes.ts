// The lines of an order and its shipping lines, as GraphQL tells them.
import type { Node } from "./connection.ts";
import type { Links } from "./links.ts";
import { cents, type Payload } from "./memory.ts";
import { attributes, bag, bagOf, named, sumOf } from "./nodes.ts";

const sharesOf = (line: Payload, currency: string) => ({
  discountAllocations: (line.discount_allocations ?? []).map((one: Payload) => ({
    __typename: "DiscountAllocation",
    allocatedAmountSet: bagOf(one, "amount", currency),
  })),
  taxLines: (line.tax_lines ?? []).map((one: Payload) => ({
    ...{ __typename: "TaxLine", title: one.title ?? "", rate: one.rate ?? null },
    priceSet: bagOf(one, "price", currency),
  })),
});

export function lineNode(line: Payload, { currency }: Payload, links: Links): Node {
  const discount = (line.discount_allocations ?? []).reduce((sum: number, one: Payload) => sum + cents(one.amount), 0);
  const whole = cents(line.price) * line.quantity;
  const { discountAllocations, taxLines } = sharesOf(line, currency);
  return named("LineItem", line.id, {
    ...{ name: line.name, title: line.title, variantTitle: line.variant_title, sku: line.sku, vendor: line.vendor },
    ...{ quantity: line.quantity, currentQuantity: line.current_quantity ?? line.quantity, isGiftCard: line.gift_card },
    originalUnitPriceSet: bagOf(line, "price", currency),
    ...{ originalTotalSet: bag(whole), discountedTotalSet: bag(whole) },
    discountedUnitPriceAfterAllDiscountsSet: bag(Math.round((whole - discount) / line.quantity)),
    totalDiscountSet: sumOf(
      discountAllocations.map((one: Node) => one.allocatedAmountSet),
      currency,
    ),
    ...{ product: links.product(line.product_id), variant: links.variant(line.variant_id) },
    customAttributes: attributes(line.properties),
    ...{ requiresShipping: line.requires_shipping ?? true, taxable: line.taxable ?? true },
    ...{ discountAllocations, taxLines },
  });
}

export const shippingNode = (line: Payload, currency: string): Node =>
  named("ShippingLine", line.id ?? 1, {
    ...{ title: line.title, code: line.code, source: line.source, isRemoved: line.is_removed ?? false },
    originalPriceSet: bagOf(line, "price", currency),
    discountedPriceSet: bagOf(line, "discounted_price", currency),
    ...sharesOf(line, currency),
  });
