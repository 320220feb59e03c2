// The pages with 1,000,000 deliveries in the ledger: how long the server takes for each and for each way to search, and when Home is
// painted (LCP) on a machine four times as slow.
import { randomBytes } from "node:crypto";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openBrowser } from "../../test/support/browser.ts";
import { freshDatabase } from "../../test/support/database.ts";
import { framed, tokenFor } from "../../test/support/web.ts";
import { endOtherwise } from "../fill/ends.ts";
import { fillLedger } from "../fill/ledger.ts";
import { makePatterns } from "../fill/patterns.ts";
import { type App, startApp } from "../measure/app.ts";
import { done, median, percentile, rounded, say, size, tell } from "../measure/figures.ts";
import { startVendors } from "../vendors/vendors.ts";
import { type Asked, pagesOf } from "./pages.ts";

const THREE = ["shopipixel", "tolinku", "shopimind"];
const ORDERS = size(334_000, 5_000);
const DAYS = 365;
const OWED = size(5_000, 100);
const WARM = 5;
const TIMES = size(60, 10);
/** For one page, in milliseconds. */
const PATIENCE = 5_000;
const PAINTS = size(9, 2);

const vendors = await startVendors();
const database = await freshDatabase();
const env = { ENCRYPTION_KEY: randomBytes(32).toString("base64") };
const opening = { vendorsUrl: vendors.url, destinations: THREE, database, env };
await fill();
const app = await startApp({ ...opening, programs: ["web"] });
await paint();
const slowest = Math.max(...(await all(await pagesOf(database.db))));
tell("pages_p95_ms", slowest, {});
await app.stop();
await database.drop();
done();

/** A year's orders, and what became of them. */
async function fill(): Promise<void> {
  const first: App = await startApp(opening);
  await makePatterns(first);
  await first.stop();
  const began = performance.now();
  await fillLedger(database, ORDERS, DAYS);
  await endOtherwise(database, "shopipixel", OWED);
  say({ bench: "home", deliveries: 3 * ORDERS, filledIn: Math.round(performance.now() - began) });
}

/** @returns each page's slowest but five in a hundred, in milliseconds. */
async function all(pages: Asked[]): Promise<number[]> {
  const p95s: number[] = [];
  for (const { name, path } of pages) {
    const times: number[] = [];
    let [bytes, first] = [0, 0];
    const until = performance.now() + PATIENCE;
    for (let n = -WARM; n < TIMES && (n < 3 || performance.now() < until); n += 1) {
      const began = performance.now();
      bytes = await ask(path(n + WARM));
      if (n === -WARM) first = performance.now() - began;
      if (n >= 0) times.push(performance.now() - began);
    }
    const p95 = percentile(times, 0.95);
    say({ bench: "home", page: name, first: rounded(first), p50: rounded(median(times)), p95: rounded(p95), bytes });
    p95s.push(p95);
  }
  return p95s;
}

async function ask(path: string): Promise<number> {
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": "Mozilla/5.0 Chrome/147.0.0.0" };
  const answer = await fetch(app.url + path, { headers });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${said.slice(0, 200)}`);
  return said.length;
}

/** Each time with an empty cache. */
async function paint(): Promise<void> {
  const browser = await openBrowser();
  const times: number[] = [];
  for (let n = 0; n < PAINTS; n += 1) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(`${app.url}${framed("/app")}&id_token=${tokenFor(SANDBOX_SHOP)}`, { waitUntil: "networkidle" });
    times.push(await page.evaluate(largestPaint));
    await page.close();
  }
  await browser.close();
  tell("home_lcp_ms", median(times), { runs: times.map(rounded) });
}

/** In the page: when the largest thing of it was painted, as far as it has been. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });
}
