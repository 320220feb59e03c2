// What ties a visitor to a cart: the web pixel, in a real browser, tells the cart's token and the theme embed's id of the visitor.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readPost } from "../../app/doors/pixel-post.ts";
import { openBrowser } from "../support/browser.ts";
import { bundlePixel, openCollector, openPixel, openStorefront, sandboxed } from "../support/storefront.ts";

let browser: Browser;
let pixel: string;
beforeAll(async () => {
  browser = await openBrowser();
  pixel = await bundlePixel();
});
afterAll(() => browser.close());

const embedId = "0c7a3f10-2b7e-4d6f-9b1a-5e0f2c9d8a41";
const seen = (name: string, data: object = {}) => ({
  id: `sh-${name}`,
  name,
  timestamp: "2026-11-21T09:30:00.000Z",
  clientId: "0b7f6c1e-client",
  data,
  context: { document: { location: { href: "https://shop.example.com/" }, title: "Lamps", referrer: "" } },
});

async function open(cart: object | null, cookies: Record<string, string>, allowed = true) {
  const [shop, app] = [await openStorefront(), await openCollector()];
  const context = await browser.newContext();
  onTestFinished(() => Promise.all([shop.close(), app.close(), context.close()]).then(() => undefined));
  const page = await context.newPage();
  await page.goto(shop.url);
  const settings = { endpoint: `${app.url}/pixel`, publicKey: "key-1" };
  const customerPrivacy = { analyticsProcessingAllowed: allowed, marketingAllowed: allowed };
  const tell = await openPixel(page, sandboxed(pixel, settings, { customerPrivacy, data: { cart } }, cookies));
  const ties = async (posts = 1) => {
    await expect.poll(() => app.posts.length, { timeout: 60_000 }).toBe(posts);
    const { cartToken, embedId } = app.events().at(-1);
    return { cartToken, embedId };
  };
  return { app, tell, ties };
}

test("the cart that the page had, and the embed's visitor, go with every event", async () => {
  const kept = encodeURIComponent(JSON.stringify({ v: embedId, c: {}, clicks: {}, utm: {}, cart: "" }));
  const { tell, ties, app } = await open({ id: "gid://shopify/Cart/hWN1abc?key=secret" }, { switchyard: kept });
  await tell([seen("page_viewed")]);
  expect(await ties()).toEqual({ cartToken: "gid://shopify/Cart/hWN1abc", embedId });
  expect(app.posts[0]?.body).not.toContain("secret");
  expect(readPost(Buffer.from(app.posts[0]?.body ?? ""))).not.toHaveProperty("wrong");
});

test("a cart that was just begun is known by its cookie, where that can be read", async () => {
  const { tell, ties } = await open(null, { cart: "hWN2new%3Fkey%3Dsecret" });
  await tell([seen("product_added_to_cart")]);
  expect(await ties()).toEqual({ cartToken: "hWN2new", embedId: undefined });
});

test("a cart that is looked at is the visitor's from then on; a cookie that is hidden or spoilt changes nothing", async () => {
  const { tell, ties } = await open(null, { cart: "%", switchyard: '{"v":"<script>"}' });
  await tell([seen("cart_viewed", { cart: { id: "hWN3seen?key=secret", lines: [] } })]);
  expect(await ties()).toEqual({ cartToken: "hWN3seen", embedId: undefined });
  await tell([seen("checkout_started", { checkout: { token: "checkout-1" } })]);
  expect(await ties(2)).toMatchObject({ cartToken: "hWN3seen" });
});

test("no cookie is read before the visitor allows it", async () => {
  const { tell, ties } = await open(null, { cart: "hWN4new", switchyard: `{"v":"${embedId}"}` }, false);
  await tell([seen("page_viewed"), { customerPrivacy: { analyticsProcessingAllowed: true, marketingAllowed: true } }]);
  expect(await ties()).toEqual({ cartToken: undefined, embedId: undefined });
});
