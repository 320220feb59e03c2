// What is older never overwrites what is newer, also where a person sends it again.
import { afterEach, expect, test } from "vitest";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { customerUpdated, newOrder, orderUpdated, someBuyer } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const at = (email: string, seconds: number) => {
  const { topic, payload } = customerUpdated({ ...buyer, email });
  const updated_at = new Date(Date.now() - seconds * 1_000).toISOString();
  return { topic, payload: { ...(payload as object), updated_at } };
};
const buyer = someBuyer();
const told = async () => (await trip.states("shopimind")).filter(({ subject }) => subject === `customer:${buyer.id}`);

test.each([
  "refused",
  "expired",
  "unknown",
])("a state that ended as %s is superseded by the next one, and asks for nobody any more", async (state) => {
  trip = await openTrade(["shopimind"]);
  await trip.take(at("old@example.com", 20));
  await trip.run();
  await trip.road.db.query("UPDATE delivery SET state = $1", [state]);
  await trip.take(at("new@example.com", 10));
  await trip.runToTheEnd();
  expect((await told()).map((one) => one.state)).toEqual(["superseded", "delivered"]);
  expect(await attention(trip.road, SANDBOX_SHOP)).toEqual([]);
});

test("a state that a newer one has followed is not sent again, whoever asks for it", async () => {
  trip = await openTrade(["shopimind"]);
  await trip.take(at("old@example.com", 20));
  await trip.take(at("new@example.com", 10));
  await trip.runToTheEnd();
  // As an app of before has left it.
  await trip.road.db.query("UPDATE delivery SET state = 'refused' WHERE state = 'superseded'");
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  if (!group) throw new Error("nothing needs attention");
  expect(await replay(trip.road, SANDBOX_SHOP, group)).toBe(0);
});

const bought = newOrder({ clickId: null, at: new Date(Date.now() - 60_000) });
const order = (seconds: number) =>
  orderUpdated({ ...bought, updated_at: new Date(Date.now() - seconds * 1_000).toISOString() });
const orders = async () =>
  (await trip.states("shopimind")).filter(({ kind }) => kind === "order.updated").map(({ state }) => state);

test("an older state that comes while the newer one still waits changes nothing, nor does one between the two", async () => {
  trip = await openTrade(["shopimind"]);
  trip.vendors.misbehave("shopimind", "down");
  for (const seconds of [10, 30, 20]) {
    await trip.take(order(seconds));
    await trip.run();
  }
  expect(await orders()).toEqual(["due", "superseded", "superseded"]);
  trip.vendors.misbehave("shopimind", null);
  await trip.runToTheEnd();
  expect(await orders()).toEqual(["delivered", "superseded", "superseded"]);
  expect(trip.purchases("shopimind")).toMatchObject([{ carried: 1 }]);
});

test.each([
  ["the older first", [20, 10], ["superseded", "delivered"]],
  ["the newer first", [10, 20], ["delivered", "superseded"]],
] as const)("of two states that are heard together only the newer one is sent: %s", async (_how, seconds, states) => {
  trip = await openTrade(["shopimind"]);
  for (const ago of seconds) await trip.take(order(ago));
  await trip.runToTheEnd();
  expect(await orders()).toEqual(states);
  expect(trip.purchases("shopimind")).toMatchObject([{ carried: 1 }]);
});
