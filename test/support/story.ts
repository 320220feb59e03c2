// The whole life of a shop: the real web and worker, the vendors and the stand-in for Shopify, and what a test sees of them.
import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { openReceiver } from "../../app/delivery/receive.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { look } from "../../app/shopify/found/look.ts";
import { askForLook, takeLook } from "../../app/shopify/found/marks.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { newClickId, newOrder, type Order, type Webhook } from "../../sandbox/shop.ts";
import { startShopify } from "../../sandbox/shopify/server.ts";
import { towards } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { startApp } from "./app.ts";
import { HUMAN } from "./browser.ts";
import { freshDatabase } from "./database.ts";
import { buyerOf } from "./past.ts";
import { openTestRoad } from "./road.ts";
import { framed, tokenFor } from "./web.ts";

export type Story = Awaited<ReturnType<typeof openStory>>;

export async function openStory() {
  const [shopify, database] = await Promise.all([startShopify(), freshDatabase()]);
  await shopify.admin(); // the schema is built before anybody waits for an answer
  const key = randomBytes(32).toString("base64");
  const keys = openKeyring(key);
  const trip = await openTestRoad({ keys }, database, { passing: true });
  const env = { ENCRYPTION_KEY: key, SANDBOX_SHOPIFY_URL: shopify.url };
  const app = await startApp({ env, database });
  // Once: whoever waits for it asks as well.
  shopify.world.tell = (topic, payload) => void send({ topic, payload }).catch(() => {});
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
  /** The page, as Shopify frames it; with a form, what its button sends. */
  async function opens(path: string, form?: Record<string, string>): Promise<Response> {
    const token = tokenFor(SANDBOX_SHOP);
    const headers: Record<string, string> = { "user-agent": HUMAN };
    if (!form)
      return fetch(`${app.url}${framed(path)}&id_token=${token}`, {
        headers: { ...headers, "sec-fetch-dest": "iframe" },
        redirect: "manual",
      });
    headers.authorization = `Bearer ${token}`;
    return fetch(`${app.url}${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
  }
  const ask = offline.askOf(SANDBOX_SHOP, { patience: 60_000 });
  return {
    ...{ shopify, app, trip, road, query, send, opens, ask },
    /** It happened in the shop, and Shopify tells it as it was told to. */
    async happens(webhook: Webhook): Promise<void> {
      const { times } = shopify.tellings.happen(webhook.topic, webhook.payload);
      for (let n = 0; n < times; n += 1) await send(webhook);
    },
    /** By its page, as a merchant does. */
    async begins(id: string, wish: Record<string, string>): Promise<void> {
      const route = "_data=routes%2Fapp.%24slug.%24connectionId.backfill";
      const answer = await opens(`/app/shopimind/${id}/backfill?${route}`, { intent: "start", ...wish });
      expect(await answer.json()).toMatchObject({ says: null });
    },
    /** As the worker looks for what was not told, three minutes later. */
    async looks(): Promise<void> {
      const later = { ...road, clock: () => new Date(Date.now() + 180_000) };
      await askForLook(road.db, SANDBOX_SHOP, later.clock());
      expect(await takeLook(road.db, later.clock())).toBe(SANDBOX_SHOP);
      const receive = openReceiver(road.db);
      await look({ road: later, shop: SANDBOX_SHOP, ask, receive, signal: new AbortController().signal });
    },
    /** Installed again, and connected to all vendors as before. */
    async comesBack(): Promise<void> {
      expect((await opens("/app")).status).toBe(200);
      for (const [destination, settings] of Object.entries(SANDBOX_SETTINGS)) {
        const draft = { id: null, destination, name: destination, settings, rules: {} };
        expect(await saveConnection(road, SANDBOX_SHOP, draft)).toMatchObject({ ok: true });
      }
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
    async close(): Promise<void> {
      await app.stop();
      await Promise.all([trip.vendors.stop(), shopify.stop()]);
    },
  };
}

export const PATIENT = { timeout: 1_500_000, interval: 100 };

/** As the theme embed marks it, so that it waits for no pixel. @param n whose it is. */
export const orderOf = (n: number, clicked: boolean, at = new Date()): Order =>
  newOrder({
    buyer: buyerOf(n),
    clickId: clicked ? newClickId() : null,
    visitorId: randomUUID(),
    at,
  });
