// What GraphQL tells of an order, a customer or a product makes the same events as the webhook that would have told it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { customerUpdated, newOrder, orderPaid, productUpdated, refundCreated, someBuyer } from "../../sandbox/shop.ts";
import { historyOf } from "../support/histories.ts";
import { address, type Body, customer, line, order, product } from "../support/payloads.ts";
import { asShopify, eventsOf, openMemory } from "../support/retold.ts";
import { sale, sold } from "../support/sales.ts";
import type { Step } from "../support/steps.ts";
import { paidInKronor } from "../support/two-currencies.ts";

const shop = await openMemory();
const { memory } = shop.standIn;
const asOrder = (body: unknown) => eventsOf([{ topic: "orders/updated", body }]);

test("an order of the sandbox's shop, and one of which a piece was paid back", async () => {
  for (let one = 0; one < 20; one += 1) {
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
    { numRuns: 60 },
  );
});

test("orders with discounts, shipping that is reduced or removed, taxes, duties and lines that are no ware", async () => {
  await fc.assert(
    fc.asyncProperty(sale, async (given) => {
      const body = asShopify(sold(given).body);
      expect(asOrder(await shop.tells(body))).toEqual(asOrder(body));
    }),
    { numRuns: 60 },
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

test("an order of more lines than one answer carries", async () => {
  const line_items = Array.from({ length: 120 }, (_, at) => line({ id: 1000 + at }));
  const body = asShopify(order({ line_items }));
  expect(asOrder(await shop.tells(body))).toEqual(asOrder(body));
});

test("an order that only its browser shows to be a buyer's is not said to be nobody's", async () => {
  const body = order({
    cart_token: null,
    checkout_token: null,
    landing_site: null,
    client_details: { user_agent: "Mozilla" },
  });
  const told = await shop.tells(body);
  expect(told).not.toHaveProperty("client_details");
  expect(told).not.toHaveProperty("browser_ip");
  expect(JSON.stringify(asOrder(told))).toContain('"cameBy":null');
});

test("ids and money are text, digit by digit", async () => {
  const { retellOrder } = await import("../../app/shopify/retold/order.ts");
  const { ORDER_BY_ID } = await import("../../app/shopify/retold/questions.ts");
  await shop.tells(order());
  const heard = await shop.ask(ORDER_BY_ID, { id: "gid://shopify/Order/4001" });
  const node = heard.is === "done" ? heard.data.order : null;
  if (!node) throw new Error("there is no order");
  const set = { shopMoney: { amount: "90071992547409931.07", currencyCode: "EUR" } };
  const big = { ...set, presentmentMoney: set.shopMoney };
  const body = retellOrder({ ...node, id: "gid://shopify/Order/90071992547409931", totalPriceSet: big }, [], "all");
  expect(body).toMatchObject({ id: "90071992547409931", total_price: "90071992547409931.07" });
  expect(asOrder(body)).toContainEqual(expect.objectContaining({ subject: "order:90071992547409931" }));
});

test("customers: their names, how they are reached, and all their addresses", async () => {
  const { payload } = customerUpdated(someBuyer()) as { payload: Body };
  const two = customer({ addresses: [address(), address({ id: 8102, default: false, city: "Hamburg" })] });
  for (const body of [payload, two, customer({ email: null, phone: null, default_address: null, addresses: [] })]) {
    memory.customers.clear();
    memory.remember("customers/update", JSON.parse(JSON.stringify(body)));
    const told = await shop.retold("customers", body.id);
    const as = (one: Body) => eventsOf([{ topic: "customers/update", body: one }]);
    expect(as(told)).toEqual(as(body));
  }
});

test("what Shopify does not let the app see says nothing: neither that a customer has no name, nor that there is no address", async () => {
  const { world } = shop.standIn;
  memory.customers.clear();
  memory.remember("customers/update", JSON.parse(JSON.stringify(customer())));
  world.approved.delete("name");
  const told = await shop.retold("customers", 7001).finally(() => world.approved.add("name"));
  expect(told).toMatchObject({ id: "7001", email: "nora@example.com" });
  expect(told).not.toHaveProperty("first_name");
  expect(told).not.toHaveProperty("last_name");
});

test("half an order is none: where a scope is missing nothing is told but which", async () => {
  const { world } = shop.standIn;
  await shop.tells(order());
  world.granted.delete("read_products");
  const told = shop.retold("orders", 4001).finally(() => world.granted.add("read_products"));
  await expect(told).rejects.toThrow('"scope missing","scopes":["read_products"]');
});

test("products with their variants and pictures", async () => {
  const two = product({
    ...{ updated_at: "2026-11-21T10:00:00Z", status: "draft", published_at: null },
    variants: [
      {
        ...{ id: 601, title: "Blue", sku: "CUP-BLUE", price: "12.50", compare_at_price: "15.00", position: 1 },
        inventory_quantity: 3,
        inventory_management: "shopify",
        inventory_policy: "deny",
        image_id: 901,
      },
      {
        ...{ id: 602, title: "Red", sku: null, price: "13.50", compare_at_price: null, position: 2 },
        inventory_quantity: 0,
        inventory_management: null,
        inventory_policy: "continue",
        image_id: null,
      },
    ],
    images: [
      { id: 901, src: "https://cdn.example.com/cup.jpg", position: 1, variant_ids: [601] },
      { id: 902, src: "https://cdn.example.com/cup-2.jpg", position: 2, variant_ids: [] },
    ],
  });
  for (const body of [two, productUpdated().payload as Body]) {
    memory.products.clear();
    memory.remember("products/update", JSON.parse(JSON.stringify(body)));
    const as = (one: Body) => eventsOf([{ topic: "products/update", body: one }]);
    expect(as(await shop.retold("products", body.id))).toEqual(as(body));
  }
});
