// A shop that is installed, connected and renamed, on the real web with a stand-in for Shopify; what its tests begin with.
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { openKeyring } from "../../app/base/secrets.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { newOrder, type Order, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { HUMAN } from "../support/browser.ts";
import { API_SECRET, KEY, openRealApp, type RealApp, tokenOf } from "../support/shopify.ts";
import { openTrade, type Trade } from "../support/trade.ts";
import { framed } from "../support/web.ts";

export let app: RealApp;
export let trip: Trade;
beforeAll(async () => {
  app = await openRealApp();
  trip = await openTrade(["tolinku", "shopipixel"], { keys: openKeyring(KEY) }, app.database, { passing: true });
});
afterAll(async () => {
  await trip?.vendors.stop();
  await app?.close();
});

// Each test has a shop of its own.
export let n = 0;
let sold = 0;
export let [SHOP, NEW, ID] = ["", "", 0];
beforeEach(async () => {
  n += 1;
  [SHOP, NEW, ID] = [`the-shop-${n}.myshopify.com`, `the-new-name-${n}.myshopify.com`, 70_800_000_000 + n];
  app.standIn.facts.id = `gid://shopify/Shop/${ID}`;
  app.standIn.facts.myshopifyDomain = SHOP;
  await query("DELETE FROM connection");
  sold = allSales().length;
});

export const query = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  app.database.db.query<Row>(text, values);
export async function opens(shop: string): Promise<string> {
  const headers = { "user-agent": HUMAN, "sec-fetch-dest": "iframe" };
  const answer = await fetch(`${app.web.url}${framed("/app", shop)}&id_token=${tokenOf(shop)}`, { headers });
  expect(answer.status).toBe(200);
  return answer.text();
}
export async function tells(shop: string, { topic, payload }: Webhook, triggeredAt = new Date()): Promise<void> {
  const body = JSON.stringify(payload);
  const headers = signWebhook({ topic, body, shop, triggeredAt, secret: API_SECRET });
  const answer = await fetch(`${app.web.url}/webhooks`, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
}
export const itself = (domain: string, id = ID) => ({
  ...{ id, myshopify_domain: domain, domain, iana_timezone: "Europe/Stockholm", currency: "SEK" },
  updated_at: new Date().toISOString(),
});
export const asked = (domain: string) => ({ shop_id: ID, shop_domain: domain });
const allSales = () =>
  (["tolinku", "shopipixel"] as const).flatMap((slug) => trip.purchases(slug).map(({ key }) => `${slug} ${key}`));
/** How often the vendors counted one of this test's. */
export const sales = () => allSales().length - sold;
export const order = () => newOrder({ clickId: null, at: trip.road.clock() });
export const settles = async () => {
  await trip.run();
  await trip.runToTheEnd();
};
export const tend = async () => {
  await trip.run();
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
};
export const on = () => query<{ shop: string; id: string }>("SELECT shop, id FROM connection WHERE state = 'on'");

/** Installed, connected, and an order was delivered. */
export async function lives(): Promise<Order> {
  await opens(SHOP);
  for (const destination of ["tolinku", "shopipixel"] as const) {
    const draft = {
      id: null,
      destination,
      name: `Ours at ${destination}`,
      settings: SANDBOX_SETTINGS[destination] ?? {},
      rules: {},
    };
    expect(await saveConnection(trip.road, SHOP, draft)).toMatchObject({ ok: true });
  }
  const first = order();
  await tells(SHOP, orderCreated(first));
  await settles();
  expect(sales()).toBe(2);
  return first;
}
export const nothingLeft = async () => {
  const tables = await query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  for (const { name } of tables)
    expect(
      await query(`SELECT t::text FROM ${name} t WHERE t::text ~ $1`, [`the-shop-${n}|the-new-name-${n}`]),
      name,
    ).toEqual([]);
};
