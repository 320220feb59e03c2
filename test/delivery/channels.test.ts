// Orders of other channels: what counts as a purchase, what is a switch of the merchant's, and by what name.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Reason } from "../../app/base/reason.ts";
import { channelsOf } from "../../app/delivery/connections/channels.ts";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Body } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold, REASON_OF } from "../support/told.ts";
import { visit } from "../support/visit.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const PURCHASE_AT = ["shopipixel", "alana", "prisjakt", "tolinku"];
const customer = { id: 7009, email: "nora@example.com" };
/** Nothing of it was left by a buyer in the shop. */
const neverCame = { cart_token: null, checkout_token: null, landing_site: null, client_details: null };

async function bought(over: Body): Promise<{ says: string[]; state: string | undefined }> {
  await trip.road.db.query("DELETE FROM delivery");
  const note_attributes = [{ name: "pjclid", value: newClickId() }];
  await visit(trip).buys({ customer, note_attributes, ...over });
  await trip.runToTheEnd();
  const rows = await trip.road.db.query<{ destination: string; kind: string; state: string; reason: Reason | null }>(
    `SELECT destination, kind, state, ${REASON_OF("delivery")} FROM delivery WHERE kind IN ('order.placed', 'order.updated') ORDER BY id`,
  );
  const says = asTold(rows)
    .filter(({ kind }) => kind === "order.placed")
    .map(({ state, reason }) => reason ?? state);
  expect(says).toHaveLength(PURCHASE_AT.length);
  return { says: [...new Set(says)], state: rows.find(({ kind }) => kind === "order.updated")?.state };
}
const untold = { cart_token: undefined, checkout_token: undefined, landing_site: undefined, client_details: undefined };
const not = (name: string) => `an order by ${name}, a channel that does not count here`;
const renewal = "a subscription's renewal";
const unseen = "an order whose buyer is not known to have been in the shop";

test.each<[string, Body, string]>([
  ["of Amazon", { ...neverCame, source_name: "amazon" }, not("Amazon")],
  ["of Amazon by another spelling, whatever else it tells", { source_name: "Amazon-DE" }, not("Amazon")],
  ["of an app that wrote it down", { ...neverCame, source_name: "755357713" }, not("755357713")],
  ["of an app that is told by its number alone", { ...neverCame, source_name: null, app_id: 4411 }, not("4411")],
  ["of nobody knows what", { ...neverCame, source_name: null, app_id: null }, unseen],
  ["of the online shop that nothing shows to be of a buyer there", { ...neverCame, source_name: "web" }, unseen],
  ["of the online shop by its number", { ...neverCame, source_name: "580111", client_details: {} }, unseen],
  ["that staff wrote in the app for phones", { ...neverCame, source_name: "iphone" }, not("Shopify for iPhone")],
  ["of Recharge", { ...neverCame, source_name: "294517" }, renewal],
  ["of Recharge, by its tag", { source_name: "web", tags: "VIP, Subscription Recurring Order" }, renewal],
  ["of Recharge, by its tag in a list", { source_name: "web", tags: ["Subscription Recurring Order"] }, renewal],
])("an order %s is no purchase, and its state goes to ShopiMind", async (_, over, reason) => {
  expect(await bought(over)).toEqual({ says: [reason], state: "delivered" });
});

test.each<[string, Body]>([
  ["another storefront, with a checkout", { ...neverCame, source_name: "6167201", checkout_token: "c7a1" }],
  ["another storefront, with a cart", { ...neverCame, source_name: "6167201", cart_token: "c7a2" }],
  ["another storefront, with a landing page", { ...neverCame, source_name: "6167201", landing_site: "/cups" }],
  ["an app, with a browser", { ...neverCame, source_name: "6167201", client_details: { user_agent: "Mozilla/5.0" } }],
  ["an invoice of staff", { ...neverCame, source_name: "shopify_draft_order" }],
  [
    "Shopify's app for phones, with a browser",
    { ...neverCame, source_name: "android", client_details: { user_agent: "M" } },
  ],
  ["the online shop, with a checkout", { ...neverCame, source_name: "580111", checkout_token: "c7a3" }],
  ["the online shop, by a webhook that has no field that would tell", { ...untold, source_name: "web" }],
  ["a subscription's first order", { source_name: "294517", tags: "Subscription First Order" }],
])("an order by %s is a purchase", async (_, over) => {
  // A vendor that needs to know the visitor tells them by the customer.
  expect((await bought(over)).says).toEqual(["delivered"]);
});

test("a channel is listed by name once its orders came, and counts when the merchant says so", async () => {
  await bought({ ...neverCame, source_name: "755357713" });
  await bought({ ...neverCame, source_name: "Amazon" });
  await bought({ source_name: "web" });
  expect(await channelsOf(trip.road, SANDBOX_SHOP)).toEqual([
    { id: "755357713", name: "755357713" },
    { id: "amazon", name: "Amazon" },
  ]);
  await trip.road.db.query(`UPDATE connection SET rules = rules || '{"channels": ["amazon"]}'`);
  expect((await bought({ ...neverCame, source_name: "Amazon" })).says).toEqual(["delivered"]);
  expect((await bought({ ...neverCame, source_name: "755357713" })).says).toEqual([not("755357713")]);
});
