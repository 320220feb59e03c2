// The theme embed in a real browser, before and after the visitor's consent.
import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { openStorefront, type Storefront } from "../support/storefront.ts";

const CLICK = "239cd31f-9d43-4cb4-b8dc-2057fe18c289_1b05fa7f1c34d125";
const LATER = "7a5e0c1d-1b2c-4d3e-8f90-0123456789ab_ABCDEFGHIJKLMNOP";
const ALL = { marketing: true, analytics: true };
const NONE = { marketing: false, analytics: false };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe("the theme embed", () => {
  let shop: Storefront;
  let page: Page;
  let asked = 0;
  let answered = 0;
  beforeEach(async () => {
    shop = await openStorefront();
    onTestFinished(() => shop.close());
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    page = await context.newPage();
    asked = answered = 0;
    const ofCart = (request: Request) => Number(request.url().includes("/cart"));
    page.on("request", (request) => {
      asked += ofCart(request);
    });
    page.on("response", async (response) => {
      if (response.ok()) await response.finished();
      answered += ofCart(response.request());
    });
  });

  /** Until the page is idle and asks the cart for nothing more. */
  async function settle() {
    let before: number;
    do {
      before = asked;
      await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
      await expect.poll(() => asked - answered, { timeout: 60_000 }).toBe(0);
    } while (asked > before);
  }
  async function visit(path: string) {
    await page.goto(shop.url + path);
    await settle();
  }
  async function answerBanner(consent: { marketing: boolean; analytics: boolean }) {
    shop.consent = consent;
    await page.evaluate((answer) => {
      Object.assign((window as unknown as { consent: object }).consent, answer);
      document.dispatchEvent(new Event("visitorConsentCollected"));
    }, consent);
    await settle();
  }
  const kept = async () => {
    const cookie = (await page.context().cookies()).find(({ name }) => name === "switchyard");
    return cookie && { ...cookie, state: JSON.parse(decodeURIComponent(cookie.value)) };
  };
  const written = () => JSON.parse(shop.cart.attributes.__switchyard ?? "null");

  test("keeps and writes nothing before the visitor agrees, nor where consent cannot be asked for", async () => {
    await visit(`/?pjclid=${CLICK}&utm_source=prisjakt`);
    shop.consent = NONE;
    await visit(`/?pjclid=${CLICK}&utm_source=prisjakt`);
    expect(await kept()).toBeUndefined();
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(shop.writes).toEqual([]);
  });

  test("after consent it keeps click and visitor for 30 days in one cookie and writes them into the cart once", async () => {
    shop.consent = NONE;
    await visit(`/?pjclid=${CLICK}&gclid=Cj0KCQ&utm_source=prisjakt`);
    await answerBanner(ALL);
    expect(await page.context().cookies()).toHaveLength(2); // ours, and Shopify's for the cart
    const cookie = await kept();
    expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 30 * 86_400 - 60);
    expect(cookie?.expires).toBeLessThan(Date.now() / 1000 + 30 * 86_400 + 60);
    expect(cookie).toMatchObject({ sameSite: "Lax", secure: true, path: "/" });
    expect(shop.writes).toHaveLength(1);
    expect(shop.cart.attributes.pjclid).toBe(CLICK);
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(written()).toEqual({
      v: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/),
      c: ALL,
      clicks: { pjclid: { id: CLICK, at }, gclid: { id: "Cj0KCQ", at } },
      utm: { source: "prisjakt" },
    });
  });

  test.each([false, true])("does not write what the cart has already (its cookie hidden: %s)", async (hidden) => {
    shop.consent = ALL;
    shop.cart.hidden = hidden;
    await visit(`/?pjclid=${CLICK}`);
    const visitor = written().v;
    await visit(`/?pjclid=${CLICK}`);
    await visit("/products/lamp");
    expect(shop.writes).toHaveLength(1);

    await visit(`/?pjclid=${LATER}`);
    expect(shop.writes).toHaveLength(2);
    expect(shop.cart.attributes.pjclid).toBe(LATER);

    shop.cart = { ...shop.cart, token: "hWN2def", attributes: {} };
    await page.context().clearCookies({ name: "cart" });
    await visit("/");
    expect(shop.cart.attributes.pjclid).toBe(LATER);
    expect(written().v).toBe(visitor);
  });

  test("writes again on the next page when the cart could not be reached", async () => {
    shop.consent = ALL;
    shop.cart.down = true;
    await visit(`/?pjclid=${CLICK}`);
    shop.cart.down = false;
    await visit("/");
    expect(shop.cart.attributes.pjclid).toBe(CLICK);
  });

  test("deletes the cookie and clears the cart when consent is withdrawn", async () => {
    shop.consent = { ...ALL };
    await visit(`/?pjclid=${CLICK}`);
    await answerBanner(NONE);
    expect(await kept()).toBeUndefined();
    expect(shop.cart.attributes).toEqual({ pjclid: "", __switchyard: "" });
    await visit("/");
    expect(shop.writes).toHaveLength(2);
  });

  test("a withdrawal that the cart did not hear is told to it from the next page, with nothing of the visitor kept", async () => {
    shop.consent = { ...ALL };
    await visit(`/?pjclid=${CLICK}`);
    shop.cart.down = true;
    await answerBanner(NONE);
    expect((await kept())?.state).toEqual({ clicks: { pjclid: true } });
    shop.cart.down = false;
    await visit("/");
    expect(shop.cart.attributes).toEqual({ pjclid: "", __switchyard: "" });
    expect(await kept()).toBeUndefined();
  });

  test("a click is forgotten 30 days after it was captured, the visitor is not", async () => {
    shop.consent = ALL;
    await visit(`/?pjclid=${CLICK}`);
    const cookie = await kept();
    if (!cookie) throw new Error("no cookie");
    const { state, ...rest } = cookie;
    state.clicks.pjclid.at = new Date(Date.now() - 30 * 86_400_000 - 1000).toISOString();
    await page.context().addCookies([{ ...rest, value: encodeURIComponent(JSON.stringify(state)) }]);
    await visit("/");
    expect(written()).toMatchObject({ v: state.v, clicks: {} });
    expect(shop.cart.attributes.pjclid).toBe("");
  });

  test("without marketing consent it keeps the visitor and no click", async () => {
    shop.consent = { ...ALL };
    await visit(`/?pjclid=${CLICK}&utm_medium=cpc`);
    await answerBanner({ marketing: false, analytics: true });
    expect(written()).toMatchObject({ c: { marketing: false, analytics: true }, clicks: {}, utm: { medium: "cpc" } });
    expect(shop.cart.attributes.pjclid).toBe("");
  });

  test("does not keep a forged click id, and drops what does not fit into 500 characters, clicks last", async () => {
    shop.consent = ALL;
    await visit(`/?pjclid=${CLICK.slice(0, -1)}!&gclid=a%22b`);
    expect(shop.cart.attributes.pjclid).toBeUndefined();
    expect(written().clicks).toEqual({});
    await visit(`/?pjclid=${CLICK}&gclid=${"g".repeat(90)}&utm_source=${"s".repeat(300)}&utm_medium=cpc`);
    expect(shop.cart.attributes.__switchyard?.length).toBeLessThan(500);
    expect(Object.keys(written().clicks)).toEqual(["pjclid", "gclid"]);
    expect(written().utm).toEqual({ medium: "cpc" });
  });
});
