// A real Chromium for the tests. What a page complains of, and what it asks of other machines, is kept for the test to see.
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";

export interface Tab {
  page: Page;
  /** Words in the console, errors of scripts, requests that leave the machine. A good page has none. */
  complaints: string[];
  close(): Promise<void>;
}

/** What no library takes for a robot. */
export const HUMAN =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";
const HERE = new Set(["localhost", "127.0.0.1"]);
/** A page that is left while Remix asks for its routes has that question broken off. */
const LEFT = /^Failed to fetch manifest patches TypeError: Failed to fetch/;
/** How soon a page uses what it has asked for ahead depends on how busy the machine is. */
const LATE = /was preloaded using link preload but not used within a few seconds/;

/** test/support/chromium.ts has unpacked it. */
export async function openBrowser(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  // A page that the test serves as Shopify's admin frames the app, which is on this machine.
  args.push("--disable-features=LocalNetworkAccessChecks");
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

let opened: { browser: Browser; context: BrowserContext } | null = null;

/** All tabs of a file share what the browser has loaded and compiled. */
export async function openPage(options: { viewport?: { width: number; height: number } } = {}): Promise<Tab> {
  opened ??= await launched();
  await opened.context.clearCookies();
  const page = await opened.context.newPage();
  if (options.viewport) await page.setViewportSize(options.viewport);
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (!LEFT.test(message.text()) && !LATE.test(message.text()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname, origin } = new URL(request.url());
    if (protocol.startsWith("http") && !HERE.has(hostname)) complaints.push(`asked ${origin}`);
  });
  return { page, complaints, close: () => page.close() };
}

export async function closeBrowser(): Promise<void> {
  await opened?.browser.close();
  opened = null;
}

async function launched() {
  const browser = await openBrowser();
  const viewport = { width: 1200, height: 900 };
  return { browser, context: await browser.newContext({ viewport, userAgent: HUMAN, reducedMotion: "reduce" }) };
}
