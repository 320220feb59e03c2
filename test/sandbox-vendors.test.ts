// The other three vendors of the sandbox, held to their documents over real HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startVendors, type Vendors } from "../sandbox/vendors.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse("2026-11-21T09:00:00Z");
const T = "2026-11-21T10:00:00+01:00";

let vendors: Vendors;
beforeEach(async () => {
  vendors = await startVendors({ budgets: true, clock: () => START });
});
afterEach(() => vendors.stop());

async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(vendors.url + path, { method, headers, body: text });
  return { status: answer.status, headers: answer.headers, json: JSON.parse((await answer.text()) || "null") };
}
const ledger = (slug: Parameters<Vendors["ledger"]>[0]) => vendors.ledger(slug);

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
  await vendors.stop();
  vendors = await startVendors(options);
  await mind("POST", "orders-statuses", [status]);
  await mind("POST", "events", { name: "Cart", code_name: "shopify_cart_updated" });
  await vendors.stop();
  vendors = await startVendors(options);
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
  vendors.moveClock(2000);
  const answer = await fetch(`${vendors.url}/shopimind/v1/orders/id/${order.order_id}`, {
    headers: { "spm-api-key": "sandbox-shopimind-key-0001" },
  });
  expect(await answer.text()).toContain('"product_id":9007199254740993');
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

const search = (events: unknown) => ask("POST", "/alana/api/v1/events", { "x-api-key": "ak_sandbox" }, { events });

test("alana stores the good events, counts the bad ones and does not say which", async () => {
  const common = { visitorId: "v" };
  const good = [
    { ...common, eventType: "home-page-view" },
    { ...common, eventType: "search", query: "mug" },
    { ...common, eventType: "category-view", categoryPath: "Kitchen" },
    { ...common, eventType: "detail-page-view", productId: "1" },
    { ...common, eventType: "add-to-cart", productId: "1" },
    { ...common, eventType: "shopping-cart-page-view" },
    { ...common, eventType: "purchase-complete", productIds: ["1"], revenue: 12.5, currency: "EUR" },
  ];
  const bad = [{ ...good[1], query: "" }, { ...good[6], productIds: undefined, productId: "1" }, { eventType: "x" }];
  expect((await search([...good, ...bad])).json).toEqual({ status: "ok", stored: 7, errors: 3 });
  expect(Object.keys(ledger("alana").counts)).toHaveLength(7);
});

test("alana limits a key at one address to 100 requests a minute, and a request to 100 events", async () => {
  const view = { eventType: "home-page-view", visitorId: "v" };
  expect((await search(Array(101).fill(view))).status).toBe(400);
  for (let at = 1; at < 100; at++) await search([view]);
  const refused = await search([view]);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("60");
});

const link = (method: string, path: string, body?: unknown, key = "tolk_sec_sandbox") =>
  ask(method, `/tolinku/v1/api/analytics/${path}`, { "x-api-key": key }, body);
const bought = (id: string, more: object = {}) => ({
  event_type: "purchase",
  transaction_id: id,
  revenue: 20,
  currency: "EUR",
  user_id: "7",
  cart_id: "c",
  items: [{ item_id: "a", price: 10, quantity: 2 }],
  ...more,
});

test("Tolinku skips the bad events of a batch and says which", async () => {
  const bad = [
    bought("2", { transaction_id: undefined }),
    bought("3", { event_type: "bought" }),
    { event_type: "view_item" },
  ];
  const { json } = await link("POST", "ecommerce/batch", { events: [bought("1"), ...bad] });
  expect(json).toEqual({
    ok: true,
    accepted: 1,
    errors: [
      "events[1]: transaction_id is required for purchase events",
      "events[2]: Invalid ecommerce event_type",
      "events[3]: items is required for view_item events",
    ],
  });
  expect((await link("POST", "ecommerce/batch", { events: [] })).json.error).toMatch(/must not be empty/);
});

test("Tolinku silently ignores a transaction it has had within 24 hours", async () => {
  await link("POST", "ecommerce/track", bought("1"));
  vendors.moveClock(DAY - 1);
  expect((await link("POST", "ecommerce/track", bought("1"))).json).toEqual({ ok: true });
  expect(ledger("tolinku").counts).toEqual({ purchase: 1 });
  vendors.moveClock(1);
  await link("POST", "ecommerce/track", bought("1"));
  expect(ledger("tolinku").counts).toEqual({ purchase: 2 });
});

test("Tolinku asks a secret key for its figures, and tells a used-up quota from too many requests", async () => {
  expect((await link("GET", "ecommerce/overview", undefined, "tolk_pub_sandbox")).status).toBe(403);
  expect((await link("POST", "ecommerce/track", bought("1"), "tolk_pub_sandbox")).status).toBe(200);
  expect((await link("POST", "ecommerce/track", bought("1"), "tolk_sec_free")).status).toBe(403);
  const quota = await link("POST", "ecommerce/track", bought("1"), "tolk_sec_used_up");
  expect(quota).toMatchObject({ status: 429, json: { error: "Ecommerce event quota exceeded" } });
  await Promise.all(Array.from({ length: 996 }, () => link("GET", "ecommerce/funnel")));
  const rate = await link("GET", "ecommerce/funnel");
  expect(rate.json.error).toBe("Too many requests. Please slow down.");
  expect(rate.headers.get("ratelimit-reset")).toBe("60");
});

test("Tolinku computes its figures from what it received, and forgets a user", async () => {
  const cart = { event_type: "add_to_cart", cart_id: "left", user_id: "8", items: [{ item_id: "b", price: 5 }] };
  const refund = { event_type: "refund", transaction_id: "1-refund-2", revenue: 5, currency: "EUR", user_id: "7" };
  await link("POST", "ecommerce/batch", { events: [bought("1", { coupon_code: "WELCOME10" }), cart, refund] });
  const { json } = await link("GET", "ecommerce/overview");
  expect(json).toMatchObject({
    total_revenue: 20,
    net_revenue: 15,
    total_orders: 1,
    total_refunds: 1,
    total_items_sold: 2,
  });
  expect((await link("GET", "ecommerce/cart-abandonment")).json).toMatchObject({
    abandoned_carts: 1,
    abandoned_revenue: 5,
  });
  expect((await link("GET", "ecommerce/revenue-by-coupon")).json.coupons).toMatchObject([
    { coupon_code: "WELCOME10", orders: 1 },
  ]);
  expect((await link("DELETE", "user/7")).json).toEqual({ ok: true, deleted_user_id: "7" });
  expect((await link("GET", "ecommerce/user-journey?user_id=7")).json.events).toEqual([]);
});
