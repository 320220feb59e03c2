// A built web pixel in a real browser, in a stand-in for Shopify's sandbox, to which a page is shown.
import { expect, onTestFinished } from "vitest";
import { openBrowser } from "./browser.ts";
import { openCollector, openPixel, openStorefront, sandboxed } from "./storefront.ts";

const ALLOWED = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: true,
};

/** @param pixel the bundle's text. @returns how many posts of it came, once there is one. */
export async function postsOfPageView(pixel: string): Promise<number> {
  const [browser, shop, collector] = [await openBrowser(), await openStorefront(), await openCollector()];
  onTestFinished(async () => void (await Promise.all([browser.close(), shop.close(), collector.close()])));
  const page = await browser.newPage();
  await page.goto(shop.url);
  const settings = { endpoint: `${collector.url}/pixel`, publicKey: "key-1" };
  const tell = await openPixel(page, sandboxed(pixel, settings, { customerPrivacy: ALLOWED, data: {} }));
  const context = { document: { location: { href: "https://shop.example.com/" }, title: "Lamps", referrer: "" } };
  await tell([
    {
      ...{ id: "sh-1", name: "page_viewed", type: "standard", seq: 1, clientId: "client-of-a-buyer" },
      ...{ timestamp: "2026-11-21T09:30:00.000Z", data: {}, context },
    },
  ]);
  await expect.poll(() => collector.posts.length, { timeout: 60_000 }).toBeGreaterThan(0);
  return collector.posts.length;
}
