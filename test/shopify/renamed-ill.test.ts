// A shop that is opened under a new name while Shopify's Admin API is ill: until Shopify says who it is nothing is counted twice, lost, or kept from being erased.
import { afterEach, expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { saveTested } from "../../app/delivery/connections/save-tested.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { sessionContext } from "../../app/shopify/sessions.ts";
import { setUpWhatIsMissing } from "../../app/shopify/set-up.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { type Order, orderCreated } from "../../sandbox/shop.ts";
import {
  app,
  asked,
  itself,
  lives,
  NEW,
  n,
  on,
  opens,
  order,
  query,
  SHOP,
  sales,
  settles,
  tells,
  tend,
  trip,
} from "../support/renamed.ts";
import { KEY } from "../support/shopify.ts";

afterEach(() => {
  app.standIn.mood = "well";
});

const connects = () => {
  const settings = SANDBOX_SETTINGS.tolinku ?? {};
  const draft = { id: null, destination: "tolinku", name: "Anew", settings, rules: {} };
  return saveTested(trip.road, NEW, draft, true);
};
/** The Admin API does not answer any more, and the shop has another name. */
async function isRenamedWhileIll(): Promise<void> {
  app.standIn.mood = 503;
  app.standIn.facts.myshopifyDomain = NEW;
  await opens(NEW);
}
/** Shopify is well again, and the upkeep asks it. @param first under which name it is asked who it is. */
async function isWell(first = NEW): Promise<void> {
  app.standIn.mood = "well";
  const { askOf } = openOffline({
    env: readEnv({ DATABASE_URL: app.database.url, ENCRYPTION_KEY: KEY }),
    ...{ road: trip.road, keys: trip.road.keys, connections: 1 },
    fetch: (url, init) => fetch(app.standIn.url + new URL(String(url)).pathname, init),
  });
  await query("UPDATE shop SET set_up_at = CASE WHEN domain <> $1 THEN now() + interval '1 hour' END, lacks = '{}'", [
    first,
  ]);
  await setUpWhatIsMissing(trip.road, "https://app.example.com/pixel", askOf);
  await settles();
}
const inItsBooks = (word: string) => query("SELECT 1 FROM event WHERE shop = $1 AND data::text ~ $2", [SHOP, word]);
const now = () => trip.road.clock().toISOString();

test("it is connected anew only once Shopify says who it is; then its connections are there, and what came meanwhile counts once", async () => {
  const first = await lives();
  await isRenamedWhileIll();
  await tells(NEW, orderCreated(order()));
  await tells(NEW, orderCreated(first));
  await settles();
  expect(await connects()).toMatchObject({ ok: false, errors: { form: { code: "shop_unsettled" } } });
  expect(sales()).toBe(2);
  await isWell();
  expect(sales()).toBe(4);
  expect(await on()).toMatchObject([{ shop: SHOP }, { shop: SHOP }]);
  expect(await query("SELECT domain FROM shop WHERE domain ~ $1", [`-${n}[.]`])).toEqual([{ domain: SHOP }]);
});

test("the shop of before may be the one that is asked: what came under the new name counts there, and the newer token stays", async () => {
  await lives();
  await isRenamedWhileIll();
  await tells(NEW, orderCreated(order()));
  await tells(NEW, { topic: "shop/update", payload: itself(NEW) });
  await settles();
  expect(await connects()).toMatchObject({ ok: false });
  const newest = app.standIn.refreshToken;
  await isWell(SHOP);
  expect(sales()).toBe(4);
  expect(await query("SELECT domain FROM shop WHERE domain ~ $1", [`-${n}[.]`])).toEqual([{ domain: SHOP }]);
  const [token] = await query<{ refresh: string }>(`SELECT "refreshToken" AS refresh FROM session WHERE id = $1`, [
    `offline_${SHOP}`,
  ]);
  expect(trip.road.keys.open(token?.refresh ?? "", sessionContext(`offline_${SHOP}`))).toBe(newest);
});

test("what Shopify asks about its people under the new name meanwhile is done where they are kept", async () => {
  const { customer } = await lives();
  const person = { customer: { id: customer?.id, email: customer?.email }, orders_requested: [] };
  await isRenamedWhileIll();
  await tells(NEW, { topic: "customers/data_request", payload: { ...asked(NEW), ...person } });
  await tend();
  expect(await query("SELECT shop FROM data_request WHERE holds::text <> '{}'")).toEqual([{ shop: SHOP }]);
  expect(await inItsBooks(String(customer?.email))).not.toEqual([]);
  await tells(NEW, { topic: "customers/redact", payload: { ...asked(NEW), ...person } });
  await tend();
  expect(await inItsBooks(String(customer?.email))).toEqual([]);
});

test("two that were connected before it was known that they are one: what either counted is not counted again, and nothing is kept beside it", async () => {
  const first = await lives();
  // As it was when nobody asked for an id before a connection was made.
  expect(await connects()).toMatchObject({ ok: true });
  await isRenamedWhileIll();
  await isWell();
  expect(await query("SELECT domain FROM shop WHERE domain ~ $1", [`-${n}[.]`])).toEqual([{ domain: NEW }]);
  expect(await query("SELECT 1 FROM event WHERE shop = $1", [SHOP])).toEqual([]);
  const before = sales();
  const again = { ...first, created_at: now(), processed_at: now(), updated_at: now() } as Order;
  for (const name of [NEW, SHOP]) await tells(name, orderCreated(again));
  await settles();
  expect(sales()).toBe(before);
  await tells(SHOP, orderCreated(order()));
  await settles();
  expect(sales()).toBe(before + 1);
});
