// The web pixel's door: what a browser posts is kept once, and what a stranger posts is refused or does no harm.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLimit } from "../../app/doors/rate.ts";
import { newOrder } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP, signWebhook } from "../../sandbox/sign.ts";
import { openPixelServer, type PixelServer, turnPixel } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { seen } from "../support/visits.ts";

let trip: TestRoad;
let server: PixelServer;
beforeEach(async () => {
  trip = await openTestRoad();
  server = await openPixelServer(trip);
});
afterEach(async () => {
  await server.close();
  await trip.close();
});

const view = (over: object = {}) => ({ events: [seen("page_viewed", { ...over })] });
const kept = () => trip.road.db.query<{ topic: string; state: string }>("SELECT topic, state FROM webhook ORDER BY id");
const kinds = async () =>
  (await trip.road.db.query<{ kind: string }>("SELECT DISTINCT kind FROM event ORDER BY kind")).map(({ kind }) => kind);

test("a post is kept once however often it comes, answered 204 to any origin, and its shop's bell rings", async () => {
  for (const origin of ["null", "https://shop.example.com", undefined]) {
    const answer = await server.post(view(), { headers: origin ? { origin } : {} });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(await answer.text()).toBe("");
  }
  expect(server.rung).toEqual([SANDBOX_SHOP, SANDBOX_SHOP, SANDBOX_SHOP]);
  expect(server.answered).toEqual(["204 null", "204 site", "204 none"]);
  expect(await kept()).toHaveLength(1);
  await trip.run();
  expect(await kinds()).toEqual(["page.viewed"]);
});

test("a preflight is answered, and other methods are not", async () => {
  const asked = await server.post(null, { method: "OPTIONS" });
  expect([asked.status, asked.headers.get("access-control-allow-methods")]).toEqual([204, "POST"]);
  expect((await server.post(null, { method: "GET" })).status).toBe(405);
});

test("an unknown key, a shop that has left and a pixel that is off are all the same 404 without a word", async () => {
  const unknown = async (key?: string) => {
    const answer = await server.post(view(), { key });
    return [answer.status, await answer.text()];
  };
  for (const key of ["nobodys-pixel-key", "short", "..%2Fwebhooks", "x".repeat(65)])
    expect(await unknown(key)).toEqual([404, ""]);
  await turnPixel(trip.road, false);
  expect(await unknown()).toEqual([404, ""]);
  await turnPixel(trip.road, true);
  await trip.road.db.query("UPDATE shop SET uninstalled_at = now()");
  const other = await openPixelServer(trip);
  expect((await other.post(view())).status).toBe(404);
  await other.close();
  expect(await kept()).toEqual([]);
});

test("what is not the pixel's post is refused: too large, of another type, no JSON, of another shape", async () => {
  const status = async (body: unknown, headers?: Record<string, string>) =>
    (await server.post(body, { headers })).status;
  expect(await status(JSON.stringify(view()).padEnd(64 * 1024 + 1))).toBe(413);
  expect(await status(JSON.stringify(view()).padEnd(64 * 1024))).toBe(204);
  expect(await status(view(), { "content-type": "application/json" })).toBe(400);
  for (const body of ["", "{", "null", "[]", "{}", { events: [] }, { events: [null] }, { events: [{}] }])
    expect(await status(body), JSON.stringify(body)).toBe(400);
  expect(await status(view({ name: "order_placed" }))).toBe(400);
  expect(await status(view({ id: "x".repeat(129) }))).toBe(400);
  expect(await status(view({ consent: { marketing: "yes" } }))).toBe(400);
  expect(await status({ events: Array(51).fill(seen("page_viewed")) })).toBe(400);
  expect(await kept()).toHaveLength(1);
});

test("a refusal quotes nothing of the body", async () => {
  const answer = await server.post(view({ clientId: 7, name: "buyer@example.com" }));
  expect(await answer.text()).not.toContain("buyer@");
});

/** More events than one address may tell within many seconds, of fifty visitors. @returns whether some were too many. */
async function isFlood(at: PixelServer, forwardedFor: (n: number) => string): Promise<boolean> {
  const posts = Array.from({ length: 50 }, (_, n) => {
    const [clientId, headers] = [`visitor-${forwardedFor(n)}-${n}`, { "x-forwarded-for": forwardedFor(n) }];
    const events = Array.from({ length: 50 }, (_, nth) => seen("page_viewed", { id: `${clientId}-${nth}`, clientId }));
    return at.post({ events }, { headers });
  });
  return (await Promise.all(posts)).some(({ status }) => status === 429);
}

test("who tells too much is told so, whatever they write in front of the balancer's word, and others are not held up", async () => {
  expect(await isFlood(server, (n) => `203.0.113.${n}, 198.51.100.7`)).toBe(true);
  expect(await isFlood(server, (n) => `203.0.113.9, 198.51.100.${100 + n}`)).toBe(false);
  // A host with IPv6 has a whole network of addresses.
  expect(await isFlood(server, (n) => `203.0.113.9, 2001:db8:1:2::${n.toString(16)}`)).toBe(true);
});

test("whoever comes from outside is who they are, whatever they write", async () => {
  const outside = await openPixelServer(trip, "203.0.113.5");
  expect(await isFlood(outside, (n) => `198.51.100.${n}`)).toBe(true);
  await outside.close();
});

test("a bucket fills again with time, and only so many names are remembered", () => {
  let now = 0;
  const may = openLimit({ burst: 2, perSecond: 1 }, () => now);
  expect([may("a"), may("a"), may("a"), may("b")]).toEqual([true, true, false, true]);
  now = 1_000;
  expect([may("a"), may("a")]).toEqual([true, false]);
  for (let n = 0; n < 10_000; n += 1) may(`stranger ${n}`);
  expect([may("a"), may("a"), may("a")]).toEqual([true, true, false]);
});

test("whatever a stranger posts, it is never an order, a customer, a cart's change or a product", async () => {
  const names = ["page_viewed", "cart_viewed", "payment_info_submitted", "checkout_completed", "orders/create"];
  const order = newOrder();
  const data = fc.oneof(
    fc.constant(order),
    fc.dictionary(fc.constantFrom("cart", "order", "id", "checkout"), fc.jsonValue()),
  );
  const hostile = fc.record({
    id: fc.string({ maxLength: 140 }),
    name: fc.constantFrom(...names),
    clientId: fc.oneof(fc.string(), fc.constant("visitor-1")),
    timestamp: fc.oneof(fc.string(), fc.constant("2026-11-20T16:58:00Z"), fc.constant("9999-01-01T00:00:00Z")),
    data,
    context: fc.constant({ url: "https://shop.example.com/", referrer: "javascript:alert(1)" }),
    checkoutToken: fc.oneof(fc.string(), fc.constant("c2a94e1b7f60438d95b8d7e6f5a43210")),
    orderId: fc.oneof(fc.string(), fc.constant("gid://shopify/Order/4001")),
    cartToken: fc.string(),
  });
  const bodies = fc.sample(fc.array(hostile, { minLength: 1, maxLength: 5 }), { numRuns: 200, seed: 7 });
  const statuses = await Promise.all(bodies.map(async (events) => (await server.post({ events })).status));
  expect(new Set(statuses)).toEqual(new Set([204, 400]));
  await trip.run();
  const told = await kinds();
  expect(told.filter((kind) => !/^(page|product|collection|cart)\.viewed$|^search\./.test(kind))).toEqual([]);
  expect((await kept()).filter(({ state }) => state !== "normalized")).toEqual([]);
});

test("a webhook from Shopify whose topic is the pixel's name is none of its posts", async () => {
  for (const topic of ["pixel", "PIXEL"]) {
    const body = JSON.stringify(view());
    const headers = signWebhook({ topic, body });
    const answer = await fetch(`${server.url}/webhooks`, { method: "POST", headers, body });
    expect(answer.status).toBe(200);
  }
  await trip.run();
  expect(await kept()).toEqual([
    { topic: "pixel", state: "ignored" },
    { topic: "pixel", state: "ignored" },
  ]);
  expect(await kinds()).toEqual([]);
});
