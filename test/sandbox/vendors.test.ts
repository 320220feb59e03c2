// The sandbox's alana and Tolinku, held to their documents over real HTTP.
import { expect, test } from "vitest";
import { vendorsForTests } from "../support/sandbox-vendors.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const sandbox = vendorsForTests();
const { ask, ledger } = sandbox;

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
  sandbox.vendors.moveClock(DAY - 1);
  expect((await link("POST", "ecommerce/track", bought("1"))).json).toEqual({ ok: true });
  expect(ledger("tolinku").counts).toEqual({ purchase: 1 });
  sandbox.vendors.moveClock(1);
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
