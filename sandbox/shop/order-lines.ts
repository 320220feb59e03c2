// The lines of an order, and its shipping, as Shopify's webhooks write them.
import { type Line, lineDiscount, titleOf } from "./cart.ts";
import { MAKER } from "./catalogue.ts";
import { gid, money, moneySet, nextId, taxInside } from "./writing.ts";

export function orderLine(line: Line, percent: number) {
  const { product, variant, quantity } = line;
  const id = nextId();
  const discount = lineDiscount(line, percent);
  const tax = taxInside(variant.cents * quantity - discount);
  return {
    id,
    admin_graphql_api_id: gid("LineItem", id),
    product_id: product.id,
    variant_id: variant.id,
    product_exists: true,
    name: titleOf(line),
    title: product.title,
    variant_title: variant.title,
    sku: variant.sku,
    vendor: MAKER,
    quantity,
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_status: null,
    gift_card: false,
    grams: variant.grams,
    taxable: true,
    requires_shipping: true,
    properties: [],
    price: money(variant.cents),
    price_set: moneySet(variant.cents),
    total_discount: "0.00",
    total_discount_set: moneySet(0),
    discount_allocations: discount
      ? [{ amount: money(discount), amount_set: moneySet(discount), discount_application_index: 0 }]
      : [],
    tax_lines: [{ price: money(tax), rate: 0.19, title: "MwSt", price_set: moneySet(tax) }],
    duties: [],
  };
}

export function shippingLine(cents: number) {
  return {
    id: nextId(),
    code: "standard",
    title: "DHL Paket",
    source: "shopify",
    price: money(cents),
    price_set: moneySet(cents),
    discounted_price: money(cents),
    discounted_price_set: moneySet(cents),
    discount_allocations: [],
    tax_lines: [],
    phone: null,
  };
}
