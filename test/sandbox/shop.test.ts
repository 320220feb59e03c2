// The sandbox's shop signs as Shopify does, its page answers as the admin does, and its stand-in gives tokens.
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readPost } from "../../app/doors/pixel-post.ts";
import { answerSandbox } from "../../sandbox/page.ts";
import { asRequest, newClickId, newOrder, orderCreated, orderPaid, refundCreated } from "../../sandbox/shop.ts";
import { answerShopify } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { oneBuyer } from "../../sandbox/traffic.ts";
import { startVendors } from "../../sandbox/vendors.ts";
import { tokenFor } from "../support/web.ts";

const sign = (text: string) => createHmac("sha256", "sandbox-secret").update(text);
const cents = (amount: string) => Math.round(Number(amount) * 100);

test("a webhook carries the HMAC of its exact body, and an id of its own", () => {
  const webhook = orderCreated(newOrder());
  const [one, other] = [asRequest(webhook), asRequest(webhook)];
  expect(one.headers["x-shopify-hmac-sha256"]).toBe(sign(one.body).digest("base64"));
  expect(one.headers["x-shopify-shop-domain"]).toBe("sandbox-shop.myshopify.com");
  expect(one.headers["x-shopify-webhook-id"]).not.toBe(other.headers["x-shopify-webhook-id"]);
});

test("an order adds up, in whole cents", () => {
  for (let n = 0; n < 200; n++) {
    const order = newOrder();
    const lines = order.line_items.reduce((sum, line) => sum + cents(line.price) * line.quantity, 0);
    const allocated = order.line_items.flatMap((line) => line.discount_allocations);
    const discount = allocated.reduce((sum, part) => sum + cents(part.amount), 0);
    const shipping = cents(order.total_shipping_price_set.shop_money.amount);
    expect(cents(order.total_price)).toBe(lines - discount + shipping);
    expect(order.total_price).toMatch(/^\d+\.\d\d$/);
    expect(order.email).toMatch(/@example\.com$/);
  }
});

test("a click at Prisjakt comes with the order that it brought, and with no other", () => {
  const clickId = newClickId();
  expect(newOrder({ clickId }).note_attributes).toEqual([{ name: "pjclid", value: clickId }]);
  expect(newOrder({ clickId: null }).note_attributes).toEqual([]);
});

test("paid and refunded are the same order, and no two orders have the same id", () => {
  const order = newOrder();
  expect(orderPaid(order).payload).toMatchObject({ id: order.id, financial_status: "paid" });
  expect(refundCreated(order).payload).toMatchObject({ order_id: order.id, transactions: [{ kind: "refund" }] });
  expect(new Set(Array.from({ length: 500 }, () => newOrder().id)).size).toBe(500);
});

test("what the pixel posts of a buyer is what its door takes, and tells of the same cart, checkout and order", () => {
  for (let n = 0; n < 40; n++) {
    const said = oneBuyer().map((step) => step());
    const posts = said.filter(({ topic }) => topic === "pixel").map(({ payload }) => payload as { events: object[] });
    for (const post of posts) expect(readPost(Buffer.from(JSON.stringify(post)))).not.toHaveProperty("wrong");
    const order = said.find(({ topic }) => topic === "orders/create")?.payload as {
      id: number;
      checkout_token: string;
    };
    const [last] = posts.at(-1)?.events ?? [];
    if (order) expect(last).toMatchObject({ orderId: String(order.id), checkoutToken: order.checkout_token });
  }
});

/** A post of the web pixel is none. */
const webhookTopic = ({ topic }: { topic: string }) => (topic === "pixel" ? [] : [topic]);

test("a buyer who orders has filled a cart and checked out before", () => {
  const topics = Array.from({ length: 60 }, () => oneBuyer().flatMap((step) => webhookTopic(step())));
  expect(topics.every(([first]) => first === "carts/create")).toBe(true);
  const bought = topics.filter((all) => all.includes("orders/create"));
  expect(bought.length).toBeGreaterThan(0);
  for (const all of bought) expect(all.indexOf("checkouts/create")).toBeLessThan(all.indexOf("orders/create"));
});

const page = (path: string, body?: object, options: object = {}) =>
  answerSandbox(
    new Request(`http://localhost:3000${path}`, {
      ...(body ? { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
    }),
    { vendorsUrl: "http://127.0.0.1:1", ownVendors: false, postWebhook: async () => 200, ...options },
  );

test("the page loads nothing from elsewhere, and leaves other paths to the app", async () => {
  const answer = await page("/sandbox");
  expect(answer?.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await answer?.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  for (const path of ["/sandbox/page.css", "/sandbox/page.js", "/sandbox/app-bridge.js"]) {
    expect((await page(path))?.status).toBe(200);
  }
  expect(await page("/app")).toBeNull();
});

test("a session token is signed with the app's secret and good for a minute", async () => {
  const token = (await (await page("/sandbox/token"))?.text()) ?? "";
  const [head, claims, signature] = token.split(".");
  expect(sign(`${head}.${claims}`).digest("base64url")).toBe(signature);
  const said = JSON.parse(Buffer.from(claims ?? "", "base64url").toString());
  expect(said).toMatchObject({ aud: "sandbox-key", dest: "https://sandbox-shop.myshopify.com" });
  expect(said.exp - Date.now() / 1000).toBeGreaterThan(50);
});

test("placing orders posts two webhooks each, and tells how they were answered", async () => {
  const topics: string[] = [];
  const postWebhook = async (headers: Record<string, string>) => {
    topics.push(headers["x-shopify-topic"] ?? "");
    return topics.length > 1 ? 200 : 503;
  };
  const answer = await page("/sandbox/orders", { count: 3 }, { postWebhook });
  expect(await answer?.json()).toMatchObject({ answers: { "200": 5, "503": 1 } });
  expect(topics.filter((topic) => topic === "orders/create")).toHaveLength(3);
});

test("the page makes its own vendors fail and heals them, and leaves others alone", async () => {
  expect((await page("/sandbox/vendors/alana", { mode: "500" }))?.status).toBe(409);
  const vendors = await startVendors({ budgets: true });
  const own = { vendorsUrl: vendors.url, ownVendors: true };
  await page("/sandbox/vendors/alana", { mode: "lost" }, own);
  const state = await (await page("/sandbox/state", undefined, own))?.json();
  expect(state.vendors.find((one: { slug: string }) => one.slug === "alana").mode).toBe("lost");
  await page("/sandbox/vendors/alana", { mode: null }, own);
  expect((await fetch(`${vendors.url}/alana/api/v1/events`)).status).toBe(404);
  await vendors.stop();
});

test("Shopify's stand-in gives an expiring token for the right secret, and the shop's facts", async () => {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    answerShopify(`https://${SANDBOX_SHOP}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const subject_token = tokenFor(SANDBOX_SHOP);
  const token = await (
    await post("/admin/oauth/access_token", { client_secret: "sandbox-secret", subject_token })
  ).json();
  expect(token).toMatchObject({ expires_in: 3600, refresh_token: expect.stringMatching(/^shprt_/) });
  expect((await post("/admin/oauth/access_token", { client_secret: "other" })).status).toBe(400);
  const facts = await post(
    "/admin/api/2026-10/graphql.json",
    { query: "{ shop { currencyCode } }" },
    { "x-shopify-access-token": token.access_token },
  );
  expect((await facts.json()).data.shop).toEqual({ currencyCode: "EUR" });
});
