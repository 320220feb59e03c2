// The formulas that docs/endpoints.md gives for an order's amounts hold for orders of every make-up.
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderMessage } from "../../app/destinations/shopimind/order.ts";
import { purchase } from "../../app/destinations/tolinku/messages.ts";
import { less, sum, times } from "../../app/events/decimal.ts";
import type { Body } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";
import { sale, sold } from "../support/sales.ts";

/** A message's body as it would be sent. */
const sent = (message: unknown) => JSON.parse(JSON.stringify(message)).body;

function heard(body: Body) {
  const books = new Books();
  books.hear({ topic: "orders/create", body });
  const [[placed], [updated]] = [books.of("order.placed"), books.of("order.updated")];
  if (!placed || !updated) throw new Error("no order was placed");
  return { placed, updated };
}

test("Tolinku: items − discount + shipping (+ tax where the prices are without it) + what has no field = revenue", () => {
  fc.assert(
    fc.property(sale, (one) => {
      const { body, apart, tax } = sold(one);
      const { order: placed } = heard(body).placed;
      const said = sent(purchase(heard(body).placed));
      const digits = (value: number) => value.toFixed(2);
      const items = (said.items ?? []).map((item: { price: number; quantity: number }) =>
        times(digits(item.price), item.quantity),
      );
      const worth = less(sum("0.00", ...items, digits(said.shipping), apart, tax), digits(said.discount));
      expect(worth).toBe(placed.amounts.total);
      expect(digits(said.revenue)).toBe(placed.amounts.total);
    }),
  );
});

test("ShopiMind: the shipping costs are the shipping lines' prices after discounts, with and without their own taxes", () => {
  fc.assert(
    fc.property(sale, (one) => {
      const { body, lefts } = sold(one);
      const said = sent(orderMessage(heard(body).updated));
      const shipped = lefts.reduce((total, { price, off }) => total + price - off, 0);
      const tax = lefts.reduce((total, { tax }) => total + tax, 0);
      const [taxed, plain] = one.included ? [shipped, shipped - tax] : [shipped + tax, shipped];
      expect([said.shipping_costs, said.shipping_costs_without_tax]).toEqual([taxed / 100, plain / 100]);
    }),
  );
});
