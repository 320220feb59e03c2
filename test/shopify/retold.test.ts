// What GraphQL tells of an order, a customer or a product makes the same events as the webhook that would have told it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { newOrder, orderPaid, refundCreated } from "../../sandbox/shop.ts";
import { historyOf } from "../support/histories.ts";
import { type Body, line, order } from "../support/payloads.ts";
import { asShopify, eventsOf, openMemory } from "../support/retold.ts";
import { sale, sold } from "../support/sales.ts";
import type { Step } from "../support/steps.ts";
import { paidInKronor } from "../support/two-currencies.ts";

const shop = await openMemory();
const { memory } = shop.standIn;
const asOrder = (body: unknown) => eventsOf([{ topic: "orders/updated", body }]);

test("an order of the sandbox's shop, and one of which a piece was paid back", async () => {
  for (let one = 0; one < 5; one += 1) {
    const bought = newOrder();
    const { payload } = orderPaid(bought) as { payload: Body };
    const told = { ...payload, landing_site: null };
    expect(asOrder(await shop.tells(told))).toEqual(asOrder(told));
    memory.remember("refunds/create", refundCreated(bought).payload);
    const left = memory.orders.get(String(bought.id))?.payload;
    expect(left.refunds).toHaveLength(1);
    expect(asOrder(await shop.retold("orders", bought.id))).toEqual(asOrder(left));
  }
});

const subtotalOf = (body: Body) =>
  (body.line_items as { price: string; current_quantity: number }[])
    .reduce((sum, { price, current_quantity }) => sum + Number(price) * current_quantity, 0)
    .toFixed(2);

const pieces = fc.integer({ min: 1, max: 3 });
const steps = fc.array(
  fc.oneof(
    fc.record({ is: fc.constantFrom("pay" as const, "pay back" as const) }),
    fc.record({ is: fc.constant("cancel" as const), restock: fc.boolean() }),
    fc.record({ is: fc.constantFrom("edit" as const, "add" as const), pieces }),
    fc.record({ is: fc.constant("exchange" as const), back: pieces, into: pieces }),
    fc.record({ is: fc.constant("favour" as const), cents: fc.constantFrom(100, 333) }),
    fc.record({
      is: fc.constant("refund" as const),
      pieces,
      first: fc.constantFrom("told", "pending", "never", "untold"),
    }),
  ) as fc.Arbitrary<Step>,
  { maxLength: 6 },
);

test("orders that were paid, edited, added to, exchanged, cancelled and paid back, at every step", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (happened) => {
      for (const { topic, body } of historyOf(happened).sent) {
        if (topic === "refunds/create") continue;
        const whole = { ...asShopify(body as Body), current_subtotal_price: subtotalOf(body as Body) };
        expect(asOrder(await shop.tells(whole))).toEqual(asOrder(whole));
      }
    }),
    { numRuns: 25 },
  );
});

test("orders with discounts, shipping that is reduced or removed, taxes, duties and lines that are no ware", async () => {
  await fc.assert(
    fc.asyncProperty(sale, async (given) => {
      const body = asShopify(sold(given).body);
      expect(asOrder(await shop.tells(body))).toEqual(asOrder(body));
    }),
    { numRuns: 25 },
  );
});

const tipLine = (over: Body = {}) =>
  line({
    ...{ id: 9900, product_id: null, variant_id: null, sku: null, vendor: null, title: "Tip", name: "Tip" },
    ...{ quantity: 1, price: "5.00", price_set: null, requires_shipping: false, taxable: false, tax_lines: [] },
    ...{ tip: {}, tip_payment_gateway: "shopify_payments", ...over },
  });

test.each<[string, Body]>([
  ["in two currencies", paidInKronor()],
  ["in two currencies, with a discount", paidInKronor({ discounted: true })],
  ["in two currencies, with a part paid back", paidInKronor({ back: true })],
  ["with a gift card", order({ line_items: [line({ gift_card: true })] })],
  [
    "with a tip",
    order({ line_items: [line(), tipLine()], total_tip_received: "5.00", total_price: "34.90", total_price_set: null }),
  ],
  [
    "with a gift wrap and a tip of the same price for two",
    order({
      line_items: [
        line(),
        tipLine(),
        line({
          ...tipLine(),
          id: 9901,
          title: "Gift wrap",
          price: "3.00",
          tip: undefined,
          tip_payment_gateway: undefined,
        }),
      ],
      total_tip_received: "5.00",
    }),
  ],
  [
    "in a currency without decimals",
    order({
      currency: "JPY",
      presentment_currency: "JPY",
      total_price: "4980",
      total_price_set: null,
      subtotal_price: "4980",
      subtotal_price_set: null,
      total_tax: "0",
      total_tax_set: null,
      total_shipping_price_set: null,
      total_tip_received: "0",
      line_items: [line({ price: "4980", quantity: 1, price_set: null, tax_lines: [] })],
      shipping_lines: [],
    }),
  ],
  ["without a customer", order({ customer: null, email: null, contact_email: null })],
  [
    "sent, with the number of its parcel",
    order({ fulfillment_status: "fulfilled", fulfillments: [{ id: 1, tracking_number: "JJD000390007" }] }),
  ],
  ["that is a test", order({ test: true })],
  [
    "with the marks of the theme embed",
    order({
      note_attributes: [
        {
          name: "__switchyard",
          value:
            '{"v":"visitor-1","c":{"marketing":true,"analytics":true},"clicks":{"pjclid":{"id":"abc","at":"2026-11-20T16:00:00Z"}},"utm":{}}',
        },
      ],
    }),
  ],
])("an order %s", async (_, body) => {
  const whole = body.presentment_currency === "SEK" ? { ...body, landing_site: null, customer: null } : asShopify(body);
  expect(asOrder(await shop.tells(whole))).toEqual(asOrder(whole));
});
