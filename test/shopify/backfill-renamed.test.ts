// A shop that is renamed while its backfill is under way: it goes on under the new name, and tells every order once.
import { afterEach, beforeEach, expect, test } from "vitest";
import { newOrder } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPast, type Past } from "../support/history.ts";

const [NEW, ID] = ["the-new-name.myshopify.com", 70_800_000_001];
let it: Past;
beforeEach(async () => {
  it = await openPast();
  await hears("shop/update", itself(SANDBOX_SHOP), SANDBOX_SHOP);
});
afterEach(() => it.close());

const itself = (domain: string) => ({
  ...{ id: ID, myshopify_domain: domain, domain, iana_timezone: "Europe/Berlin", currency: "EUR" },
  updated_at: it.road.clock().toISOString(),
});
/** By the door, where a webhook names the shop as Shopify knows it. */
async function hears(topic: string, payload: unknown, shop: string): Promise<void> {
  await it.trip.hear(topic, payload, { shop, named: true });
  await it.trip.run();
}

test.each([
  { moment: "Shopify makes its file", orders: 5, until: 0 },
  { moment: "its orders are put on the road and wait for the vendor", orders: 105, until: 100 },
])("renamed while $moment, it goes on under the new name, tells each order once, and is shown all the while", async ({
  orders,
  until,
}) => {
  it.happened(orders, { customers: 3, refunded: orders });
  const begun = await it.begin("shopimind");
  await it.work((view) => (view?.sent ?? 0) >= until);
  if (until === 0) await it.tick();
  it.trip.vendors.misbehave("shopimind", "down" as never);
  it.shopify.world.shop = NEW;
  await it.ends(); // the token's hour
  // Nobody has told of it yet.
  for (let turn = 0; turn < 3; turn += 1) {
    while (await it.tick());
    await it.trip.run();
    it.forward(5_000);
  }
  expect(await it.view("shopimind")).toMatchObject({
    ...begun,
    state: "running",
    says: expect.stringContaining("Shopify"),
  });
  await hears("orders/create", newOrder({ at: it.road.clock() }), NEW);
  await hears("shop/update", itself(NEW), NEW);
  it.trip.vendors.misbehave("shopimind", null);
  it.forward(60_000);
  const all = orders + 3;
  expect(await it.work()).toMatchObject({ ...begun, state: "done", says: null, expected: all, seen: all, sent: all });
  const told = it.trip.vendors.ledger("shopimind").entries.filter(({ kind }) => kind === "orders");
  expect(told.map(({ counted }) => counted)).toEqual(Array(orders + 1).fill(1));
  expect(await it.trip.states("shopimind")).not.toContainEqual(expect.not.objectContaining({ state: "delivered" }));
});
