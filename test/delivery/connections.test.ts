// What a change of a connection does: to what it is owed already, to the account that it counts for, and to another that has that account.
import { afterEach, beforeEach, expect, test } from "vitest";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import type { Rules } from "../../app/delivery/connections/rules.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { install } from "../../app/shopify/install.ts";
import { cartCreated, newBasket, newClickId, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

const PIXEL = "11111111-1111-4111-8111-11111111111a";
const OTHER = "22222222-2222-4222-8222-22222222222b";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["prisjakt", "tolinku"]);
});
afterEach(() => trip.close());

interface Change {
  destination?: string;
  /** null: a new one. */
  id?: string | null;
  name?: string;
  settings?: Record<string, string>;
  rules?: Partial<Rules>;
  shop?: string;
}
const idOf = async (destination: string) =>
  (await trip.road.db.query<{ id: string }>("SELECT id FROM connection WHERE destination = $1", [destination]))[0]
    ?.id ?? null;
async function save({ destination = "prisjakt", shop = SANDBOX_SHOP, ...change }: Change) {
  const id = change.id === undefined ? await idOf(destination) : change.id;
  const { name = destination, settings = {}, rules = {} } = change;
  return saveConnection(trip.road, shop, { id, destination, name, settings, rules });
}
const buy = async () => {
  await trip.take(orderCreated(trip.order()));
  await trip.run();
};
const reasons = async () => (await trip.purchaseOf("prisjakt")).map(({ state, reason }) => reason ?? state);

test("a kind that is switched off is not sent any more where it was owed already; what is of another kind is", async () => {
  trip.vendors.misbehave("tolinku", "down");
  const basket = newBasket({ clickId: newClickId() });
  await trip.take(cartCreated(basket));
  await buy();
  expect((await trip.states("tolinku")).map(({ state }) => state)).toEqual(["due", "due"]);
  expect(await save({ destination: "tolinku", rules: { kindsOff: ["cart.created"] } })).toMatchObject({ ok: true });
  trip.vendors.misbehave("tolinku", null);
  await trip.runToTheEnd();
  const ended = (await trip.states("tolinku")).map(({ kind, state, reason }) => [kind, state, reason]);
  expect(ended).toEqual([
    ["cart.created", "skipped", "this kind of event is switched off"],
    ["order.placed", "delivered", null],
  ]);
  expect(Object.keys(trip.vendors.ledger("tolinku").counts)).toEqual(["purchase"]);
});

test("two connections of a shop cannot have one account, however it is written; two shops can", async () => {
  expect(await save({ settings: { pixelId: PIXEL } })).toMatchObject({ ok: true });
  const twin = { id: null, name: "Twin", settings: { pixelId: PIXEL.toUpperCase() } };
  expect(await save(twin)).toMatchObject({ ok: false, errors: { form: { code: "account_of_other" } } });
  expect(await save({ ...twin, settings: { pixelId: OTHER } })).toMatchObject({ ok: true });
  const shop = "another-shop.myshopify.com";
  await install(trip.road.db, shop, null, trip.road.clock());
  expect(await save({ ...twin, shop })).toMatchObject({ ok: true });
});

test("an account that is written otherwise stays the same: what it has is not sent to it again", async () => {
  expect(await save({ settings: { pixelId: PIXEL } })).toMatchObject({ ok: true });
  const order = trip.order();
  await trip.take(orderCreated(order));
  expect(await save({ settings: { pixelId: PIXEL.toUpperCase() } })).toMatchObject({ ok: true });
  await trip.run();
  expect(await trip.road.db.query("SELECT DISTINCT account FROM delivery WHERE destination = 'prisjakt'")).toEqual([
    { account: PIXEL },
  ]);
  expect(await reasons()).not.toContain("it was owed to the account before");
});

test("another account is owed no order that was placed before it was entered; the same account, saved again, is", async () => {
  trip.forward(10 * MINUTE);
  const [before, early] = [trip.order(), trip.order()];
  trip.forward(MINUTE);
  // The same account with another name: nothing begins anew.
  expect(await save({ name: "Prisjakt SE" })).toMatchObject({ ok: true });
  await trip.take(orderCreated(before));
  await trip.run();
  expect(await reasons()).toEqual(["delivered"]);
  expect(await save({ name: "Prisjakt SE", settings: { pixelId: OTHER } })).toMatchObject({ ok: true });
  await trip.take(orderCreated(early));
  await trip.run();
  expect(await reasons()).toEqual(["delivered", "it happened before this connection was made"]);
});

test("of a secret it is told that it is there, and not what it is", async () => {
  const views = await listConnections(trip.road, SANDBOX_SHOP);
  const tolinku = views.find(({ destination }) => destination === "tolinku");
  expect(Object.keys(tolinku?.secrets ?? {})).toEqual(["apiKey"]);
  expect(Object.keys(tolinku?.settings ?? {})).not.toContain("apiKey");
});
