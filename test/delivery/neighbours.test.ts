// One host's trouble is its own: limits, rests and the breaker go by the host that is asked, and a shop at silent hosts leaves room for others.
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostFor } from "../../app/delivery/connections/host.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import type { Road } from "../../app/delivery/road.ts";
import { shareSlots } from "../../app/programs/fair-slots.ts";
import { install } from "../../app/shopify/install.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { openTrade, type Trade } from "../support/trade.ts";

const A = "a.myshopify.com";
const B = "b.myshopify.com";
let trip: Trade;
/** What a host does in the place of Tolinku's own. */
let lies: Record<string, () => Promise<Response>>;
let asked: string[];
beforeEach(async () => {
  lies = {};
  asked = [];
  trip = await openTrade(["tolinku"]);
  const { road, vendors } = trip;
  const send = road.fetch;
  road.sandbox = null;
  road.fetch = (async (input, init) => {
    const { host, pathname, search } = new URL(String(input));
    asked.push(host);
    const lie = Object.entries(lies).find(([name]) => host.replace(/\.$/, "") === name)?.[1];
    return lie ? lie() : send(`${vendors.url}/tolinku${pathname}${search}`, init);
  }) as Road["fetch"];
  for (const shop of [A, B]) await install(road.db, shop, null, road.clock());
});
afterEach(() => trip.close());

async function connect(shop: string, domain: string): Promise<void> {
  const settings = { domain, apiKey: shop === A ? `tolk_sec_${domain.replaceAll(/\W/g, "_")}` : "tolk_sec_sandbox" };
  const rules = { unknownConsent: "send" as const };
  const saved = await saveConnection(trip.road, shop, {
    id: null,
    destination: "tolinku",
    name: domain,
    settings,
    rules,
  });
  expect(saved).toMatchObject({ ok: true });
}
const order = (shop: string) =>
  trip.hear("orders/create", orderCreated(newOrder({ at: trip.road.clock() })).payload, { shop });
const states = (shop: string) =>
  trip.road.db
    .query<{ state: string }>("SELECT state FROM delivery WHERE shop = $1 ORDER BY id", [shop])
    .then((rows) => rows.map(({ state }) => state));
/** Orders may wait some seconds for what the web pixel says. */
async function seconds(count: number): Promise<void> {
  for (let n = 0; n < count; n += 5) {
    await trip.run();
    trip.forward(5_000);
  }
  await trip.run();
}

test("a host that says that its limit is used up rests alone", async () => {
  lies["a.example.com"] = async () =>
    Response.json({ ok: true, accepted: 1 }, { headers: { "ratelimit-remaining": "0", "ratelimit-reset": "3600" } });
  await connect(A, "a.example.com");
  await connect(B, "b.example.com");
  await order(A);
  await seconds(30);
  expect(await states(A)).toEqual(["delivered"]);
  await order(A);
  await order(B);
  await seconds(30);
  expect(await states(B)).toEqual(["delivered"]);
  expect(await states(A)).toEqual(["delivered", "due"]);
});

test("lanes to dead hosts open no breaker but their own", async () => {
  const dead = async () =>
    Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }));
  for (let n = 0; n < 30; n += 1) {
    lies[`dead-${n}.example.com`] = dead;
    await connect(A, `dead-${n}.example.com`);
  }
  await connect(B, "b.example.com");
  await order(A);
  await seconds(30);
  expect(asked.filter((host) => host.startsWith("dead"))).not.toEqual([]);
  await order(B);
  await seconds(30);
  expect(await states(B)).toEqual(["delivered"]);
  const open = await trip.road.db.query("SELECT 1 FROM host_breaker WHERE opened_at IS NOT NULL");
  expect(open).toEqual([]);
});

test("many lanes to one dead host open its breaker, and its recovery wakes them", async () => {
  lies["dead.example.com"] = async () => new Response("", { status: 500 });
  for (let n = 0; n < 7; n += 1) {
    const shop = `s${n}.myshopify.com`;
    await install(trip.road.db, shop, null, trip.road.clock());
    await connect(shop, "dead.example.com");
    await order(shop);
  }
  await seconds(30);
  const broken = await trip.road.db.query("SELECT host FROM host_breaker WHERE opened_at IS NOT NULL");
  expect(broken).toEqual([{ host: "dead.example.com" }]);
  lies = {};
  await trip.runToTheEnd();
  expect(await trip.road.db.query("SELECT 1 FROM host_breaker")).toEqual([]);
  expect(new Set(await states("s3.myshopify.com"))).toEqual(new Set(["delivered"]));
});

test.each([
  ["HTTPS://A.Example.com", "a.example.com"],
  ["https://a.example.com:443/x", "a.example.com"],
  ["https://a.example.com.", "a.example.com"],
  ["https://a.example.com:8443", "a.example.com:8443"],
  ["not an address", "no host"],
])("the host of %s is %s", (baseUrl, host) => {
  const sheet = { slug: "prisjakt", baseUrl: () => baseUrl };
  expect(hostFor({ sandbox: null }, sheet, {})).toBe(host);
  const sandbox = { vendorsUrl: "http://127.0.0.1:4000", budgets: true };
  expect(hostFor({ sandbox }, sheet, {})).toBe("127.0.0.1:4000/prisjakt");
});

test("lanes of one shop that hang take their share of the places, and the others find one", async () => {
  for (let n = 0; n < 6; n += 1) await connect(A, `silent-${n}.example.com`);
  await connect(B, "b.example.com");
  const lanes = await trip.road.db.query<{ id: string; shop: string }>(
    "SELECT connection_id AS id, shop FROM lane WHERE shop = ANY ($1)",
    [[A, B]],
  );
  const rung: string[] = [];
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const road = {
    db: trip.road.db,
    bell: {
      shop: async () => {},
      lanes: async (all: { connectionId: string }[]) => void rung.push(...all.map(({ connectionId }) => connectionId)),
    },
  };
  const answer = shareSlots(road, 3, (id) => {
    begun.push(id);
    return new Promise<void>((end) => void ends.push(end));
  });
  const ofA = lanes.filter(({ shop }) => shop === A);
  const answered = ofA.map(({ id }) => answer(id));
  while (begun.length < 3 || rung.length < 3) await new Promise(setImmediate);
  expect(begun).toHaveLength(3);
  expect(rung).toHaveLength(3);
  const ofB = lanes.find(({ shop }) => shop === B)?.id ?? "";
  const other = answer(ofB);
  while (!begun.includes(ofB)) await new Promise(setImmediate);
  for (const end of ends) end();
  await Promise.all([...answered, other]);
  const again = answer(rung[0] ?? "");
  while (begun.length < 5) await new Promise(setImmediate);
  ends.at(-1)?.();
  await again;
});
