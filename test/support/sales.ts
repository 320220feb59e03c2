// Orders of every make-up, added up as Shopify adds them up: lines, discounts, shipping, taxes, tips, duties.
import fc from "fast-check";
import { line, money, order } from "./payloads.ts";

/** Hundredths as Shopify writes them. */
const amount = (cents: number) => (cents / 100).toFixed(2);
const cents = fc.integer({ min: 0, max: 5_000 });
const bought = fc.record({ price: cents, quantity: fc.integer({ min: 1, max: 5 }), off: cents, tax: cents });
export const sale = fc.record({
  lines: fc.array(bought, { minLength: 1, maxLength: 4 }),
  parcels: fc.array(fc.record({ price: cents, off: cents, tax: cents, removed: fc.boolean() }), { maxLength: 3 }),
  custom: fc.option(bought, { nil: undefined }),
  included: fc.boolean(),
  tip: cents,
  duties: cents,
});
export type Sale = typeof sale extends fc.Arbitrary<infer Value> ? Value : never;

/** An order as Shopify would add it up, and what of it has no field at Tolinku. */
export function sold({ lines, parcels, custom, included, tip, duties }: Sale) {
  const all = [...lines, ...(custom ? [custom] : [])].map((one) => ({
    ...one,
    off: Math.min(one.off, one.price * one.quantity),
  }));
  const sent = parcels.map((one) => ({ ...one, off: Math.min(one.off, one.price) }));
  const left = sent.filter((one) => !one.removed);
  const goods = all.reduce((total, { price, quantity, off }) => total + price * quantity - off, 0);
  const shipped = left.reduce((total, { price, off }) => total + price - off, 0);
  const tax = [...all, ...left].reduce((total, one) => total + one.tax, 0);
  const own = custom ? all.at(-1) : undefined;
  const apart = tip + duties + (own ? own.price * own.quantity : 0);
  const body = order({
    taxes_included: included,
    line_items: all.map((one, at) => ({
      ...line({ id: at + 1, variant_id: one === own ? null : at + 601, product_id: one === own ? null : 501 }),
      price: amount(one.price),
      quantity: one.quantity,
      discount_allocations: [{ amount: amount(one.off) }],
      tax_lines: [{ price: amount(one.tax) }],
    })),
    shipping_lines: sent.map((one) => ({
      code: "P",
      title: "Parcel",
      price: amount(one.price),
      discounted_price: amount(one.price - one.off),
      discount_allocations: [{ amount: amount(one.off) }],
      tax_lines: [{ price: amount(one.tax) }],
      is_removed: one.removed,
    })),
    total_shipping_price_set: money(amount(shipped)),
    current_total_duties_set: money(amount(duties)),
    total_tip_received: amount(tip),
    subtotal_price: amount(goods),
    total_tax: amount(tax),
    total_price: amount(goods + shipped + tip + duties + (included ? 0 : tax)),
  });
  return { body, apart: amount(apart), tax: included ? "0" : amount(tax), lefts: left };
}
