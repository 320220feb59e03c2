// The switch of the web pixel: what Shopify is asked, what it may answer, and what the merchant is told.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Graphql, openAsk } from "../../app/shopify/asking.ts";
import { keepPixel, pixelState, switchPixel } from "../../app/shopify/pixel.ts";
import { SANDBOX_SHOP as shop } from "../../sandbox/sign.ts";
import { startApp } from "../support/app.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";
import { seen } from "../support/visits.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
  await trip.road.db.query("UPDATE shop SET pixel_key = NULL, pixel_endpoint = NULL");
});
afterEach(() => trip.close());

const endpoint = "https://app.example.com/pixel";
const error = (code: string) => [{ code, field: ["webPixel"], message: `Shopify's own words for ${code}` }];
const done = (userErrors: object[] = []) => ({ webPixel: { id: "gid://shopify/WebPixel/7" }, userErrors });

const askBy = (graphql: Graphql) => openAsk(trip.road, shop, async () => graphql);
/** Shopify, with an answer for each call by name; `asked` is what it heard. */
function shopify(answers: Record<string, object | Error>) {
  const asked: { name: string; variables: Record<string, unknown> }[] = [];
  const graphql: Graphql = async (query, { variables = {} } = {}) => {
    const name = /\b(webPixel\w*)\s*[({]/.exec(query)?.[1] ?? "";
    asked.push({ name, variables });
    const answer = answers[name];
    if (answer instanceof Error || !answer) throw answer ?? new Error(`nobody answers ${name}`);
    return Response.json({ data: { [name]: answer } });
  };
  return { asked, ask: { ask: askBy(graphql), endpoint }, names: () => asked.map(({ name }) => name) };
}
const keyOf = async () =>
  (await trip.road.db.query<{ key: string }>("SELECT pixel_key AS key FROM shop WHERE domain = $1", [shop]))[0]?.key;

test("after the install the pixel is made with the shop's own key, and not again with the next token", async () => {
  const { asked, ask } = shopify({ webPixelCreate: done() });
  await keepPixel(trip.road, shop, ask);
  await keepPixel(trip.road, shop, ask);
  const key = await keyOf();
  expect(key).toMatch(/^[\w-]{24}$/);
  expect(asked).toHaveLength(1);
  expect(JSON.parse((asked[0]?.variables.webPixel as { settings: string }).settings)).toEqual({
    endpoint,
    publicKey: key,
  });
  expect(asTold(await pixelState(trip.road, shop))).toEqual({ on: true, says: null });
});

test("a pixel that is there already is changed in its place", async () => {
  const { ask, names, asked } = shopify({
    webPixelCreate: { webPixel: null, userErrors: error("TAKEN") },
    webPixel: { id: "gid://shopify/WebPixel/7" },
    webPixelUpdate: done(),
  });
  expect(asTold(await switchPixel(trip.road, shop, true, ask))).toEqual({ on: true, says: null });
  expect(names()).toEqual(["webPixelCreate", "webPixel", "webPixelUpdate"]);
  expect(asked[2]?.variables.id).toBe("gid://shopify/WebPixel/7");
});

test("an app whose address changed points its pixel there with the next token", async () => {
  const { ask } = shopify({ webPixelCreate: done() });
  await keepPixel(trip.road, shop, ask);
  const key = await keyOf();
  const moved = shopify({ webPixelCreate: done() });
  await keepPixel(trip.road, shop, { ...moved.ask, endpoint: "https://new.example.com/pixel" });
  expect(moved.names()).toEqual(["webPixelCreate"]);
  expect(await keyOf()).toBe(key);
});

test("a deployment without the extension is said in a sentence, and tried again with the next token", async () => {
  const missing = shopify({ webPixelCreate: { webPixel: null, userErrors: error("NO_EXTENSION") } });
  const says = expect.stringContaining("deployed without its web pixel extension");
  expect(asTold(await switchPixel(trip.road, shop, true, missing.ask))).toEqual({ on: false, says });
  expect(asTold(await pixelState(trip.road, shop))).toEqual({ on: false, says });
  await keepPixel(trip.road, shop, shopify({ webPixelCreate: done() }).ask);
  expect(asTold(await pixelState(trip.road, shop))).toEqual({ on: true, says: null });
});

test("another refusal is told in Shopify's words, and silence as silence; an install goes on either way", async () => {
  const refused = shopify({ webPixelCreate: { webPixel: null, userErrors: error("SOMETHING_ELSE") } });
  await keepPixel(trip.road, shop, refused.ask);
  expect(asTold(await pixelState(trip.road, shop)).says).toBe("Shopify says: Shopify's own words for SOMETHING_ELSE");
  await keepPixel(trip.road, shop, shopify({ webPixelCreate: new Error("503") }).ask);
  expect(asTold(await pixelState(trip.road, shop)).says).toContain("could not be asked");
});

test("a token that has ended is the library's to handle", async () => {
  const graphql = () => Promise.reject(new Response(null, { status: 401 }));
  await expect(keepPixel(trip.road, shop, { ask: askBy(graphql), endpoint })).rejects.toBeInstanceOf(Response);
});

test("off is off at once and stays off with every new token, even where Shopify could not be asked; on again has the same key", async () => {
  await keepPixel(trip.road, shop, shopify({ webPixelCreate: done() }).ask);
  const key = await keyOf();
  const off = shopify({ webPixel: { id: "gid://shopify/WebPixel/7" }, webPixelDelete: new Error("503") });
  expect(asTold(await switchPixel(trip.road, shop, false, off.ask))).toEqual({ on: false, says: expect.any(String) });
  const later = shopify({ webPixelCreate: done() });
  await keepPixel(trip.road, shop, later.ask);
  expect(later.asked).toEqual([]);
  expect(asTold(await pixelState(trip.road, shop))).toEqual({ on: false, says: null });
  expect(asTold(await switchPixel(trip.road, shop, true, later.ask))).toEqual({ on: true, says: null });
  expect(await keyOf()).toBe(key);
});

test("a shop that has left and comes back gets a new pixel", async () => {
  await keepPixel(trip.road, shop, shopify({ webPixelCreate: done() }).ask);
  const key = await keyOf();
  await trip.hear("app/uninstalled", { myshopify_domain: shop });
  await trip.run();
  expect(asTold(await pixelState(trip.road, shop))).toEqual({ on: false, says: null });
  await keepPixel(trip.road, shop, shopify({ webPixelCreate: done() }).ask);
  expect(await keyOf()).not.toBe(key);
});

test("the web process takes the pixel's posts before any page; the sandbox's pixel is off until it is switched on", async () => {
  const app = await startApp();
  const status = async () => {
    const body = JSON.stringify({ events: [seen("page_viewed")] });
    const headers = { "content-type": "text/plain", origin: "null" };
    return (await fetch(`${app.url}/pixel/sandbox-pixel-key`, { method: "POST", headers, body })).status;
  };
  try {
    expect(await status()).toBe(404);
    await app.database.db.query("UPDATE shop SET pixel_endpoint = $1", [`${app.url}/pixel`]);
    // A key that was nobody's is looked up again after some seconds.
    await expect.poll(status, { timeout: 60_000, interval: 500 }).toBe(204);
    const told = () => app.database.db.query("SELECT kind FROM event");
    await expect.poll(told, { timeout: 60_000 }).toEqual([{ kind: "page.viewed" }]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('switchyard_pixel_posts_total{status="204",origin="null"} 1');
    expect(metrics).toContain("switchyard_webhooks_received_total 0");
  } finally {
    await app.stop();
  }
});
