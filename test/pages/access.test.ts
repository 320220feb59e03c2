// Who may see what: nothing of a shop without its own valid session token, and who may frame the pages.
import { randomBytes, randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKeyring } from "../../app/base/secrets.ts";
import { install } from "../../app/shopify/install.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Admin, openAdmin } from "../support/admin.ts";
import { HUMAN } from "../support/browser.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { framed, startWeb, tokenFor, type Web } from "../support/web.ts";

const [THIS_SHOP, OTHER_SHOP] = ["this-shop.myshopify.com", "another-shop.myshopify.com"];
let admin: Admin;
/** The same shops as with an app's credentials, on a database of its own. */
let real: { web: Web; database: TestDatabase; id: string };
const KEYS = { SHOPIFY_API_KEY: "the-key", SHOPIFY_API_SECRET: "the-secret" };
beforeAll(async () => {
  admin = await openAdmin();
  await admin.place();
  real = await openReal();
});
afterAll(async () => {
  await real?.web.stop();
  await real?.database.drop();
  await admin?.close();
});

/** Two shops with a token each, so that Shopify need not be asked; one of them has a connection. */
async function openReal() {
  const database = await freshDatabase();
  const key = randomBytes(32).toString("base64");
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 1 }) });
  const id = randomUUID();
  for (const shop of [THIS_SHOP, OTHER_SHOP]) {
    await install(database.db, shop, null, new Date());
    const session = new Session({ id: `offline_${shop}`, shop, state: "", isOnline: false });
    await openSessions(prisma, openKeyring(key)).storeSession(Object.assign(session, { accessToken: "shpat_1" }));
  }
  await database.db.query(
    "INSERT INTO connection (id, shop, destination, name, account) VALUES ($1, $2, 'shopipixel', 'ShopiPixel', 'one')",
    [id, THIS_SHOP],
  );
  await prisma.$disconnect();
  const env = { DATABASE_URL: database.url, ENCRYPTION_KEY: key, ...KEYS };
  return { web: await startWeb({ ...env, SHOPIFY_APP_URL: "https://switchyard.example.com" }), database, id };
}

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
  ["/app/privacy", "app.privacy"],
  ["/app/data-requests/1", "app.data-requests.$id"],
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

const theirs = () => tokenFor(OTHER_SHOP, KEYS.SHOPIFY_API_SECRET, KEYS.SHOPIFY_API_KEY);

test("another shop's token shows that shop, and never this one", async () => {
  const as = { token: theirs(), from: real.web.url };
  const home = await ask(data("/app", "app._index"), as);
  expect(await home.json()).toMatchObject({ needs: { connections: [], ended: [], unreadable: 0 }, orders: [] });
  const claimed = await ask(`${data("/app", "app._index")}&shop=${THIS_SHOP}`, as);
  expect(await claimed.json()).toMatchObject({ needs: { connections: [] }, orders: [] });
  expect((await ask(data("/app/deliveries/1", "app.deliveries.$id"), as)).status).toBe(404);
  for (const [path, route] of [
    [`/app/shopipixel/${real.id}`, "app.$slug.($connectionId)"],
    [`/app/shopipixel/${real.id}/figures`, "app.$slug.$connectionId.figures"],
    [`/app/reports/${real.id}`, "app.reports.$connectionId"],
  ] as const)
    expect((await ask(data(path, route), as)).status, path).toBe(404);
});

test("another shop's token changes nothing of this one", async () => {
  const { id, web, database } = real;
  const as = { token: theirs(), from: web.url };
  const path = data("/app/shopipixel", "app.$slug.($connectionId)");
  const forms: Record<string, string>[] = [
    { intent: "switch", id, to: "off" },
    { intent: "disconnect", id },
    { intent: "save", id, "settings.apiKey": "sp_theirs" },
  ];
  for (const form of forms) {
    await ask(path, { ...as, form });
    await ask(path, { from: web.url, form });
  }
  const rows = await database.db.query("SELECT shop, state FROM connection WHERE destination = 'shopipixel'");
  expect(rows).toEqual([{ shop: THIS_SHOP, state: "on" }]);
});

test("the sandbox's secret is everybody's, so it lets nobody in but its own shop", async () => {
  const answer = await ask(data("/app", "app._index"), { token: tokenFor(OTHER_SHOP) });
  expect(answer.status).toBe(401);
  const shops = await admin.trip.database.db.query(
    "SELECT domain AS shop FROM shop UNION SELECT shop FROM session ORDER BY 1",
  );
  expect(shops.filter(({ shop }) => shop !== SANDBOX_SHOP)).toEqual([]);
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
  for (const link of (answer.headers.get("link") ?? "").split(", ")) expect(link).toMatch(/^<\/assets\/[^/>]+>;/);
  expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'self'$/);
  const html = await answer.text();
  expect(html).toMatch(/<head><script src="\/sandbox\/app-bridge\.js" data-api-key="sandbox-key">/);
  expect(html.includes("Sandbox:")).toBe(true);
});

test("with Shopify's credentials App Bridge is Shopify's and comes first, and only the shop and its admin may frame a page", async () => {
  const { web } = real;
  const answer = await ask(framed("/auth/session-token", THIS_SHOP), { from: web.url });
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toMatch(new RegExp(`frame-ancestors https://${THIS_SHOP} https://admin\\.shopify\\.com$`));
  const html = await answer.text();
  expect(html).toMatch(
    /<head><script src="https:\/\/cdn\.shopify\.com\/shopifycloud\/app-bridge\.js" data-api-key="the-key">/,
  );
  expect(html).not.toMatch(/sandbox/i);
  const nobody = await ask("/auth/login?shop=evil.example.com", { from: web.url });
  expect(nobody.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'$/);
  expect((await ask("/sandbox", { from: web.url })).status).toBe(404);
});
