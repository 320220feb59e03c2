// What else is retold: orders of many lines, ids and money digit by digit, people, products, and what may not be seen.
import { expect, test } from "vitest";
import { retellOrder } from "../../app/shopify/retold/order.ts";
import { ORDER_BY_ID } from "../../app/shopify/retold/questions.ts";
import { customerUpdated, productUpdated, someBuyer } from "../../sandbox/shop.ts";
import { address, type Body, customer, line, order, product } from "../support/payloads.ts";
import { asShopify, eventsOf, openMemory } from "../support/retold.ts";

const shop = await openMemory();
const { memory } = shop.standIn;
const asOrder = (body: unknown) => eventsOf([{ topic: "orders/updated", body }]);

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
