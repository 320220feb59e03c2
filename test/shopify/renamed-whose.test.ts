// Whose a name is: a shop that was renamed is not taken for another, nor another for it.
import { expect, test } from "vitest";
import { orderCreated } from "../../sandbox/shop.ts";
import { signWebhook } from "../../sandbox/sign.ts";
import {
  app,
  ID,
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
  trip,
} from "../support/renamed.ts";

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
