// Orders that change, all the way to the vendors: what each was told comes to what is left in the shop.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import { historyOf } from "../support/histories.ts";
import { type Body, line } from "../support/payloads.ts";
import { netAt } from "../support/replay.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import type { Step } from "../support/steps.ts";
import { visit } from "../support/visit.ts";

let trip: TestRoad;
let net: ReturnType<typeof netAt>;
beforeEach(async () => {
  trip = await openTestRoad();
  net = netAt(trip);
  await trip.road.db.query("UPDATE connection SET settings = settings || $1::jsonb WHERE destination = 'shopipixel'", [
    JSON.stringify({ refundEvent: "OrderRefunded" }),
  ]);
});
afterEach(() => trip.close());

const clicked = () => ({ note_attributes: [{ name: "pjclid", value: newClickId() }] });
const of = async (kind: string, slug: string) =>
  (await trip.states(slug)).filter((one) => one.kind === kind).map(({ state, reason }) => reason ?? state);

async function live(steps: Step[], reverse = false, over: Body = {}) {
  const from = new Date(Math.floor(trip.road.clock().getTime() / 1_000) * 1_000);
  const history = historyOf(steps, { id: 4901, from, over: { ...clicked(), customer: null, ...over } });
  for (const { topic, body, triggeredAt } of reverse ? history.sent.toReversed() : history.sent) {
    await trip.hear(topic, body, triggeredAt ? { triggeredAt: new Date(triggeredAt) } : {});
    await trip.run();
  }
  await trip.runToTheEnd();
  return history;
}

const histories: [string, Step[]][] = [
  ["an edit, and the money that it left over", [{ is: "pay" }, { is: "edit", pieces: 2 }, { is: "pay back" }]],
  [
    "a refund that was pending, and an edit",
    [{ is: "pay" }, { is: "refund", pieces: 1, first: "pending" }, { is: "edit", pieces: 1 }],
  ],
  [
    "a refund that failed first, and a favour",
    [{ is: "pay" }, { is: "refund", pieces: 2, first: "failed" }, { is: "favour", cents: 333 }],
  ],
  ["a refund told without its money first", [{ is: "pay" }, { is: "refund", pieces: 1, first: "untold" }]],
  [
    "an edit before it was paid, and a refund",
    [{ is: "edit", pieces: 1 }, { is: "pay" }, { is: "refund", pieces: 1, first: "told" }],
  ],
  [
    "a refund that pays back what an edit left over, too",
    [{ is: "pay" }, { is: "edit", pieces: 1 }, { is: "refund", pieces: 1, first: "told", over: true }],
  ],
  [
    "an upsell that went back",
    [{ is: "pay" }, { is: "add", pieces: 1 }, { is: "refund", pieces: 1, first: "told", of: "added" }],
  ],
  ["a refund that failed for good", [{ is: "pay" }, { is: "refund", pieces: 1, first: "never" }]],
  ["a cancellation before it was paid, with its record", [{ is: "cancel", restock: true }]],
  ["a cancellation before it was paid", [{ is: "edit", pieces: 1 }, { is: "cancel" }]],
];

test.each(histories)("after %s the vendors are left with what is left, however the webhooks came", async (_, steps) => {
  const { left } = await live(steps);
  expect([net.tolinku(), net.shopipixel()]).toEqual([left, left]);
  expect([...trip.vendors.ledger("tolinku").breaches, ...trip.vendors.ledger("shopipixel").breaches]).toEqual([]);
  expect((await trip.states("tolinku")).filter(({ state }) => state === "due")).toEqual([]);
});

test.each(histories)("after %s in reverse, too", async (_, steps) => {
  const { left } = await live(steps, true);
  const none = left === "0.00" ? null : left;
  expect([net.tolinku(), net.shopipixel()]).toEqual([none, none]);
});

test("by the rule that an order counts when it is paid, too: what was edited before is in the purchase", async () => {
  await trip.road.db.query(`UPDATE connection SET rules = rules || '{"purchaseWhen": "paid"}'`);
  const { left } = await live([
    { is: "edit", pieces: 1 },
    { is: "pay" },
    { is: "edit", pieces: 1 },
    { is: "pay back" },
  ]);
  expect([net.tolinku(), net.shopipixel()]).toEqual([left, left]);
  expect(net.told("alana")).toMatchObject([{ events: [{ revenue: "42.40" }] }]);
});

test("an order that was edited before it is heard of counts what is left, with the items that are", async () => {
  const buyer = visit(trip);
  const gone = line({ id: 9102, product_id: 502, variant_id: 602, price: "30.00", quantity: 1, current_quantity: 0 });
  await buyer.buys({
    ...{ ...clicked(), financial_status: "paid", total_price: "55.00", subtotal_price: "55.00" },
    ...{ current_total_price: "25.00", shipping_lines: [], total_tax: "0.00" },
    customer: { id: 7009, email: "nora@example.com" },
    line_items: [line({ current_quantity: 2, tax_lines: [] }), gone],
    refunds: [
      {
        ...{ id: 5599, created_at: buyer.at(), transactions: [] },
        refund_line_items: [{ line_item_id: 9102, quantity: 1, subtotal: 30, line_item: gone }],
      },
    ],
  });
  await trip.runToTheEnd();
  expect(net.told("shopipixel")).toMatchObject([
    [{ customData: { value: "25.00", contentIds: ["501"], contents: [{ id: "501", quantity: "2" }] } }],
  ]);
  expect(net.told("alana")).toMatchObject([{ events: [{ revenue: "25.00", productIds: ["501"] }] }]);
  expect(net.told("prisjakt")).toMatchObject([{ data: { amount: "25.00", number_of_items: "2" } }]);
  expect(net.told("tolinku")).toMatchObject([{ events: [{ revenue: "25.00", items: [{ item_id: "601" }] }] }]);
  expect(net.shopimind(buyer.orderId)).toMatchObject({
    amount: "25.00",
    products: [{ product_id: "501", quantity: "2" }],
  });
  expect(await of("order.refunded", "tolinku")).toEqual([]);
});

test("the state at ShopiMind is what is left: after an edit and an upsell, a refund, and one of all that is left", async () => {
  const over = { customer: { id: 7009, email: "nora@example.com" } };
  await live([{ is: "pay" }, { is: "edit", pieces: 2 }, { is: "add", pieces: 1 }], false, over);
  expect(net.shopimind(4901)).toMatchObject({
    amount: "37.90",
    shipping_costs: "4.90",
    products: [
      { quantity: "2", price: "12.50" },
      { quantity: "1", price: "8.00" },
    ],
  });
  expect(await of("order.reduced", "alana")).toEqual([
    "the order is worth 25.00 EUR less since; alana.shopping has no call for that",
  ]);
  expect(await of("order.raised", "tolinku")).toEqual([
    "the order is worth 8.00 EUR more since; Tolinku has no call that adds to a purchase",
  ]);
});

test("a tip and a gift wrap are in the amount and no pieces; a product that was deleted is one", async () => {
  const bare = { product_id: null, variant_id: null, sku: null, quantity: 1 };
  await visit(trip).buys({
    ...{ ...clicked(), total_price: "36.40", total_tip_received: "3.00" },
    line_items: [
      line(),
      line({ ...bare, id: 9102, title: "Tip", price: "3.00", vendor: null, tip_payment_gateway: "shopify_payments" }),
      line({ ...bare, id: 9103, title: "Gift wrap", price: "3.50", vendor: null }),
    ],
  });
  await trip.runToTheEnd();
  expect(net.told("prisjakt")).toMatchObject([{ data: { amount: "36.40", number_of_items: "2" } }]);
});

test("any history leaves Tolinku with what is left, also with all of it within a second", async () => {
  let id = 6000;
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ is: fc.constantFrom("pay" as const, "pay back" as const) }),
    fc.record({ is: fc.constant("edit" as const), pieces: fc.constant(1) }),
    fc.record({
      is: fc.constant("refund" as const),
      pieces: fc.constant(1),
      first: fc.constantFrom("told" as const, "pending" as const, "untold" as const),
    }),
  );
  const cases = fc.tuple(fc.array(step, { minLength: 2, maxLength: 5 }), fc.boolean(), fc.integer());
  await fc.assert(
    fc.asyncProperty(cases, async ([steps, sameSecond, seed]) => {
      id += 100;
      const from = new Date(Math.floor(trip.road.clock().getTime() / 1_000) * 1_000);
      const tokens = { cart_token: `cart-${id}`, checkout_token: `checkout-${id}`, customer: null };
      const history = historyOf(steps, { id, from, sameSecond, over: tokens, refunds: id * 10 });
      const mixed = fc.sample(fc.shuffledSubarray(history.sent, { minLength: history.sent.length }), {
        seed,
        numRuns: 1,
      })[0];
      for (const { topic, body } of mixed ?? []) await trip.hear(topic, body);
      net.forget();
      await trip.runToTheEnd();
      expect(net.tolinku()).toBe(history.left);
    }),
    { numRuns: 15 },
  );
});
