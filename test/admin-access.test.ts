// Who may see what: nothing of a shop without its own valid session token, and who may frame the pages.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SANDBOX_SHOP } from "../sandbox/sign.ts";
import { type Admin, openAdmin } from "./support/admin.ts";
import { HUMAN } from "./support/browser.ts";
import { framed, startWeb, tokenFor } from "./support/web.ts";

const OTHER_SHOP = "another-shop.myshopify.com";
let admin: Admin;
beforeAll(async () => {
  admin = await openAdmin();
  await admin.place();
});
afterAll(() => admin?.close());

/** Read to its end: the web process waits for answers that are still under way when it stops. */
async function ask(path: string, options: { token?: string; form?: Record<string, string>; from?: string } = {}) {
  const answer = await fetch((options.from ?? admin.web.url) + path, {
    redirect: "manual",
    method: options.form ? "POST" : "GET",
    body: options.form && new URLSearchParams(options.form),
    headers: { "user-agent": HUMAN, ...(options.token ? { authorization: `Bearer ${options.token}` } : {}) },
  });
  const body = await answer.arrayBuffer();
  return new Response(answer.status === 204 ? null : body, answer);
}
const data = (path: string, route: string) => `${path}?_data=${encodeURIComponent(`routes/${route}`)}`;
const PAGES: [path: string, route: string][] = [
  ["/app", "app"],
  ["/app", "app._index"],
  ["/app/shopipixel", "app.$slug.($connectionId)"],
  ["/app/attention", "app.attention"],
  ["/app/settings", "app.settings"],
  ["/app/shopipixel/1/figures", "app.$slug.$connectionId.figures"],
  ["/app/reports/1", "app.reports.$connectionId"],
  ["/app/deliveries/1", "app.deliveries.$id"],
];

test("without a valid session token nothing is shown, whatever the address says", async () => {
  for (const [path, route] of PAGES) {
    expect((await ask(path)).headers.get("location"), path).toMatch(/\/auth\/login$/);
    expect((await ask(framed(path))).headers.get("location"), path).toMatch(/^\/auth\/session-token\?/);
    for (const token of [tokenFor(SANDBOX_SHOP, "a wrong secret"), tokenFor(SANDBOX_SHOP, undefined, "a wrong key")]) {
      const answer = await ask(data(path, route), { token });
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get("x-shopify-retry-invalid-session-request"), path).toBe("1");
    }
  }
});

test("another shop's token shows that shop, and never this one", async () => {
  const token = tokenFor(OTHER_SHOP);
  const home = await ask(data("/app", "app._index"), { token });
  expect(await home.json()).toMatchObject({ connections: [], orders: [], unreadable: 0 });
  const claimed = await ask(`${data("/app", "app._index")}&shop=${SANDBOX_SHOP}`, { token });
  expect(await claimed.json()).toMatchObject({ connections: [], orders: [] });
  expect((await ask(data("/app/deliveries/1", "app.deliveries.$id"), { token })).status).toBe(404);
  const id = await connectionId();
  expect((await ask(data(`/app/shopipixel/${id}`, "app.$slug.($connectionId)"), { token })).status).toBe(404);
});

test("another shop's token changes nothing of this one", async () => {
  const id = await connectionId();
  const token = tokenFor(OTHER_SHOP);
  const path = data("/app/shopipixel", "app.$slug.($connectionId)");
  const forms: Record<string, string>[] = [
    { intent: "switch", id, to: "off" },
    { intent: "disconnect", id },
    { intent: "save", id, "settings.apiKey": "sp_theirs" },
  ];
  for (const form of forms) {
    await ask(path, { token, form });
    await ask(path, { form });
  }
  const rows = await admin.trip.database.db.query(
    "SELECT shop, state FROM connection WHERE destination = 'shopipixel'",
  );
  expect(rows).toEqual([{ shop: SANDBOX_SHOP, state: "on" }]);
});

test("Shopify's tokens are sealed at rest", async () => {
  await ask(data("/app", "app"), { token: tokenFor(SANDBOX_SHOP) });
  const rows = await admin.trip.database.db.query<{ tokens: string }>(
    `SELECT "accessToken" || ' ' || "refreshToken" AS tokens FROM session WHERE shop = $1`,
    [SANDBOX_SHOP],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.tokens).toMatch(/^1\.\S{40,} 1\.\S{40,}$/);
});

test("in the sandbox the pages ask for nothing outside the machine, and only the sandbox's own page may frame them", async () => {
  const answer = await ask(`${framed("/app")}&id_token=${tokenFor(SANDBOX_SHOP)}`);
  expect(answer.headers.get("link")).toBeNull();
  expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'self'$/);
  const html = await answer.text();
  expect(html).toMatch(/<head><script src="\/sandbox\/app-bridge\.js" data-api-key="sandbox-key">/);
  expect(html.includes("Sandbox:")).toBe(true);
});

test("with Shopify's credentials App Bridge is Shopify's and comes first, and only the shop and its admin may frame a page", async () => {
  const web = await startWeb({
    DATABASE_URL: admin.trip.database.url,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SHOPIFY_API_KEY: "the-key",
    SHOPIFY_API_SECRET: "the-secret",
    SHOPIFY_APP_URL: "https://switchyard.example.com",
  });
  try {
    const answer = await ask(framed("/auth/session-token"), { from: web.url });
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toMatch(new RegExp(`frame-ancestors https://${SANDBOX_SHOP} https://admin\\.shopify\\.com$`));
    const html = await answer.text();
    expect(html).toMatch(
      /<head><script src="https:\/\/cdn\.shopify\.com\/shopifycloud\/app-bridge\.js" data-api-key="the-key">/,
    );
    expect(html).not.toMatch(/sandbox/i);
    const nobody = await ask("/auth/login?shop=evil.example.com", { from: web.url });
    expect(nobody.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'$/);
    expect((await ask("/sandbox", { from: web.url })).status).toBe(404);
  } finally {
    await web.stop();
  }
});

async function connectionId(): Promise<string> {
  const [row] = await admin.trip.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = 'shopipixel'",
  );
  return row?.id ?? "";
}
