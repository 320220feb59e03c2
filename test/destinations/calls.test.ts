// Every typed call of ShopiPixel, Prisjakt and alana, made at vendors that keep the documented contracts.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as alana from "../../app/destinations/alana/client.ts";
import { NotAsDocumented, SaidNo } from "../../app/destinations/answer.ts";
import type { Destination } from "../../app/destinations/destination.ts";
import { AnswerLost, openHttp } from "../../app/destinations/http.ts";
import { decimal } from "../../app/destinations/number.ts";
import type { Access } from "../../app/destinations/prisjakt/access.ts";
import * as prisjakt from "../../app/destinations/prisjakt/client.ts";
import { utc } from "../../app/destinations/prisjakt/messages.ts";
import { CLICK } from "../../app/destinations/samples.ts";
import * as shopipixel from "../../app/destinations/shopipixel/client.ts";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { destinationOf } from "../support/destination-of.ts";

const DAY = 86_400_000;
const PIXEL = "11111111-1111-4111-8111-111111111111";
let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors({ budgets: false });
});
afterAll(() => vendors.stop());

function to(slug: string, settings: Record<string, string>) {
  const { headers } = destinationOf(slug) as Destination;
  return openHttp({ baseUrl: `${vendors.url}/${slug}`, headers: headers(settings), fetch: globalThis.fetch });
}
const pixels = (apiKey = "sp_sandbox") => to("shopipixel", { apiKey });
const client = (clientId = "sandbox-client"): Access => ({
  http: to("prisjakt", { clientId }),
  clientId,
  clientSecret: `${clientId}-secret`,
});
const now = () => Math.floor(Date.now() / 1000);
const bought = (external_event_id: string): prisjakt.NewEvent => ({
  event_name: "purchase",
  event_time: utc(Date.now()),
  external_event_id,
  data: { number_of_items: 1, currency: "EUR", amount: decimal("12.50") },
  signed_click_id: CLICK,
});
const around = () => ({ from: utc(Date.now() - DAY), to: utc(Date.now() + DAY) });

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const entries: T[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
}

test("ShopiPixel takes one event, and says so when it comes again", async () => {
  const event = { eventName: "PageView", eventId: "pv_single", eventTime: now() };
  expect(await shopipixel.createEvent(event, pixels())).toMatchObject({ success: true });
  expect(await shopipixel.createEvent(event, pixels())).toMatchObject({ success: true, duplicate: true });
});

test("ShopiPixel takes many events, with a result for each", async () => {
  const events = ["a", "b"].map((id) => ({ eventName: "PageView", eventId: `pv_${id}`, eventTime: now() }));
  const unknown = { eventName: "Nobody", eventId: "x", eventTime: now() };
  const results = shopipixel.resultsOf(await shopipixel.createEvents([...events, unknown], pixels()), 3);
  expect(results.map(({ success }) => success)).toEqual([true, true, false]);
});

test("ShopiPixel's list is read to its end, page by page", async () => {
  const events = Array.from({ length: 5 }, (_, n) => ({
    eventName: "ViewContent",
    eventId: `vc_${n}`,
    eventTime: now(),
  }));
  await shopipixel.createEvents(events, pixels());
  const listed = await all(shopipixel.eachPage({ limit: 2, eventName: "ViewContent", source: "API" }, pixels()));
  expect(listed.map(({ eventId }) => eventId).sort()).toEqual(events.map(({ eventId }) => eventId));
});

test("ShopiPixel's statistics are by hour for 7 days at most", async () => {
  const query = { granularity: "hour" as const, from: "2026-11-01", to: "2026-11-07" };
  expect(await shopipixel.stats(query, pixels())).toMatchObject({ currency: "EUR" });
  await expect(shopipixel.stats({ ...query, to: "2026-11-08" }, pixels())).rejects.toThrow(RangeError);
});

test("a no is an error in the vendor's words", async () => {
  const asked = shopipixel.listEvents({ limit: 1 }, pixels("sp_sandbox_write"));
  await expect(asked).rejects.toThrow(SaidNo);
  await expect(asked).rejects.toThrow("403 Permission events:read required");
});

test("an answer that does not fit is an error that says where", async () => {
  const answer = { status: 200, headers: new Headers(), text: "", json: { data: [], pagination: { hasMore: "no" } } };
  await expect(shopipixel.listEvents({}, async () => answer)).rejects.toThrow(NotAsDocumented);
  await expect(shopipixel.listEvents({}, async () => answer)).rejects.toThrow("pagination.hasMore");
});

test("Prisjakt takes a purchase from a client without its secret, and has it ever after", async () => {
  const first = await prisjakt.createEvent(PIXEL, bought("1001"), client("sandbox-publisher").http);
  const again = await prisjakt.createEvent(PIXEL, bought("1001"), client().http);
  expect([first.status, again.status]).toEqual([201, 409]);
  const [event] = await all(prisjakt.eachEvents(PIXEL, around(), client()));
  expect(event).toMatchObject({ external_event_id: "1001", data: { amount: 12.5 } });
  expect(await prisjakt.eventOf(event?.id ?? "", client())).toEqual(event);
  expect(await prisjakt.clickOf(CLICK.slice(0, 36), client())).toMatchObject({ id: CLICK.slice(0, 36) });
});

test("Prisjakt's batch call stores many, and its lists are read over several pages", async () => {
  const events = Array.from({ length: 150 }, (_, n) => bought(`many-${n}`));
  await prisjakt.createEvents(PIXEL, events, client());
  const ids = new Set((await all(prisjakt.eachEvents(PIXEL, around(), client()))).map((one) => one.external_event_id));
  expect(events.every(({ external_event_id }) => ids.has(external_event_id))).toBe(true);
  const conversions = await all(prisjakt.eachConversions(PIXEL, around(), client()));
  expect(conversions.length).toBeGreaterThanOrEqual(150);
  const summary = await prisjakt.summaryOf(PIXEL, around(), client());
  expect(summary.summaries[0]?.number_of_events).toBe(conversions.length);
});

test("Prisjakt tells of a client, a shop and its pixels, and lets pixels and clients be made", async () => {
  expect((await prisjakt.clientOf("sandbox-client", client())).roles).toEqual(["shop_user"]);
  expect(await prisjakt.pixelOf(PIXEL, client())).toEqual({ id: PIXEL, enabled: true });
  await prisjakt.updatePixel(PIXEL, { enabled: false }, client());
  expect((await prisjakt.pixelOf(PIXEL, client())).enabled).toBe(false);
  await prisjakt.updatePixel(PIXEL, { enabled: true }, client());
  const before = await prisjakt.pixelsOf("123456", client());
  await prisjakt.createPixel("123456", client());
  expect((await prisjakt.pixelsOf("123456", client())).length).toBe(before.length + 1);
  await prisjakt.createClient("123456", ["event_publisher"], client("sandbox-admin"));
  expect((await prisjakt.shopOf("123456", client())).id).toBe(123456);
});

test("alana takes all seven types of event", async () => {
  const visitorId = "visitor-7f3a";
  const events: alana.VendorEvent[] = [
    { eventType: "home-page-view", visitorId },
    { eventType: "search", visitorId, query: "mug" },
    { eventType: "category-view", visitorId, categoryPath: "Kitchen" },
    { eventType: "detail-page-view", visitorId, productId: "1" },
    { eventType: "add-to-cart", visitorId, productId: "1", metadata: { quantity: 2 } },
    { eventType: "shopping-cart-page-view", visitorId, userId: "9" },
    { eventType: "purchase-complete", visitorId, productIds: ["1"], revenue: decimal("12.50"), currency: "EUR" },
  ];
  const answer = await alana.createEvents(events, to("alana", { apiKey: "ak_sandbox" }));
  expect(alana.storedOf(answer)).toEqual({ status: "ok", stored: 7, errors: 0 });
});

test("alana counts what failed, and does not say which", async () => {
  const events = [
    { eventType: "home-page-view", visitorId: "v" },
    { eventType: "search", visitorId: "v" },
  ];
  const answer = await alana.createEvents(events, to("alana", { apiKey: "ak_sandbox" }));
  expect(alana.storedOf(answer)).toMatchObject({ stored: 1, errors: 1 });
});

test("a vendor that is busy is asked again later, and its silence is no proof", async () => {
  const busy = async () => ({ status: 429, headers: new Headers(), text: "Slow down", json: undefined });
  const settings = { pixelId: PIXEL, clientId: "c", clientSecret: "s" };
  const message = { id: "1", body: { eventName: "Purchase", eventTime: now(), event_time: utc(Date.now()) } };
  for (const [slug, channel] of Object.entries({ shopipixel: "events", prisjakt: "purchase" })) {
    const asked = destinationOf(slug)?.lookUp?.(channel, [{ ...message, channel }], new Date(), settings, busy);
    await expect(asked).rejects.toThrow(AnswerLost);
  }
});
