// The embedded page inside Shopify's admin, in a real Chromium: after a reload or a deploy it lands where it wanted to.
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freePort } from "../../scripts/port.mjs";
import { HUMAN, openBrowser } from "../support/browser.ts";
import { openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  const port = await freePort();
  app = await openRealApp({ PORT: String(port), SHOPIFY_APP_URL: `http://localhost:${port}` });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Shopify's App Bridge in short: a token for each request, and the way out of the page that asks for one. */
const APP_BRIDGE = `
  const token = () => parent === window ? "" : fetchPlain("/token-for-tests").then((answer) => answer.text());
  const fetchPlain = window.fetch.bind(window);
  window.shopify = { idToken: token, toast: { show() {} }, loading() {} };
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.headers.set("authorization", "Bearer " + (await token()));
    return fetchPlain(request);
  };
  const wanted = new URL(location.href).searchParams.get("shopify-reload");
  if (wanted) token().then((given) => {
    const url = new URL(wanted);
    url.searchParams.set("id_token", given);
    location.replace(url);
  });`;

let problems: string[];
beforeEach(async () => {
  const context = await browser.newContext({ userAgent: HUMAN });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  problems = [];
  page.on("console", (message) => {
    if (/violates|frame-ancestors/.test(message.text())) problems.push(message.text());
  });
  const first = `${app.web.url}${framed("/app", SHOP)}&id_token=${tokenOf()}`;
  const admin = `<!doctype html><title>Admin</title><iframe name="app" style="width:1000px;height:800px" src="${first}"></iframe>`;
  await context.route("https://admin.shopify.com/**", (route) =>
    route.fulfill({ contentType: "text/html", body: admin }),
  );
  await context.route("https://cdn.shopify.com/**", (route) =>
    route.fulfill({ contentType: "text/javascript", body: APP_BRIDGE }),
  );
  await context.route("**/token-for-tests", (route) => route.fulfill({ body: tokenOf() }));
  return () => context.close();
});

/** Until the first page's scripts are at work. */
async function openTheApp(): Promise<void> {
  await page.goto("https://admin.shopify.com/store/the-shop/apps/the-key");
  await isAwake("Home");
}

async function isAwake(name: string): Promise<void> {
  await heading(name);
  await frame().waitForFunction(() =>
    Object.keys(document.querySelector("h1") ?? {}).some((key) => key.startsWith("__react")),
  );
}

function frame() {
  const found = page.frame({ name: "app" });
  if (!found) throw new Error("there is no frame");
  return found;
}
const click = (path: string) =>
  frame().evaluate((to) => document.querySelector<HTMLElement>(`ui-nav-menu a[href="${to}"]`)?.click(), path);
const heading = (name: string) => frame().getByRole("heading", { name, exact: true }).waitFor();

async function isAtSettings(): Promise<void> {
  await heading("Settings");
  const { pathname, searchParams } = new URL(frame().url());
  expect(pathname).toBe("/app/settings");
  expect(searchParams.get("shop")).toBe(SHOP);
  expect(searchParams.get("host")).toBeTruthy();
  expect(problems).toEqual([]);
}

test("a reload inside the frame comes back to the page that was reloaded", async () => {
  await openTheApp();
  await click("/app/settings");
  await heading("Settings");
  expect(frame().url()).not.toContain("shop=");
  await frame().evaluate(() => location.reload());
  await page.waitForEvent("framenavigated");
  await expect.poll(() => frame().url()).toContain("id_token=");
  await isAtSettings();
});

test("a deploy that is noticed by the list of routes loads the page anew, and it is the one that was wanted", async () => {
  await page
    .context()
    .route("**/__manifest*", (route) => route.fulfill({ status: 204, headers: { "x-remix-reload-document": "true" } }));
  await openTheApp();
  await click("/app/settings");
  await isAtSettings();
});

test("a deploy that took a page's script away loads the page anew, and it is the one that was wanted", async () => {
  await openTheApp();
  await click("/app/attention");
  await heading("Needs attention");
  const lost = await takeTheScriptOfSettingsAway({ times: 1 });
  await click("/app/settings");
  await isAtSettings();
  expect(lost.count).toBe(1);
  await isAwake("Settings");
  await click("/app/attention");
  await heading("Needs attention");
  // It was meant once: whoever loads a page anew later stays on it.
  await frame().evaluate(() => location.reload());
  await page.waitForEvent("framenavigated");
  await expect.poll(() => frame().url()).toContain("/app/attention?embedded=1&id_token=");
  await isAwake("Needs attention");
});

test("a page whose script cannot be had at all is drawn by the server, and not asked for in a circle", async () => {
  await openTheApp();
  const lost = await takeTheScriptOfSettingsAway({});
  await click("/app/settings");
  await isAtSettings();
  // Once for the click, and once by the page itself.
  await expect.poll(() => lost.count).toBe(2);
  await frame().waitForLoadState("load");
  expect(lost.count).toBe(2);
});

async function takeTheScriptOfSettingsAway(options: { times?: number }): Promise<{ count: number }> {
  const lost = { count: 0 };
  const answer = (route: Route) => {
    lost.count++;
    return route.fulfill({ status: 404 });
  };
  await page.context().route("**/assets/app.settings-*.js", answer, options);
  return lost;
}

test("a document inside the frame that nobody knows the shop of may be framed by Shopify's admin, and outside by nobody", async () => {
  const ask = (path: string, dest: string) =>
    fetch(`${app.web.url}${path}`, { headers: { "sec-fetch-dest": dest, "user-agent": HUMAN }, redirect: "manual" });
  const policy = async (path: string, dest: string) => (await ask(path, dest)).headers.get("content-security-policy");
  for (const path of ["/auth/session-token", "/nothing/at/all", "/auth/login"]) {
    expect(await policy(path, "iframe"), path).toContain("frame-ancestors https://admin.shopify.com");
    expect(await policy(path, "document"), path).toContain("frame-ancestors 'none'");
  }
  expect((await ask("/app/settings", "document")).headers.get("location")).toBe("/auth/login");
  for (const path of [
    "/app/settings?days=7",
    "/app/settings?days=7&shop=evil.example.com&host=x",
    `/app/settings?days=7&shop=${SHOP}&host=%01`,
  ]) {
    const to = new URL((await ask(path, "iframe")).headers.get("location") ?? "", app.web.url);
    expect(to.pathname).toBe("/auth/session-token");
    expect(to.searchParams.get("shopify-reload")).toBe(`${app.web.url}/app/settings?days=7&embedded=1`);
  }
  const elsewhere = await ask("//evil.example.com/app", "iframe");
  expect(elsewhere.headers.get("location") ?? "").not.toMatch(/^\/\/|^https?:\/\/evil/);
});
