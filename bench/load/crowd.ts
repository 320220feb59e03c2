// Twenty clients of the pages at once, from a process of its own: the largest allowed forms and the heaviest pages, each as soon as the last is answered.
import { existsSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HUMAN } from "../../test/support/browser.ts";
import { tokenFor } from "../../test/support/web.ts";

export interface Crowd {
  pages: number;
  forms: number;
  /** Answered 5xx, or not at all. */
  failed: number;
  /** Of the pages, in bytes. */
  read: number;
}
export interface Go {
  url: string;
  /** As fast as they are answered, where none is said. */
  perSecond?: number;
}

const CLIENTS = 20;
const heavy = process.argv.slice(2);
setPriority(19); // in truth they are machines elsewhere
if (existsSync("/proc/self/autogroup")) writeFileSync("/proc/self/autogroup", "19");
const FORM = `intent=alert+url&url=${"a".repeat(1024 * 1024 - 21)}`;
const none: Crowd = { pages: 0, forms: 0, failed: 0, read: 0 };
let counts = none;
let working = false;

async function ask(pool: Pool, what: "pages" | "forms", path: string): Promise<void> {
  const headers = { authorization: `Bearer ${tokenFor(SANDBOX_SHOP)}`, "user-agent": HUMAN };
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  try {
    const { statusCode, body } = await (what === "pages"
      ? pool.request({ method: "GET", path, headers })
      : pool.request({ method: "POST", path, headers: form, body: FORM }));
    const read = (await body.arrayBuffer()).byteLength;
    if (what === "pages") counts.read += read;
    counts[statusCode < 500 ? what : "failed"] += 1;
  } catch {
    counts.failed += 1;
  }
}
async function client(n: number, pool: Pool, turnOf: () => Promise<void>): Promise<void> {
  for (let turn = n; working; turn += 1) {
    await turnOf();
    if (turn % 2 === 0) await ask(pool, "forms", "/app/settings?_data=routes%2Fapp.settings");
    else await ask(pool, "pages", heavy[(turn >> 1) % heavy.length] ?? "/app");
  }
}
function pace(perSecond: number | undefined): () => Promise<void> {
  let next = performance.now();
  return async () => {
    if (!perSecond) return;
    next = Math.max(next + 1_000 / perSecond, performance.now());
    await sleep(Math.max(0, next - performance.now()));
  };
}

let clients: Promise<unknown> = Promise.resolve();
process.on("message", async (said: Go | "rest") => {
  working = said !== "rest";
  if (said !== "rest") {
    counts = { ...none };
    const [pool, turnOf] = [new Pool(said.url, { connections: CLIENTS }), pace(said.perSecond)];
    clients = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n, pool, turnOf))).then(() => pool.close());
    return;
  }
  await clients;
  process.send?.(counts);
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
