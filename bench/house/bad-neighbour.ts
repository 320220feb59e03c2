// Does a shop with thirty lanes to dead, hanging and lying hosts delay the others? From a webhook's commit to its vendor's receipt, before and during.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { openKeyring } from "../../app/base/secrets.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { openBells } from "../../app/programs/queue.ts";
import { install } from "../../app/shopify/install.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { freshDatabase } from "../../test/support/database.ts";
import { done, median, say, tell } from "../measure/figures.ts";
import { openHosts } from "../vendors/hosts.ts";

const OTHERS = Array.from({ length: 5 }, (_, n) => `well-${n}.myshopify.com`);
const BAD = "bad.myshopify.com";
const LANES = 30;
/** Orders a second, of all others together; the bad one has two a second besides. */
const RATE = 10;
const SECONDS = 12;
const TURNS = 3;

const [database, hosts] = await Promise.all([freshDatabase(), openHosts()]);
const ENCRYPTION_KEY = randomBytes(32).toString("base64");
const road = {
  ...{ db: database.db, clock: () => new Date(), keys: openKeyring(ENCRYPTION_KEY), destinations, sandbox: null },
  bell: { shop: async () => {}, lanes: async () => {} },
} as unknown as Road;
for (const shop of [...OTHERS, BAD]) await install(road.db, shop, null, road.clock());
for (const shop of OTHERS) await connect(shop, `${shop.split(".")[0]}.example.com`);
const worker = startWorker();
const bells = await openBells({ databaseUrl: database.url, destinations: [], connections: 2 });
const receive = openReceiver(database.db);
await orders("warm", 5, false);
const before = await runs("before", false);
for (let n = 0; n < LANES; n += 1) await connect(BAD, `${["dead", "silent", "liar"][n % 3]}-${n}.example.com`);
const during = await runs("during", true);
worker.kill("SIGTERM");
await once(worker, "exit");
hosts.close();
await bells.close();
await database.drop();
tell("bad_neighbour_p99_vs_before", median(during) / median(before), { runs: { before, during } });
done();

async function runs(what: string, bad: boolean): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const figures = await orders(what, SECONDS, bad);
    say({ bench: "bad-neighbour", what, ...figures });
    all.push(figures.p99);
  }
  return all;
}

/** A steady stream; each is counted from its commit to its receipt, which the last may take a while for. */
async function orders(what: string, seconds: number, bad: boolean) {
  const committed = new Map<string, number>();
  const began = performance.now();
  for (let n = 0; n < seconds * RATE; n += 1) {
    await sleep(Math.max(0, began + (n * 1_000) / RATE - performance.now()));
    committed.set(await order(OTHERS[n % OTHERS.length] ?? ""), performance.now());
    if (bad && n % (RATE / 2) === 0) await order(BAD);
  }
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(20))
    if ([...committed.keys()].every((id) => hosts.receipts.has(id))) break;
  const times = [...committed].map(([id, at]) => (hosts.receipts.get(id) ?? Number.POSITIVE_INFINITY) - at);
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.floor(times.length * part)] ?? Number.NaN);
  const missing = times.filter((time) => time === Number.POSITIVE_INFINITY).length;
  const figures = { orders: times.length, missing, p50: at(0.5), p99: at(0.99), asked: { ...hosts.asked } };
  if (what === "warm") say({ bench: "bad-neighbour", what, ...figures });
  return figures;
}

/** As the door does it. @returns the order's id */
async function order(shop: string): Promise<string> {
  const { payload } = orderCreated(newOrder({}));
  const body = Buffer.from(JSON.stringify(payload));
  const named = { shop, topic: "orders/create", webhookId: randomUUID(), eventId: null, apiVersion: null };
  await receive({ ...named, triggeredAt: new Date().toISOString(), body });
  await bells.bell.shop(shop);
  return String((payload as { id: unknown }).id);
}

async function connect(shop: string, domain: string): Promise<void> {
  const settings = { domain, apiKey: "tolk_sec_sandbox" };
  const draft = {
    id: null,
    destination: "tolinku",
    name: domain,
    settings,
    rules: { unknownConsent: "send" as const },
  };
  const saved = await saveConnection(road, shop, draft);
  if (!saved.ok) throw new Error(`${domain} could not be connected: ${JSON.stringify(saved)}`);
}

/** As in production, but for the internet. */
function startWorker(): ChildProcess {
  return fork(new URL("../../app/entry.worker.ts", import.meta.url), {
    execArgv: ["--import", new URL("../vendors/internet.ts", import.meta.url).href],
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: process.env.LOG_LEVEL ?? "silent" },
      ...{ DATABASE_URL: database.url, ENCRYPTION_KEY, INTERNET_PORT: String(hosts.port) },
      ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "https://app.example.com" },
    },
  });
}
