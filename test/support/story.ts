// The whole life of a shop: the real web and worker, the vendors and the stand-in for Shopify, and what a test sees of them.
import { randomBytes, randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { newClickId, newOrder, type Order, type Webhook } from "../../sandbox/shop.ts";
import { startShopify } from "../../sandbox/shopify/server.ts";
import { towards } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { SLUGS, type Slug } from "../../sandbox/vendors.ts";
import { startApp } from "./app.ts";
import { HUMAN } from "./browser.ts";
import { freshDatabase } from "./database.ts";
import { buyerOf } from "./past.ts";
import { openTestRoad } from "./road.ts";
import { framed, tokenFor } from "./web.ts";

export type Story = Awaited<ReturnType<typeof openStory>>;
const PURCHASE: Record<Slug, string> = {
  shopipixel: "Purchase",
  alana: "purchase-complete",
  prisjakt: "purchase",
  tolinku: "purchase",
  shopimind: "orders",
};

export async function openStory() {
  const [shopify, database] = await Promise.all([startShopify(), freshDatabase()]);
  await shopify.admin(); // the schema is built before anybody waits for an answer
  const key = randomBytes(32).toString("base64");
  const keys = openKeyring(key);
  const trip = await openTestRoad({ keys }, database, { passing: true });
  const env = { ENCRYPTION_KEY: key, SANDBOX_SHOPIFY_URL: shopify.url };
  const app = await startApp({ env, database });
  shopify.world.tell = (topic, payload) => void send({ topic, payload });
  const { road } = trip;
  road.sandbox = { vendorsUrl: app.vendors.url, budgets: false };
  const asks = { DATABASE_URL: database.url, ENCRYPTION_KEY: key };
  const offline = openOffline({
    ...{ env: readEnv(asks), road, keys, connections: 2 },
    fetch: towards(shopify.url),
  });
  const query = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    database.db.query<Row>(text, values);

  async function send({ topic, payload }: Webhook, triggeredAt = new Date()): Promise<void> {
    const body = JSON.stringify(payload);
    const headers = signWebhook({ topic, body, triggeredAt });
    const answer = await fetch(`${app.url}/webhooks`, { method: "POST", headers, body });
    expect(answer.status).toBe(200);
  }
  return {
    ...{ shopify, app, trip, road, query, send, ask: offline.askOf(SANDBOX_SHOP, { patience: 60_000 }) },
    /** It happened in the shop, and Shopify tells it as it was told to. */
    async happens(webhook: Webhook): Promise<void> {
      const { times } = shopify.tellings.happen(webhook.topic, webhook.payload);
      for (let n = 0; n < times; n += 1) await send(webhook);
    },
    /** The page, as Shopify frames it. */
    async opens(path: string, form?: Record<string, string>): Promise<Response> {
      const token = tokenFor(SANDBOX_SHOP);
      const headers: Record<string, string> = { "user-agent": HUMAN };
      if (!form)
        return fetch(`${app.url}${framed(path)}&id_token=${token}`, {
          headers: { ...headers, "sec-fetch-dest": "iframe" },
          redirect: "manual",
        });
      headers.authorization = `Bearer ${token}`;
      return fetch(`${app.url}${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
    },
    /** Until nothing is left to be worked off, but for what this vendor is owed. */
    async settles(but = ""): Promise<void> {
      const open = `SELECT (SELECT count(*) FROM webhook WHERE state = 'received') +
        (SELECT count(*) FROM delivery WHERE state = 'due' AND destination <> $1) AS count`;
      await expect.poll(async () => Number((await query<{ count: string }>(open, [but]))[0]?.count), PATIENT).toBe(0);
    },
    /** The upkeep's minute is over. */
    async tends(): Promise<void> {
      const round = () => upkeep(road, { post: fetch, signal: new AbortController().signal });
      await expect.poll(round, PATIENT).toMatchObject({ failures: [] });
    },
    /** How often a vendor counted each order. */
    counted(slug: Slug): Map<string, number> {
      const times = new Map<string, number>();
      for (const { kind, key: name, counted, facts } of app.vendors.ledger(slug).entries) {
        if (kind !== PURCHASE[slug] || counted === 0) continue;
        const told = slug === "alana" ? (facts.metadata as { orderId?: string })?.orderId : name;
        const order = String(told).replace("purchase_", "");
        times.set(order, (times.get(order) ?? 0) + (slug === "shopimind" ? 1 : counted));
      }
      return times;
    },
    requests: () => SLUGS.reduce((sum, slug) => sum + app.vendors.ledger(slug).requests, 0),
    dump: () => dumpOf(query),
    async close(): Promise<void> {
      await app.stop();
      await Promise.all([trip.vendors.stop(), shopify.stop()]);
    },
  };
}

export const PATIENT = { timeout: 900_000, interval: 100 };

/** As the theme embed marks it, so that it waits for no pixel. @param n whose it is. */
export const orderOf = (n: number, clicked: boolean, at = new Date()): Order =>
  newOrder({
    buyer: buyerOf(n),
    clickId: clicked ? newClickId() : null,
    visitorId: randomUUID(),
    at,
  });

/** Every row of every table of every schema; bytes as text, what is compressed opened. */
async function dumpOf(query: <Row>(text: string) => Promise<Row[]>): Promise<string> {
  const tables = await query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await query<object>(`SELECT * FROM ${name}`);
    texts.push(...rows.map((row) => `${name} ${JSON.stringify(row, (_, value) => opened(value))}`));
  }
  return texts.join("\n").toLowerCase();
}

function opened(value: unknown): unknown {
  const given = value as { type?: string; data?: number[] } | null;
  if (given?.type !== "Buffer" || !given.data) return value;
  const bytes = Buffer.from(given.data);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString() : bytes.toString();
}
