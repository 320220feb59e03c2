// Tolinku: every typed call made at a vendor that keeps the documented contract, and where its key may go.
import { afterAll, beforeAll, expect, test } from "vitest";
import { SaidNo } from "../../app/destinations/answer.ts";
import type { Message } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import { decimal } from "../../app/destinations/number.ts";
import { happened } from "../../app/destinations/sample-events.ts";
import * as client from "../../app/destinations/tolinku/client.ts";
import tolinku from "../../app/destinations/tolinku/index.ts";
import * as query from "../../app/destinations/tolinku/queries.ts";
import type { EventKind } from "../../app/events/event.ts";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { asTold } from "../support/told.ts";

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors({ budgets: false });
});
afterAll(() => vendors.stop());

const settings = (apiKey = "tolk_sec_sandbox") => ({ domain: "https://your-app.tolinku.com", apiKey });
const as = (apiKey?: string) =>
  openHttp({ baseUrl: `${vendors.url}/tolinku`, headers: tolinku.headers(settings(apiKey)), fetch: globalThis.fetch });

const items = [{ item_id: "1", item_name: "Mug", price: decimal("12.50"), quantity: 1, currency: "EUR" }];
const EVENTS: client.EcommerceEvent[] = [
  { event_type: "view_item", items, user_id: "u1" },
  { event_type: "add_to_cart", items, user_id: "u1", cart_id: "c1" },
  { event_type: "remove_from_cart", items, user_id: "u1", cart_id: "c1" },
  { event_type: "add_to_wishlist", items, user_id: "u1" },
  { event_type: "view_cart", user_id: "u1" },
  { event_type: "add_payment_info", user_id: "u1" },
  { event_type: "begin_checkout", user_id: "u1" },
  { event_type: "purchase", transaction_id: "t1", revenue: decimal("12.50"), currency: "EUR", user_id: "u1" },
  { event_type: "refund", transaction_id: "t1-refund-1", revenue: decimal("2.50"), currency: "EUR", user_id: "u1" },
  { event_type: "search", user_id: "u1", properties: { search_term: "mug" } },
  { event_type: "share", user_id: "u1", properties: { item_id: "1" } },
  { event_type: "rate", user_id: "u1", properties: { item_id: "1", rating: "5" } },
  { event_type: "spend_credits", user_id: "u1", revenue: decimal("3") },
];

test("each of the thirteen event types is taken, one by one and in a batch", async () => {
  for (const event of EVENTS) expect(await client.track(as(), event)).toEqual({ ok: true });
  expect(client.readBatch(await client.batch(as("tolk_pub_sandbox"), EVENTS))).toEqual({ ok: true, accepted: 13 });
});

test("all thirteen queries are read", async () => {
  const http = as();
  const period = { start: "2020-01-01", end: "2100-01-01" };
  expect(await query.overview(http, period)).toMatchObject({
    total_orders: 1,
    total_revenue: 12.5,
    refund_amount: 2.5,
  });
  expect((await query.revenueTimeseries(http)).series).toHaveLength(1);
  expect((await query.funnel(http, { days: 7 })).steps.map(({ name }) => name)).toContain("begin_checkout");
  expect((await query.topProducts(http, { limit: 100 })).products).toBeInstanceOf(Array);
  expect((await query.revenueByChannel(http)).channels).toBeInstanceOf(Array);
  expect((await query.revenueByCoupon(http)).coupons).toEqual([]);
  expect((await query.revenueByDevice(http)).devices).toHaveLength(1);
  expect((await query.revenueByPlatform(http)).platforms).toHaveLength(1);
  expect((await query.revenueByCountry(http)).countries).toHaveLength(1);
  expect(await query.cartAbandonment(http)).toMatchObject({ abandoned_carts: 1 });
  expect(await query.attribution(http, { model: "time_decay", window: 90 })).toMatchObject({ window_days: 90 });
  expect(await query.cohorts(http, { months: 3 })).toMatchObject({ total_purchasing_users: 1 });
  const { events } = await query.userJourney(http, { user_id: "u1" });
  expect(events.map(({ transaction_id }) => transaction_id)).toContain("t1");
});

test("a user is erased, and the journey is empty then", async () => {
  await client.track(as(), { event_type: "view_cart", user_id: "somebody/else" });
  expect(await client.deleteUser(as(), "somebody/else")).toMatchObject({ ok: true });
  expect((await query.userJourney(as(), { user_id: "somebody/else" })).events).toEqual([]);
});

test("a no is an error in the vendor's words", async () => {
  await expect(query.overview(as("tolk_pub_sandbox"))).rejects.toThrow(SaidNo);
  await expect(query.overview(as("tolk_sec_free"))).rejects.toThrow("403 Ecommerce events are not available");
  await expect(client.track(as("tolk_sec_used_up"), { event_type: "view_cart" })).rejects.toThrow(
    "429 Ecommerce event",
  );
});

test("what is said of every event is taken by the vendor without a breach", async () => {
  const kinds = Object.keys(tolinku.on) as EventKind[];
  const messages = kinds.flatMap((kind) => {
    const say = tolinku.on[kind] as (event: unknown, settings: object) => Message | Message[];
    return say(happened(kind), settings());
  });
  const outcomes = await tolinku.send("behaviour", messages, settings(), as());
  expect(outcomes).toEqual(messages.map(() => ({ is: "delivered" })));
  expect(vendors.ledger("tolinku").breaches).toEqual([]);
});

test("the report is made of the vendor's answers without a note of what failed", async () => {
  const made = asTold(await tolinku.report?.({ from: "2020-01-01", to: "2100-01-01" }, settings(), as()));
  expect(made?.figures[0]).toMatchObject({ label: "Cart abandonment" });
  expect(made?.notes).toEqual([
    expect.stringMatching(/^These figures are of 36\d days/),
    expect.stringMatching(/base currency/),
  ]);
});

test("a cancelled order is told by its refunds alone", () => {
  expect(Object.keys(tolinku.on)).not.toContain("order.cancelled");
});

test("a limit that is nearly used up is warned of in the vendor's words, and a share alone in ours", async () => {
  const answer = await client.batch(as("tolk_sec_nearly_used_up"), EVENTS.slice(0, 1));
  expect(asTold(tolinku.warns?.(answer))).toMatch(/85% of monthly API calls used/);
  expect(asTold(tolinku.warns?.({ ...answer, headers: new Headers({ "x-usage-warning": "81" }) }))).toMatch(/: 81 %\./);
  expect(tolinku.warns?.(await client.batch(as(), EVENTS.slice(0, 1)))).toBeNull();
});

const { matches } = tolinku.fields.domain?.pattern ?? { matches: /^$/ };

test.each([
  ["https://your-app.tolinku.com", "https://your-app.tolinku.com"],
  ["your-app.tolinku.com", "https://your-app.tolinku.com"],
  ["https://Links.Shop.example/v1/api/?x=1#y", "https://links.shop.example"],
  ["https://xn--bcher-kva.xn--p1ai/", "https://xn--bcher-kva.xn--p1ai"],
])("the key goes to %s as to %s", (domain, baseUrl) => {
  expect(domain).toMatch(matches);
  expect(tolinku.baseUrl({ domain })).toBe(baseUrl);
  expect(tolinku.account({ domain })).toBe(baseUrl.slice("https://".length));
});

test.each([
  "http://your-app.tolinku.com",
  "https://localhost",
  "https://app.localhost/",
  "https://127.0.0.1",
  "https://2130706433",
  "https://0x7f.0.0.1",
  "https://10.0.0.1/path",
  "https://[::1]",
  "https://[::ffff:127.0.0.1]/",
  "https://metadata.google.internal",
  "https://printer.local",
  "https://db.lan?x=.com",
  "https://your-app.tolinku.com:8443",
  "https://your-app.tolinku.com@127.0.0.1",
  "https://your-app.tolinku.com\\@127.0.0.1",
  "https://intranet",
  "https://",
  "ftp://your-app.tolinku.com",
])("the key never goes to %s", (domain) => {
  expect(domain).not.toMatch(matches);
});
