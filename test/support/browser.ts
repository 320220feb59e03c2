// A real Chromium for the tests. What a page complains of, and what it asks of other machines, is kept for the test to see.
import { setTimeout as sleep } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";

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

let opened: Promise<Browser> | null = null;

export async function openPage(options: { viewport?: { width: number; height: number } } = {}): Promise<Tab> {
  opened ??= launch();
  const browser = await opened;
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1200, height: 900 },
    userAgent: HUMAN,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname, origin } = new URL(request.url());
    if (protocol.startsWith("http") && !HERE.has(hostname)) complaints.push(`asked ${origin}`);
  });
  return { page, complaints, close: () => context.close() };
}

export async function closeBrowser(): Promise<void> {
  await (await opened)?.close();
  opened = null;
}

/** The package unpacks Chromium at the first use: while another test file does so, the half of it cannot be started. */
async function launch(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  for (let tries = 1; ; tries += 1) {
    try {
      return await playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(500);
    }
  }
}
