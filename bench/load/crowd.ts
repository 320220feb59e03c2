// Twenty clients of the pages at once, from a process of its own: the largest allowed forms and the heaviest pages, each as soon as the last is answered.
import { existsSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { Pool } from "undici";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HUMAN } from "../../test/support/browser.ts";
import { tokenFor } from "../../test/support/web.ts";

export interface Crowd {
  pages: number;
  forms: number;
  /** Answered 5xx, or not at all. */
  failed: number;
}

const CLIENTS = 20;
const [url = "", ...heavy] = process.argv.slice(2);
setPriority(19); // in truth they are machines elsewhere
if (existsSync("/proc/self/autogroup")) writeFileSync("/proc/self/autogroup", "19");
const pool = new Pool(url, { connections: CLIENTS });
const FORM = `intent=alert+url&url=${"a".repeat(1024 * 1024 - 21)}`;
let counts: Crowd = { pages: 0, forms: 0, failed: 0 };
let working = false;

async function ask(what: "pages" | "forms", path: string): Promise<void> {
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": HUMAN };
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  try {
    const { statusCode, body } = await (what === "pages"
      ? pool.request({ method: "GET", path, headers })
      : pool.request({ method: "POST", path, headers: form, body: FORM }));
    await body.dump({ limit: 100_000_000 });
    counts[statusCode < 500 ? what : "failed"] += 1;
  } catch {
    counts.failed += 1;
  }
}
async function client(n: number): Promise<void> {
  for (let turn = n; working; turn += 1) {
    if (turn % 2 === 0) await ask("forms", "/app/settings?_data=routes%2Fapp.settings");
    else await ask("pages", heavy[(turn >> 1) % heavy.length] ?? "/app");
  }
}

let clients: Promise<unknown> = Promise.resolve();
process.on("message", async (said: "go" | "rest") => {
  working = said === "go";
  if (working) {
    counts = { pages: 0, forms: 0, failed: 0 };
    clients = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
    return;
  }
  await clients;
  process.send?.(counts);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
