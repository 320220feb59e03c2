// A vendor is asked to erase every id under which it was told of a person, and no id of anybody else.
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";
import { visit } from "../support/visit.ts";
import { cartLine } from "../support/visits.ts";

const CUSTOMER = 7_001;
const HOUSEMATE = "7002";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku"]);
});
afterEach(() => trip.close());

/** What Tolinku was told of whom, and whom it erased. */
const told = async () =>
  (
    await trip.road.db.query<{ id: string }>(
      "SELECT DISTINCT user_id AS id FROM delivery WHERE user_id IS NOT NULL ORDER BY 1",
    )
  ).map(({ id }) => id);
const erased = () =>
  trip.vendors
    .ledger("tolinku")
    .entries.filter(({ kind }) => kind === "deleted user")
    .map(({ key }) => key)
    .toSorted();
const search = { data: { searchResult: { query: "enamel cup" } } };
const buys = async (buyer: ReturnType<typeof visit>) => {
  await buyer.buys({ customer: { id: CUSTOMER, email: "told@example.com" } });
  await trip.run();
};

test("what a visitor did before they were known was told under the visitor's id, which goes with the customer's", async () => {
  const buyer = visit(trip);
  await buyer.sees("search_submitted", search);
  await trip.run();
  await buyer.fills([cartLine(601, 1)]);
  await trip.run();
  await buys(buyer);
  expect(await told()).toEqual([String(CUSTOMER), buyer.client].toSorted());
  await forgetCustomer(trip.road, SANDBOX_SHOP, String(CUSTOMER));
  expect(erased()).toEqual([String(CUSTOMER), buyer.client].toSorted());
});

test("browsing alone is enough: its visitor's id is erased where nothing else was told under it", async () => {
  const buyer = visit(trip);
  await buyer.sees("search_submitted", { ...search, cartToken: undefined, checkoutToken: buyer.checkoutToken });
  await trip.run();
  await buys(buyer);
  expect(await told()).toEqual([String(CUSTOMER), buyer.client].toSorted());
  await forgetCustomer(trip.road, SANDBOX_SHOP, String(CUSTOMER));
  expect(erased()).toContain(buyer.client);
});

test("of a device that somebody else signed in on, what was told of them stays", async () => {
  const buyer = visit(trip);
  await buyer.sees("search_submitted", { ...search, customerId: HOUSEMATE });
  await trip.run();
  await buys(buyer);
  expect(await told()).toContain(HOUSEMATE);
  await forgetCustomer(trip.road, SANDBOX_SHOP, String(CUSTOMER));
  expect(erased()).toContain(String(CUSTOMER));
  expect(erased()).not.toContain(HOUSEMATE);
});
