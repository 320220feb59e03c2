// A shop whose domain the merchant changed is the same shop: in its pages, at the doors, at Shopify and at the vendors.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { newOrder, type Order, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import { HUMAN } from "../support/browser.ts";
import { API_SECRET, KEY, openRealApp, type RealApp, tokenOf } from "../support/shopify.ts";
import { openTrade, type Trade } from "../support/trade.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
let trip: Trade;
beforeAll(async () => {
  app = await openRealApp();
  trip = await openTrade(["tolinku", "shopipixel"], { keys: openKeyring(KEY) }, app.database, { passing: true });
});
afterAll(async () => {
  await trip?.vendors.stop();
  await app?.close();
});

// Each test has a shop of its own.
let [n, sold] = [0, 0];
let [SHOP, NEW, ID] = ["", "", 0];
beforeEach(async () => {
  n += 1;
  [SHOP, NEW, ID] = [`the-shop-${n}.myshopify.com`, `the-new-name-${n}.myshopify.com`, 70_800_000_000 + n];
  app.standIn.facts.id = `gid://shopify/Shop/${ID}`;
  app.standIn.facts.myshopifyDomain = SHOP;
  await query("DELETE FROM connection");
  sold = allSales().length;
});

const query = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  app.database.db.query<Row>(text, values);
async function opens(shop: string): Promise<string> {
  const headers = { "user-agent": HUMAN, "sec-fetch-dest": "iframe" };
  const answer = await fetch(`${app.web.url}${framed("/app", shop)}&id_token=${tokenOf(shop)}`, { headers });
  expect(answer.status).toBe(200);
  return answer.text();
}
async function tells(shop: string, { topic, payload }: Webhook, triggeredAt = new Date()): Promise<void> {
  const body = JSON.stringify(payload);
  const headers = signWebhook({ topic, body, shop, triggeredAt, secret: API_SECRET });
  const answer = await fetch(`${app.web.url}/webhooks`, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
}
const itself = (domain: string, id = ID) => ({
  ...{ id, myshopify_domain: domain, domain, iana_timezone: "Europe/Stockholm", currency: "SEK" },
  updated_at: new Date().toISOString(),
});
const asked = (domain: string) => ({ shop_id: ID, shop_domain: domain });
const allSales = () =>
  (["tolinku", "shopipixel"] as const).flatMap((slug) => trip.purchases(slug).map(({ key }) => `${slug} ${key}`));
/** How often the vendors counted one of this test's. */
const sales = () => allSales().length - sold;
const order = () => newOrder({ clickId: null, at: trip.road.clock() });
const settles = async () => {
  await trip.run();
  await trip.runToTheEnd();
};
const tend = async () => {
  await trip.run();
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
};
const on = () => query<{ shop: string; id: string }>("SELECT shop, id FROM connection WHERE state = 'on'");

/** Installed, connected, and an order was delivered. */
async function lives(): Promise<Order> {
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
const nothingLeft = async () => {
  const tables = await query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  for (const { name } of tables)
    expect(
      await query(`SELECT t::text FROM ${name} t WHERE t::text ~ $1`, [`the-shop-${n}|the-new-name-${n}`]),
      name,
    ).toEqual([]);
};

test("told by shop/update: the pages, the token, the connections and the ledger are those of before", async () => {
  const first = await lives();
  await tells(NEW, orderCreated(order()));
  await trip.run();
  expect(sales()).toBe(2);
  // Now it is known who that was: what came before under the new name counts, too.
  await tells(NEW, { topic: "shop/update", payload: itself(NEW) });
  await settles();
  expect(sales()).toBe(4);
  await tells(NEW, orderCreated(order()));
  await settles();
  const before = sales();
  expect(before).toBe(6);
  for (const name of [SHOP, NEW]) await tells(name, orderCreated(first));
  await settles();
  expect(sales()).toBe(before);
  const tokens = app.standIn.tokenCalls;
  const page = await opens(NEW);
  expect(page).toContain("Ours at tolinku");
  expect(page).toContain(first.name);
  expect(app.standIn.tokenCalls).toBe(tokens);
  for (const { shop, id } of await on()) {
    expect(shop).toBe(SHOP);
    expect((await openConnection(trip.road, id))?.settings).toMatchObject({ apiKey: expect.stringMatching(/sandbox/) });
  }
  app.standIn.hosts.clear();
  const shopify = openOffline({
    env: readEnv({ DATABASE_URL: app.database.url, ENCRYPTION_KEY: KEY }),
    ...{ road: trip.road, keys: trip.road.keys, connections: 1 },
    fetch: (url, init) => {
      app.standIn.hosts.add(new URL(String(url)).hostname);
      return fetch(app.standIn.url + new URL(String(url)).pathname, init);
    },
  });
  expect(await shopify.installed(SHOP)).toBe("there");
  expect([...app.standIn.hosts]).toContain(NEW);
  expect([...app.standIn.hosts]).not.toContain(SHOP);
});

test("told by Shopify's answer when it is opened twice at once: it leaves under the new name, and nothing of either is left", async () => {
  const first = await lives();
  app.standIn.facts.myshopifyDomain = NEW;
  await Promise.all([opens(NEW), opens(NEW)]);
  expect(await opens(NEW)).toContain("Ours at tolinku");
  expect(await query("SELECT domain FROM shop WHERE domain ~ $1", [`-${n}[.]`])).toEqual([{ domain: SHOP }]);
  expect(await query("SELECT id, shop FROM session WHERE id ~ $1", [`-${n}[.]`])).toEqual([
    { id: `offline_${SHOP}`, shop: SHOP },
  ]);
  await tells(NEW, orderCreated(order()));
  await settles();
  const before = sales();
  expect(before).toBe(4);
  const later = new Date(Date.now() + 60_000);
  await tells(NEW, { topic: "app/uninstalled", payload: itself(NEW) }, later);
  await trip.run();
  expect(await on()).toEqual([]);
  expect(await query("SELECT 1 FROM session WHERE id ~ $1", [`-${n}[.]`])).toEqual([]);
  for (const name of [SHOP, NEW]) await tells(name, orderCreated(order()));
  await settles();
  expect(sales()).toBe(before);
  await tells(SHOP, { topic: "shop/redact", payload: asked(SHOP) }, later);
  await tend();
  await nothingLeft();
  // Back under the new name, which nobody knows any more: the id's hash still says what was counted.
  await opens(NEW);
  for (const destination of ["tolinku", "shopipixel"] as const) {
    const draft = {
      id: null,
      destination,
      name: destination,
      settings: SANDBOX_SETTINGS[destination] ?? {},
      rules: {},
    };
    expect(await saveConnection(trip.road, NEW, draft)).toMatchObject({ ok: true });
  }
  const now = trip.road.clock().toISOString();
  await tells(NEW, orderCreated({ ...first, created_at: now, processed_at: now, updated_at: now } as Order));
  await settles();
  expect(sales()).toBe(before);
});

test("a shop/redact under a new name that nobody heard of before erases what is kept under the old one", async () => {
  await lives();
  await query(
    "UPDATE shop SET installed_at = now() - interval '1 day', token_at = NULL, seen_at = NULL WHERE domain = $1",
    [SHOP],
  );
  await tells(NEW, { topic: "app/uninstalled", payload: itself(NEW) });
  await tells(NEW, { topic: "shop/redact", payload: asked(NEW) });
  await tend();
  await tend();
  await nothingLeft();
});

test("another shop that has the old domain later sees and counts nothing of the first, which stays what it is", async () => {
  await lives();
  await tells(NEW, { topic: "shop/update", payload: itself(NEW) });
  await trip.run();
  await query("UPDATE shop_domain SET until = now() - interval '3 days' WHERE domain = $1", [SHOP]);
  Object.assign(app.standIn.facts, { id: "gid://shopify/Shop/9", myshopifyDomain: SHOP });
  const page = await opens(SHOP);
  expect(page).not.toContain("Ours at tolinku");
  await tells(SHOP, orderCreated(order()));
  await tells(SHOP, { topic: "app/uninstalled", payload: itself(SHOP, 9) }, new Date(Date.now() + 60_000));
  await settles();
  expect(sales()).toBe(2);
  expect(await on()).toHaveLength(2);
  expect(await opens(NEW)).toContain("Ours at tolinku");
});

test("also where nobody heard that the first has another one: by the id that Shopify tells with its token", async () => {
  await lives();
  Object.assign(app.standIn.facts, { id: "gid://shopify/Shop/8", myshopifyDomain: SHOP });
  await query("UPDATE session SET expires = now() AT TIME ZONE 'UTC' - interval '1 minute' WHERE shop = $1", [SHOP]);
  expect(await opens(SHOP)).not.toContain("Ours at tolinku");
  expect(await query("SELECT shopify_id FROM shop WHERE domain ~ $1 ORDER BY 1", [`-${n}[.]`])).toEqual([
    { shopify_id: String(ID) },
    { shopify_id: "8" },
  ]);
  await tells(SHOP, orderCreated(order()));
  await settles();
  expect(sales()).toBe(2);
});

test("what is not Shopify's word on both its id and its name makes no shop another", async () => {
  await lives();
  const names = () => query("SELECT domain FROM shop_domain WHERE domain ~ $1", [`-${n}[.]`]);
  // Its header is not signed, and the body says another name; or it is of a topic that cannot say who it is.
  await tells(NEW, { topic: "shop/update", payload: itself("a-third.myshopify.com") });
  await tells(NEW, { topic: "orders/create", payload: { ...order(), ...itself(NEW) } });
  await trip.run();
  expect(await names()).toEqual([]);
  const body = JSON.stringify(itself(NEW));
  const headers = signWebhook({ topic: "shop/update", body, shop: NEW, secret: "a guess" });
  expect((await fetch(`${app.web.url}/webhooks`, { method: "POST", headers, body })).status).toBe(401);
  // An older word than the newest changes no name.
  await tells(NEW, { topic: "shop/update", payload: itself(NEW) });
  const old = { ...itself(SHOP), updated_at: "2026-01-01T00:00:00Z" };
  await tells(NEW, { topic: "shop/update", payload: old });
  await trip.run();
  expect(await query("SELECT domain FROM shop_domain WHERE until IS NULL AND shop = $1", [SHOP])).toEqual([
    { domain: NEW },
  ]);
});
