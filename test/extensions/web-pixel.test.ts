// The web pixel in a real browser, in a sandbox like Shopify's, with a collector in the app's place.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PIXEL_POST, read } from "../../app/events/read.ts";
import { openBrowser } from "../support/browser.ts";
import { heard } from "../support/readings.ts";
import { bundlePixel, openCollector, openPixel, openStorefront, sandboxed } from "../support/storefront.ts";

let browser: Browser;
let pixel: string;
beforeAll(async () => {
  browser = await openBrowser();
  pixel = await bundlePixel();
});
afterAll(() => browser.close());

describe("the web pixel", () => {
  const allowed = (analytics: boolean, marketing = analytics) => ({
    analyticsProcessingAllowed: analytics,
    marketingAllowed: marketing,
    preferencesProcessingAllowed: analytics,
    saleOfDataAllowed: marketing,
  });
  async function open(customerPrivacy: object) {
    const shop = await openStorefront();
    const app = await openCollector();
    onTestFinished(() => Promise.all([shop.close(), app.close()]).then(() => undefined));
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(shop.url);
    const settings = { endpoint: `${app.url}/pixel`, publicKey: "key-1" };
    const init = { customerPrivacy, data: { customer: { id: "7001", email: "buyer@example.com", firstName: "Anna" } } };
    const code = sandboxed(pixel, settings, init);
    return { app, page, code, tell: await openPixel(page, code) };
  }
  const arrived = (app: { posts: object[] }, count = 1) =>
    expect.poll(() => app.posts.length, { timeout: 60_000 }).toBe(count);

  const seen = (name: string, data: object = {}, href = "https://shop.example.com/") => ({
    id: `sh-${name}`,
    name,
    type: "standard",
    seq: 1,
    timestamp: "2026-11-21T09:30:00.000Z",
    clientId: "0b7f6c1e-client",
    data,
    context: { document: { location: { href }, title: "Lamps", referrer: "https://www.prisjakt.no/c?q=lamp" } },
  });
  const lamp = {
    id: "4001",
    title: "Brass",
    untranslatedTitle: "Brass",
    sku: "LAMP-1",
    image: { src: "https://cdn.example.com/lamp.jpg" },
    price: { amount: 129.9, currencyCode: "EUR" },
    product: {
      id: "gid://shopify/Product/3001",
      title: "Lamp",
      vendor: "Lumen",
      url: "/products/lamp",
      type: "Lights",
    },
  };
  const bought = {
    token: "checkout-1",
    email: "buyer@example.com",
    phone: "+4799999999",
    shippingAddress: { firstName: "Anna", address1: "Storgata 1" },
    order: { id: "gid://shopify/OrderIdentity/9007199254740993", customer: { id: "7002", isFirstOrder: true } },
    lineItems: [],
  };

  test("posts what was seen as one batch of text/plain without a preflight", async () => {
    const { app, tell } = await open(allowed(true, false));
    const landing = "https://shop.example.com/products/lamp?utm_source=prisjakt&gclid=abc&email=buyer%40example.com";
    await tell([seen("page_viewed", {}, landing), seen("product_viewed", { productVariant: lamp }, landing)]);
    await arrived(app);
    expect(app.posts[0]).toMatchObject({ method: "POST", path: "/pixel/key-1" });
    expect(app.posts[0]?.headers).toMatchObject({ "content-type": "text/plain;charset=UTF-8", origin: "null" });
    const common = {
      timestamp: "2026-11-21T09:30:00.000Z",
      clientId: "0b7f6c1e-client",
      context: {
        url: "https://shop.example.com/products/lamp?utm_source=prisjakt",
        title: "Lamps",
        referrer: "https://www.prisjakt.no/c",
      },
      consent: { marketing: false, analytics: true },
      customerId: "7001",
    };
    const { untranslatedTitle, image, product, ...variant } = lamp;
    const told = { ...variant, product: { id: "3001", title: "Lamp", vendor: "Lumen", type: "Lights" } };
    expect(app.events()).toEqual([
      { ...common, id: "sh-page_viewed", name: "page_viewed", data: {} },
      { ...common, id: "sh-product_viewed", name: "product_viewed", data: { productVariant: told } },
    ]);
  });

  test("of collections, searches and carts it tells ids, titles and amounts, and the app reads them", async () => {
    const { app, tell } = await open(allowed(true));
    const lines = [{ merchandise: lamp, quantity: 2, cost: { totalAmount: lamp.price } }];
    const cart = {
      id: "gid://shopify/Cart/hWN1abc?key=secret",
      cost: { totalAmount: lamp.price },
      lines,
      attributes: [],
    };
    await tell([
      seen("collection_viewed", { collection: { id: "2001", title: "Lamps", productVariants: [lamp] } }),
      seen("search_submitted", { searchResult: { query: "lamp for buyer@example.com", productVariants: [lamp] } }),
      seen("cart_viewed", { cart }),
      seen("cart_viewed", { cart: null }),
    ]);
    await arrived(app);
    expect(app.events().map(({ data }) => data)).toMatchObject([
      { collection: { id: "2001", title: "Lamps" } },
      { searchResult: { query: "lamp for [e-mail]" } },
      {
        cart: {
          id: "gid://shopify/Cart/hWN1abc",
          lines: [{ quantity: 2, merchandise: { id: "4001", sku: "LAMP-1" } }],
        },
      },
      { cart: null },
    ]);
    const reading = read(heard(PIXEL_POST, JSON.parse(app.posts[0]?.body ?? "")));
    if (reading.is !== "events") throw new Error(`the app found it ${reading.is}`);
    const kinds = reading.normalize(() => undefined).events.map(({ kind }) => kind);
    expect(kinds).toEqual(["collection.viewed", "search.submitted", "cart.viewed"]);
  });

  test("a finished checkout goes at once, even when the page goes too, with its ids and nothing personal", async () => {
    const { app, tell } = await open(allowed(true));
    const href = "https://shop.example.com/en/checkouts/cn/checkout-1/thank-you?key=secret";
    await tell([seen("checkout_completed", { checkout: bought }, href)], true);
    await arrived(app);
    expect(app.events()).toMatchObject([
      { checkoutToken: "checkout-1", orderId: "9007199254740993", customerId: "7002", data: {} },
    ]);
    expect(app.events()[0].context).toMatchObject({ url: "https://shop.example.com/en/checkouts", title: null });
    expect(app.posts[0]?.body).not.toMatch(/buyer@|\+47|Anna|Storgata|secret/);
  });

  test("a post that still waits in the browser outlives the page", async () => {
    const { app, page, code } = await open(allowed(true));
    // In the page itself: of a worker, Chromium ends what waits (seen with 147).
    await page.addScriptTag({ content: code });
    const tell = (told: object) =>
      page.evaluate((told) => (window as unknown as { tell: (told: object[]) => void }).tell([told]), told);
    app.hold();
    // A browser opens six connections to a host; the seventh post waits.
    for (let count = 1; count <= 6; count++) {
      await tell(seen("checkout_started", { checkout: { ...bought, order: null } }));
      await arrived(app, count);
    }
    await tell(seen("checkout_completed", { checkout: bought }));
    await page.goto(`${new URL(page.url()).origin}/left`);
    expect(app.posts).toHaveLength(6);
    app.release();
    await arrived(app, 7);
    expect(app.events().at(-1)).toMatchObject({ name: "checkout_completed", orderId: "9007199254740993" });
  });

  test("sends nothing before analytics is allowed, then what waited; and nothing after it is withdrawn", async () => {
    const { app, tell } = await open(allowed(false));
    const checkout = (token: string) => seen("checkout_started", { checkout: { ...bought, order: null, token } });
    await tell([seen("page_viewed"), checkout("waits")]);
    expect(app.posts).toEqual([]);
    await tell([{ customerPrivacy: allowed(true, false) }]);
    await arrived(app);
    expect(app.events().map(({ name, consent }) => [name, consent.marketing])).toEqual([
      ["page_viewed", false],
      ["checkout_started", false],
    ]);

    await tell([seen("page_viewed"), { customerPrivacy: allowed(false) }, checkout("refused")]);
    await tell([{ customerPrivacy: allowed(false) }, { customerPrivacy: allowed(true) }, checkout("last")]);
    await arrived(app, 2);
    expect(app.events().map(({ checkoutToken }) => checkoutToken)).toEqual([undefined, "waits", "last"]);
  });

  test("a post has at most 20 events and 60 kB", async () => {
    const { app, tell } = await open(allowed(true));
    await tell(Array.from({ length: 45 }, () => seen("page_viewed")));
    await arrived(app, 3);
    expect(app.posts.map(({ body }) => JSON.parse(body).events.length).sort()).toEqual([20, 20, 5]);

    const wordy = { ...lamp, product: { ...lamp.product, title: "\u706f".repeat(500) } };
    const cart = {
      id: "c",
      cost: { totalAmount: lamp.price },
      lines: Array(500).fill({ merchandise: wordy, quantity: 1 }),
    };
    await tell(Array.from({ length: 3 }, () => seen("cart_viewed", { cart })));
    await expect.poll(() => app.events().length, { timeout: 60_000 }).toBe(48);
    for (const { body } of app.posts) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000);
  });
});
