// What is told late, twice, or by another shop that has the name by now: no shop is renamed back by it, and none is told another's.
import { expect, test } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { dataFile } from "../../app/delivery/people/data-requests.ts";
import { SANDBOX_SETTINGS } from "../../sandbox/seed.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import {
  app,
  asked,
  ID,
  itself,
  lives,
  NEW,
  nothingLeft,
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

const HOUR = 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);
const nameNow = async () => {
  const rows = await query<{ domain: string }>("SELECT domain FROM shop_domain WHERE until IS NULL AND shop = $1", [
    SHOP,
  ]);
  return rows.map(({ domain }) => domain);
};
const isRenamed = async (at = new Date()) => {
  await tells(NEW, { topic: "shop/update", payload: { ...itself(NEW), updated_at: at.toISOString() } });
  await trip.run();
};
const longAgo = () => query("UPDATE shop_domain SET until = now() - interval '3 days' WHERE domain = $1", [SHOP]);
async function connects(shop: string): Promise<void> {
  const settings = SANDBOX_SETTINGS.tolinku ?? {};
  const draft = { id: null, destination: "tolinku", name: "The other's", settings, rules: {} };
  expect(await saveConnection(trip.road, shop, draft)).toMatchObject({ ok: true });
}
/** Another shop opens the app at a domain, and is connected. */
async function another(id: number, domain: string, keptAs = domain): Promise<void> {
  Object.assign(app.standIn.facts, { id: `gid://shopify/Shop/${id}`, myshopifyDomain: domain });
  await opens(domain);
  await connects(keptAs);
}
const request = { ...{ customer: { id: 777123777, email: "who@example.com" } }, orders_requested: [] };

test("a compliance webhook that names the domain of before, late or posted again, renames nothing back", async () => {
  await lives();
  await isRenamed(ago(HOUR));
  await tells(SHOP, { topic: "customers/data_request", payload: { ...asked(SHOP), ...request } }, ago(3 * HOUR));
  await trip.run();
  expect(await nameNow()).toEqual([NEW]);
  await longAgo();
  await tells(SHOP, { topic: "customers/data_request", payload: { ...asked(SHOP), ...request } });
  await trip.run();
  expect(await nameNow()).toEqual([NEW]);
  await tend();
  const [file] = await query<{ id: string }>("SELECT id FROM data_request WHERE shop = $1", [SHOP]);
  expect(JSON.parse((await dataFile(trip.road, SHOP, file?.id ?? ""))?.json ?? "{}")).toMatchObject({ shop: NEW });
});

test("a shop that was renamed there and back is not renamed by the word between, which comes last", async () => {
  await lives();
  await tells(SHOP, { topic: "shop/update", payload: itself(SHOP) });
  await trip.run();
  await isRenamed(ago(HOUR));
  expect(await nameNow()).toEqual([SHOP]);
});

test("what Shopify asks about a person of an erased shop leaves no name of it, whichever one it comes by", async () => {
  await lives();
  await isRenamed();
  const later = new Date(Date.now() + 60_000);
  await tells(NEW, { topic: "app/uninstalled", payload: itself(NEW) }, later);
  await trip.run();
  await tells(NEW, { topic: "shop/redact", payload: asked(NEW) }, later);
  await tend();
  await tells(NEW, { topic: "customers/redact", payload: { ...asked(NEW), ...request } }, later);
  await tend();
  await nothingLeft();
  expect(await query("SELECT 1 FROM erasure WHERE erasure::text ~ '777123777'")).toEqual([]);
});

test("a name goes over to the shop that says it has it, at once, and two that swap theirs are each told its own", async () => {
  await lives();
  await another(22, NEW);
  // Each comes by what was the other's.
  await tells(NEW, { topic: "shop/update", payload: itself(NEW) });
  await tells(SHOP, { topic: "shop/update", payload: itself(SHOP, 22) });
  await settles();
  const counted = (shop: string) =>
    query("SELECT 1 FROM delivery WHERE shop = $1 AND kind = 'order.placed' AND state = 'delivered'", [shop]);
  await tells(NEW, orderCreated(order()));
  await settles();
  expect([(await counted(SHOP)).length, (await counted(NEW)).length]).toEqual([4, 0]);
  await tells(SHOP, orderCreated(order()));
  await settles();
  expect([(await counted(SHOP)).length, (await counted(NEW)).length]).toEqual([4, 1]);
  // A word of before changes nothing. A shop that nobody knows is kept apart.
  await tells(NEW, { topic: "shop/update", payload: { ...itself(NEW, 33), updated_at: ago(HOUR).toISOString() } });
  await settles();
  expect(await nameNow()).toEqual([NEW]);
  await tells(NEW, { topic: "shop/update", payload: itself(NEW, 33) });
  await settles();
  const before = sales();
  await tells(NEW, orderCreated(order()));
  await settles();
  expect(sales()).toBe(before);
});

test("when the first is erased, the second at its old name goes on", async () => {
  await lives();
  await isRenamed();
  await longAgo();
  await another(9, SHOP, `past:${SHOP}`);
  const later = new Date(Date.now() + 60_000);
  await tells(NEW, { topic: "app/uninstalled", payload: itself(NEW) }, later);
  await trip.run();
  await tells(NEW, { topic: "shop/redact", payload: { shop_id: ID, shop_domain: NEW } }, later);
  await tend();
  const before = sales();
  await tells(SHOP, orderCreated(order()));
  await settles();
  expect(sales()).toBe(before + 1);
});
