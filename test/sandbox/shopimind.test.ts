// The sandbox's ShopiMind, held to its documents over real HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { vendorsForTests } from "../support/sandbox-vendors.ts";

const T = "2026-11-21T10:00:00+01:00";

const sandbox = vendorsForTests();
const { ask, ledger } = sandbox;

const mind = (method: string, path: string, body?: unknown, key = "sandbox-shopimind-key-0001") =>
  ask(method, `/shopimind/v1/${path}`, { "spm-api-key": key }, body);
const customer = {
  customer_id: "1",
  email: "mara@example.com",
  first_name: "Mara",
  last_name: "Vogt",
  lang: "de",
  is_newsletter_subscribed: true,
  created_at: T,
  updated_at: T,
};
const status = { status_id: "paid", lang: "de", name: "Paid", is_deleted: false, created_at: T, updated_at: T };
const order = {
  order_id: "9007199254740993",
  lang: "de",
  status_id: "paid",
  customer: { customer_id: "1", email: "mara@example.com", created_at: T },
  products: [{ product_id: 7, quantity: 1, price: 12.5, price_without_tax: 10.5 }],
  cart_id: "c",
  cart_updated_at: T,
  amount: 12.5,
  amount_without_tax: 10.5,
  shipping_costs: 0,
  shipping_costs_without_tax: 0,
  currency: "EUR",
  is_confirmed: true,
  created_at: T,
  updated_at: T,
};

test("ShopiMind knows its keys, and refuses what is no raw array or too long", async () => {
  expect((await mind("POST", "customers", [customer], "sandbox-shopimind-key-9999")).status).toBe(401);
  expect((await mind("POST", "customers", [customer], "sandbox-shopimind-key-0002")).status).toBe(403);
  expect((await mind("POST", "customers", customer)).status).toBe(400);
  expect((await mind("POST", "customers", Array(51).fill(customer))).status).toBe(400);
  expect(ledger("shopimind").breaches).toHaveLength(2);
});

test("ShopiMind takes an order once its status has been declared", async () => {
  expect((await mind("POST", "orders", [order])).status).toBe(400);
  await mind("POST", "orders-statuses", [status]);
  expect((await mind("POST", "orders", [order])).json).toMatchObject({ sent_count: 1, rejected_count: 0 });
});

test("ShopiMind still knows after a restart what was declared to it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const options = { budgets: true, memory: join(folder, "deep", "memory.json") };
  await sandbox.restart(options);
  await mind("POST", "orders-statuses", [status]);
  await mind("POST", "events", { name: "Cart", code_name: "shopify_cart_updated" });
  await sandbox.restart(options);
  expect((await mind("POST", "orders", [order])).status).toBe(200);
  expect((await mind("POST", "events", { name: "Cart", code_name: "shopify_cart_updated" })).status).toBe(409);
  rmSync(folder, { recursive: true });
});

test("ShopiMind rejects the bad items by index, and the whole when all are bad", async () => {
  await mind("POST", "orders-statuses", [status]);
  const bad = [
    { ...order, order_id: 1 },
    { ...order, amount: "12.50" },
    { ...order, amount: 12.505 },
    { ...order, cart_updated_at: "" },
    { ...order, products: [{ ...order.products[0], product_id: null }] },
    { ...order, products: [] },
    { ...order, customer: undefined },
  ];
  const { status: code, json } = await mind("POST", "orders", [...bad, order]);
  expect(code).toBe(200);
  expect(json.rejected_items.map((one: { index: number }) => one.index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect((await mind("POST", "orders", bad)).json.rejected_count).toBe(7);
  expect(ledger("shopimind").counts.orders).toBe(1);
});

test("ShopiMind shows a write only some seconds later, and never rounds an id", async () => {
  await mind("POST", "orders-statuses", [status]);
  const body = JSON.stringify([order]).replace('"product_id":7', '"product_id":9007199254740993');
  await mind("POST", "orders", body);
  expect((await mind("GET", `orders/id/${order.order_id}`)).status).toBe(404);
  sandbox.vendors.moveClock(2000);
  const answer = await fetch(`${sandbox.vendors.url}/shopimind/v1/orders/id/${order.order_id}`, {
    headers: { "spm-api-key": "sandbox-shopimind-key-0001" },
  });
  expect(await answer.text()).toContain('"product_id":9007199254740993');
});

test("ShopiMind deletes a product's variations under that product only", async () => {
  const variation = {
    variation_id: 12,
    product_id: "7",
    name: "Blue",
    lang: "de",
    link: "https://shop.example.com/products/cup",
    price: 12.5,
    quantity_remaining: 1,
    is_default: true,
  };
  await mind("POST", "products/variations/bulk", [variation]);
  const left = async (product: string) => {
    const { status, json } = await mind("POST", `products/${product}/variations/bulk-delete`, {
      variation_ids: ["12"],
    });
    expect([status, json]).toEqual([200, { statusCode: 200 }]);
    return ledger("shopimind").entries.map(({ counted }) => counted);
  };
  expect([await left("8"), await left("7"), await left("7")]).toEqual([[1], [0], [0]]);
  expect(ledger("shopimind").breaches).toEqual([]);
});

test("ShopiMind keeps a customer once, and its ledger tells when an older one came later", async () => {
  await mind("POST", "customers", [customer]);
  await mind("POST", "customers", [{ ...customer, updated_at: "2026-11-20T10:00:00+01:00" }]);
  const [entry] = ledger("shopimind").entries;
  expect(entry).toMatchObject({ kind: "customers", key: "1", counted: 1, carried: 2, facts: { wentBack: 1 } });
});

test("ShopiMind triggers declared events only, with a person and with the declared fields", async () => {
  const metaData = [{ name: "token", type: "text", required: true }];
  const type = { name: "Checkout started", code_name: "shopify_checkout_started", properties: { metaData } };
  const path = "events/trigger/shopify_checkout_started";
  const good = { contact: { email: "mara@example.com" }, metaData: { token: "t" } };
  expect((await mind("POST", path, good)).status).toBe(404);
  await mind("POST", "events", type);
  expect((await mind("POST", "events", type)).status).toBe(409);
  for (const bad of [{ metaData: { token: "t" } }, { ...good, metaData: {} }, { ...good, metaData: { token: 1 } }]) {
    expect((await mind("POST", path, bad)).status).toBe(400);
  }
  await mind("POST", path, good);
  await mind("POST", path, good);
  const triggers = ledger("shopimind").entries.filter((one) => one.kind === "trigger shopify_checkout_started");
  expect(triggers).toMatchObject([{ counted: 2 }]);
});

test("a second data source does not keep two connectors apart: the same id is the same customer", async () => {
  for (const label of ["Shopify", "Switchyard"]) await mind("POST", "data-sources", { label });
  for (const id_data_source of [1, 2]) await mind("POST", "customers", [{ ...customer, id_data_source }]);
  sandbox.vendors.moveClock(5_000);
  const { data } = (await mind("GET", "customers")).json;
  expect(data).toMatchObject([{ customer_id: "1", id_data_source: "2" }]);
});

test("a list of more than a hundred is one of ten, and a customer who is gone is deleted again without an error", async () => {
  expect((await mind("GET", "customers?limit=100")).json.meta.pagination.items_per_page).toBe(100);
  expect((await mind("GET", "customers?limit=101")).json.meta.pagination.items_per_page).toBe(10);
  expect((await mind("DELETE", "customers/nobody")).status).toBe(200);
});
