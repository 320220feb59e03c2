// A shop whose domain the merchant changed is the same shop: in its pages, at the doors, at Shopify and at the vendors.
import { expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { type Order, orderCreated } from "../../sandbox/shop.ts";
import {
  app,
  asked,
  itself,
  lives,
  NEW,
  n,
  nothingLeft,
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
