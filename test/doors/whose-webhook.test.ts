// Whose webhook is it: what Shopify signs for a shop beside webhooks, and what it signs for another shop, has no effect on any shop.
import { createHmac, randomInt } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openReceiver } from "../../app/delivery/receive.ts";
import { openDoor } from "../../app/doors/webhooks.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { doorForTests } from "../support/door.ts";
import { order, product } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold, REASON_OF } from "../support/told.ts";
import { HOUR, MINUTE } from "../support/trade.ts";
import { tokenFor } from "../support/web.ts";

const [A, B] = ["shop-a.myshopify.com", "shop-b.myshopify.com"];
const SECRET = "the-app-secret";
const TOPICS = ["app/uninstalled", "shop/redact", "customers/redact", "customers/data_request", "shop/update"];
const ALL = [...TOPICS, "products/delete", "customers/merge", "orders/create", "refunds/create", "carts/update", "x/y"];

const signed = (text: string) => createHmac("sha256", SECRET).update(text).digest();
/** A session token of a merchant's own browser: what was signed, and the signature as a webhook has it. */
const ofToken = (token = tokenFor(A, SECRET)) => {
  const [header, payload, signature] = token.split(".");
  return { body: `${header}.${payload}`, hmac: Buffer.from(signature ?? "", "base64url").toString("base64") };
};
/** The address with which Shopify opens the app. */
const ofLaunch = (more: [string, string][] = []) => {
  const facts: [string, string][] = [["host", "YWRtaW4"], ["shop", A], ["timestamp", "1796000000"], ...more];
  const body = new URLSearchParams(facts.toSorted(([one], [other]) => (one < other ? -1 : 1))).toString();
  return { body, hmac: signed(body).toString("base64") };
};
const headersFor = (topic: string, hmac: string, n: number) => ({
  "x-shopify-topic": topic,
  "x-shopify-shop-domain": B,
  "x-shopify-hmac-sha256": hmac,
  "x-shopify-webhook-id": `attack-${n}`,
  "x-shopify-triggered-at": new Date().toISOString(),
});

const pick = <T>(list: readonly T[]) => list[randomInt(list.length)] as T;
const letters = () => Array.from({ length: randomInt(1, 12) }, () => pick([...'abz{}[]":,. \n019=&%_-~'])).join("");
/** Any claims, any header, any parameters: a merchant chooses some of what Shopify signs in their name. */
function anything() {
  if (randomInt(2)) return ofLaunch(Array.from({ length: randomInt(5) }, () => [letters(), letters()]));
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const claims = {
    dest: `https://${A}`,
    ...{ sub: letters(), jti: letters(), iat: randomInt(2 ** 31) },
    [letters()]: letters(),
  };
  const said = `${part({ alg: "HS256", [letters()]: letters() })}.${part(claims)}`;
  return { body: said, hmac: signed(said).toString("base64") };
}

describe("at the door", () => {
  const own = doorForTests([SECRET]);

  test("a session token or a launch URL of one shop, posted as a webhook of another, is 401 and not stored", async () => {
    for (const { body, hmac } of [ofToken(), ofLaunch(), ...Array.from({ length: 200 }, anything)])
      for (const topic of TOPICS.slice(0, 2)) {
        const said = await own().send({ body, headers: headersFor(topic, hmac, 1) });
        expect([said.status, said.text], body).toEqual([401, "the signature is wrong"]);
      }
    expect(await own().stored()).toEqual([]);
    expect(own().rung).toEqual([]);
  });

  test("of 100,000 generated ones none is taken", { timeout: 120_000 }, async () => {
    const door = openDoor({
      receive: openReceiver(own().database.db),
      secrets: [SECRET],
      ring: (shop) => void own().rung.push(shop),
      answered: () => {},
      failed: () => {},
    });
    for (let n = 0; n < 100_000; n += 1) {
      const { body, hmac } = anything();
      const request = new IncomingMessage(new Socket());
      Object.assign(request, { method: "POST", url: "/webhooks", headers: headersFor(pick(ALL), hmac, n) });
      request.push(body);
      request.push(null);
      const response = new ServerResponse(request);
      await door(request, response);
      if (response.statusCode !== 401) expect.fail(`${response.statusCode} for ${body}`);
    }
    expect(await own().stored()).toEqual([]);
    expect(own().rung).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["white space", " \n"],
    ["a list", '[{"id":1}]'],
    ["text", '"{}"'],
    ["a number", "7"],
    ["null", "null"],
    ["an object that breaks off", '{"id":1'],
    ["an object and more", '{"id":1}.e30'],
    ["two objects", "{}{}"],
    ["an object in a query", '={"id":1}'],
    ["a query that begins like one", '{"id"=1&b=}'],
    ["no JSON", "no json {"],
    ["bytes", Buffer.from([0xff, 0, 0xfe])],
    ["an object in UTF-16", Buffer.from('{"id":1}', "utf16le")],
  ])("rightly signed, but %s in place of an object, is 401 and not stored", async (_what, body) => {
    const hmac = createHmac("sha256", SECRET).update(body).digest("base64");
    const said = await own().send({ body, headers: headersFor("orders/create", hmac, 1) });
    expect([said.status, said.text]).toEqual([401, "the signature is wrong"]);
    expect(await own().stored()).toEqual([]);
  });
});

describe("on the road", () => {
  let trip: TestRoad;
  beforeAll(async () => {
    trip = await openTestRoad();
  });
  afterAll(() => trip.close());
  afterEach(() => trip.road.db.query("DELETE FROM webhook"));

  const everything = () =>
    Promise.all(
      ["shop", "connection", "delivery", "event", "snapshot", "session"].map((table) =>
        trip.road.db.query(`SELECT t.* FROM ${table} t ORDER BY t::text`),
      ),
    );
  /** @returns the webhook's state and reason; nothing else has changed. */
  async function hasNoEffect(topic: string, body: object, triggeredAt: Date | null = trip.road.clock()) {
    const before = await everything();
    await trip.hear(topic, body, { triggeredAt, webhookId: `${topic} ${JSON.stringify(body)} ${triggeredAt}` });
    await trip.run();
    expect(await everything()).toEqual(before);
    const sql = `SELECT state, ${REASON_OF("webhook")} FROM webhook ORDER BY id DESC LIMIT 1`;
    const [row] = asTold(await trip.road.db.query<{ state: string; reason: string | null }>(sql));
    return row;
  }
  const ANOTHER = { state: "unreadable", reason: "The body names another shop than the header." };
  const ours = { myshopify_domain: SANDBOX_SHOP, shop_domain: SANDBOX_SHOP };
  const UNSAID = { state: "unreadable", reason: expect.stringMatching(/does not say which shop/) };

  test.each([
    ["app/uninstalled", { myshopify_domain: A, domain: SANDBOX_SHOP }],
    ["app/uninstalled", { domain: A }],
    ["shop/redact", { shop_domain: A, shop_id: 1 }],
    ["customers/redact", { shop_domain: A, customer: { id: 1 } }],
    ["customers/data_request", { shop_domain: A }],
    ["shop/update", { myshopify_domain: A, currency: "SEK", iana_timezone: "Asia/Tokyo" }],
    ["shop/update", { domain: A, currency: "SEK", iana_timezone: "Asia/Tokyo" }],
    ["orders/create", { ...order(), shop_domain: A }],
    ["products/update", { ...product(), myshopify_domain: A }],
    ["app/uninstalled", { myshopify_domain: SANDBOX_SHOP, shop_domain: A }],
  ])("%s with a body of another shop has no effect", async (topic, body) => {
    expect(await hasNoEffect(topic, body)).toEqual(ANOTHER);
  });

  test.each(TOPICS.slice(0, 4))("%s with a body that names no shop has no effect", async (topic) => {
    for (const body of [{}, { id: 1, domain: null, myshopify_domain: null }, { domain: "shop.example.com" }, order()])
      expect(await hasNoEffect(topic, body)).toEqual(UNSAID);
  });

  test("an order's body is no word on the shop", async () => {
    expect(await hasNoEffect("shop/update", order({ currency: "SEK" }))).toMatchObject({ state: "unreadable" });
  });

  test("the shop's number alone proves it where it is known, and another number does not", async () => {
    await trip.road.db.query(`UPDATE shop SET facts = facts || '{"id": "42"}'`);
    expect(await hasNoEffect("customers/redact", { shop_id: 41 })).toEqual(ANOTHER);
    for (const topic of TOPICS) expect(await hasNoEffect(topic, { ...ours, shop_id: 41 }), topic).toEqual(ANOTHER);
    expect(await hasNoEffect("app/uninstalled", { ...ours, id: 41 })).toEqual(ANOTHER);
    expect(await hasNoEffect("customers/redact", { shop_id: 42 })).toMatchObject({ state: "waiting" });
  });

  const taking = [
    ...TOPICS.slice(0, 4),
    "products/delete",
    "collections/delete",
    "customers/delete",
    "customers/merge",
  ];
  test.each(taking)("%s of a time that cannot be, or of none, takes nothing away", async (topic) => {
    const body = TOPICS.includes(topic) ? ours : { id: 788 };
    const at = (later: number) => new Date(trip.road.clock().getTime() + later);
    const says = async (time: Date | null) => (await hasNoEffect(topic, body, time))?.reason;
    expect(await says(null)).toMatch(/names no time/);
    expect(await says(at(6 * MINUTE))).toMatch(/future/);
    expect(await says(at(-49 * HOUR))).toMatch(/longer ago/);
  });

  test("the shop's own webhook, some minutes ahead or a day late, is what it says", async () => {
    for (const later of [4 * MINUTE, -30 * HOUR]) {
      const triggeredAt = new Date(trip.road.clock().getTime() + later);
      await trip.road.db.query("UPDATE shop SET uninstalled_at = NULL, installed_at = 'epoch', token_at = NULL");
      await trip.hear("app/uninstalled", ours, { triggeredAt, webhookId: `left ${later}` });
      await trip.run();
      const [shop] = await trip.road.db.query("SELECT uninstalled_at IS NOT NULL AS gone FROM shop");
      expect(shop).toEqual({ gone: true });
    }
  });
});
