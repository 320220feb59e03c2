// Which orders count, and what exactly each vendor is told of the unusual ones, or why it is told nothing.
import { afterEach, beforeEach, expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { address, type Body, line, money, number } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold, REASON_OF } from "../support/told.ts";
import { visit } from "../support/visit.ts";
import { listen } from "../support/wire.ts";

let trip: TestRoad;
let told: (slug: Slug) => unknown[];
beforeEach(async () => {
  trip = await openTestRoad();
  told = listen(trip);
});
afterEach(() => trip.close());

const PURCHASE_AT = ["shopipixel", "alana", "prisjakt", "tolinku"] as const;
const customer = { id: 7009, email: "nora@example.com", first_name: "Nora" };

/** What came of the purchase: the reason where it was not told, else the vendor's word for having it. */
async function purchases(): Promise<Record<string, string>> {
  const sql = `SELECT destination, state, ${REASON_OF("delivery")} FROM delivery WHERE kind IN ('order.placed', 'order.paid') ORDER BY id`;
  const rows = asTold(await trip.road.db.query<{ destination: string; state: string; reason: string | null }>(sql));
  return Object.fromEntries(rows.map(({ destination, state, reason }) => [destination, reason ?? state]));
}
const everywhere = (says: string) => Object.fromEntries(PURCHASE_AT.map((slug) => [slug, says]));
const rules = (change: object) =>
  trip.road.db.query("UPDATE connection SET rules = rules || $1::jsonb", [JSON.stringify(change)]);
const clicked = () => ({ note_attributes: [{ name: "pjclid", value: newClickId() }] });

async function bought(over: Body = {}): Promise<number> {
  const buyer = visit(trip);
  await buyer.buys({ customer, ...clicked(), ...over });
  await trip.runToTheEnd();
  expect(Object.fromEntries(PURCHASE_AT.map((slug) => [slug, trip.vendors.ledger(slug).breaches]))).toEqual(
    Object.fromEntries(PURCHASE_AT.map((slug) => [slug, []])),
  );
  return buyer.orderId;
}

test("an order in yen keeps its whole amounts; Prisjakt, which knows no yen, is told nothing", async () => {
  const yen = {
    ...{
      currency: "JPY",
      presentment_currency: "JPY",
      total_price: "3980",
      total_price_set: money("3980", "3980", "JPY"),
    },
    ...{ subtotal_price: "3480", total_tax: "361", total_discounts: "0", shipping_lines: [] },
    total_shipping_price_set: money("500", "500", "JPY"),
    line_items: [line({ quantity: 1, price: "3480", price_set: money("3480", "3480", "JPY"), tax_lines: [] })],
  };
  await bought(yen);
  expect(await purchases()).toEqual({
    ...everywhere("delivered"),
    prisjakt: expect.stringContaining("unsupported currency JPY"),
  });
  expect(told("shopipixel")).toMatchObject([[{ customData: { currency: "JPY", value: "3980" } }]]);
  expect(told("alana")).toMatchObject([{ events: [{ currency: "JPY", revenue: "3980" }] }]);
  expect(told("tolinku")).toMatchObject([{ events: [{ currency: "JPY", revenue: "3980", shipping: "500" }] }]);
});

test("an order in the buyer's currency is told in the shop's, and never in a mixture of both", async () => {
  await bought({
    presentment_currency: "SEK",
    total_price: "29.90",
    total_price_set: money("29.90", "341.00", "EUR", "SEK"),
    line_items: [line({ price: "12.50", price_set: money("12.50", "142.50", "EUR", "SEK") })],
  });
  expect(await purchases()).toEqual(everywhere("delivered"));
  expect(told("shopipixel")).toMatchObject([
    [{ customData: { currency: "EUR", value: "29.90", contents: [{ itemPrice: "12.50", quantity: "2" }] } }],
  ]);
  expect(told("prisjakt")).toMatchObject([{ data: { currency: "EUR", amount: "29.90" } }]);
  expect(told("tolinku")).toMatchObject([
    { events: [{ currency: "EUR", revenue: "29.90", items: [{ price: "12.50" }] }] },
  ]);
  expect(JSON.stringify(told("alana"))).not.toMatch(/SEK|341|142/);
});

test("a shop in dollars whose buyer paid in kronor: Prisjakt gets the kronor, the others the dollars", async () => {
  await bought({
    ...{ currency: "USD", presentment_currency: "SEK", total_price: "31.00" },
    total_price_set: money("31.00", "341.00", "USD", "SEK"),
    subtotal_price_set: money("25.00", "275.00", "USD", "SEK"),
  });
  expect(told("prisjakt")).toMatchObject([{ data: { currency: "SEK", amount: "341.00" } }]);
  expect(told("tolinku")).toMatchObject([{ events: [{ currency: "USD", revenue: "31.00" }] }]);
});

test("30 pieces at 0.10 come to 3.00, to the cent", async () => {
  await bought({
    ...{
      total_price: "3.00",
      total_price_set: money("3.00"),
      subtotal_price: "3.00",
      total_tax: "0.48",
      shipping_lines: [],
    },
    line_items: [line({ quantity: 30, price: "0.10", price_set: money("0.10"), tax_lines: [] })],
  });
  expect(told("shopipixel")).toMatchObject([
    [{ customData: { value: "3.00", contents: [{ quantity: "30", itemPrice: "0.10" }] } }],
  ]);
  expect(told("prisjakt")).toMatchObject([{ data: { amount: "3.00", number_of_items: "30" } }]);
  expect(told("tolinku")).toMatchObject([
    { events: [{ revenue: "3.00", items: [{ quantity: "30", price: "0.10" }] }] },
  ]);
});

test("a guest's order is told without a customer; ShopiMind, which keeps customers, says why it is not told", async () => {
  await bought({ customer: null });
  expect(await purchases()).toEqual(everywhere("delivered"));
  const [event] = (told("tolinku")[0] as { events: Body[] }).events;
  expect(event?.user_id).toMatch(/^[\w-]{20,}$/);
  expect(await trip.states("shopimind")).toMatchObject([
    { state: "skipped", reason: expect.stringContaining("customer") },
  ]);
});

test("an order of the till is no conversion until the merchant says so, and its customer is a customer at once", async () => {
  const first = await bought({ source_name: "pos" });
  expect(await purchases()).toEqual(everywhere("an order of the point of sale"));
  expect(JSON.stringify(told("shopimind"))).toContain(String(first));
  await rules({ countPos: true });
  await bought({ source_name: "pos" });
  expect(await purchases()).toEqual(everywhere("delivered"));
});

test("an invoice of staff counts; a subscription's renewal is no conversion until the merchant says so", async () => {
  await bought({ source_name: "shopify_draft_order" });
  expect(await purchases()).toEqual(everywhere("delivered"));
  await bought({ source_name: "subscription_contract_checkout_one" });
  expect(await purchases()).toEqual(everywhere("a subscription's renewal"));
  await rules({ countSubscriptions: true });
  await bought({ source_name: "subscription_contract" });
  expect(await purchases()).toEqual(everywhere("delivered"));
});

test("a product that was deleted since leaves the amount whole; who needs products says that there is none", async () => {
  await bought({ line_items: [line({ product_id: null, variant_id: null, sku: null })] });
  expect(await purchases()).toEqual({ ...everywhere("delivered"), alana: "no product id" });
  expect(told("shopipixel")).toMatchObject([[{ customData: { value: "29.90", contents: [], contentIds: [] } }]]);
  expect(told("prisjakt")).toMatchObject([{ data: { amount: "29.90", number_of_items: "2" } }]);
});

test("a forged click id is told to nobody, and the order is told to all others", async () => {
  await bought({ note_attributes: [{ name: "pjclid", value: "<script>alert(1)</script>" }] });
  expect(await purchases()).toEqual({
    ...everywhere("delivered"),
    prisjakt: "the click id is not one that Prisjakt gives out",
  });
  for (const slug of PURCHASE_AT) expect(JSON.stringify(told(slug))).not.toContain("script");
});

test("an order that is three days old is no purchase of a connection made since, and its state is known all the same", async () => {
  const then = visit(trip).at(-3 * 86_400_000);
  const id = await bought({ created_at: then, processed_at: then });
  expect(await purchases()).toEqual(everywhere("it happened before this connection was made"));
  expect(JSON.stringify(told("shopimind"))).toContain(String(id));
});

test("an order that Shopify told three days late is told to those whose window is still open", async () => {
  await trip.road.db.query("UPDATE connection SET created_at = created_at - interval '9 days'");
  const then = visit(trip).at(-3 * 86_400_000);
  await bought({ created_at: then, processed_at: then });
  expect(await purchases()).toEqual({
    ...everywhere("delivered"),
    shopipixel: "not sent in time",
    alana: "not sent in time",
  });
});

test("an id above 2^53 arrives digit by digit", async () => {
  await bought({ id: number("9007199254740993"), admin_graphql_api_id: "gid://shopify/Order/9007199254740993" });
  expect(told("shopipixel")).toMatchObject([[{ eventId: "purchase_9007199254740993" }]]);
  expect(told("prisjakt")).toMatchObject([{ external_event_id: "9007199254740993" }]);
  expect(told("tolinku")).toMatchObject([{ events: [{ transaction_id: "9007199254740993" }] }]);
  expect(told("alana")).toMatchObject([{ events: [{ metadata: { orderId: "9007199254740993" } }] }]);
  expect(JSON.stringify(told("shopimind"))).toContain('"9007199254740993"');
});

test("a test order goes nowhere, not even as a state", async () => {
  await bought({ test: true });
  expect(await purchases()).toEqual(everywhere("a test order"));
  expect(await trip.states("shopimind")).toMatchObject([{ state: "skipped", reason: "a test order" }]);
  for (const slug of [...PURCHASE_AT, "shopimind"] as const) expect(told(slug)).toEqual([]);
});

test("a connection for some countries takes their orders only, by where they are sent", async () => {
  await rules({ countries: ["SE", "NO"] });
  await bought({ shipping_address: address({ country_code: "DE" }) });
  expect(await purchases()).toEqual(everywhere("not one of this connection's countries (DE)"));
  await bought({ shipping_address: null, billing_address: null });
  expect(await purchases()).toEqual(everywhere("not one of this connection's countries (no country known)"));
  await bought({ shipping_address: address({ country_code: "se" }), billing_address: address({ country_code: "DE" }) });
  expect(await purchases()).toEqual(everywhere("delivered"));
});
