// A shop that leaves, and one that is back before its leaving is heard of: which of the two was last, whatever comes late.
import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import { install } from "../../app/shopify/install.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { openSeen } from "../../app/shopify/seen.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { customerUpdated, someBuyer } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { HOUR, openTrade, SECOND, type Trade } from "../support/trade.ts";

let trip: Trade;
const born = Date.now() - 3_600_000;
const at = (seconds: number) => new Date(born + seconds * SECOND);

beforeEach(async () => {
  trip = await openTrade(["tolinku"]);
  await trip.road.db.query("UPDATE shop SET installed_at = $1, token_at = $1", [at(0)]);
  await trip.road.db.query(
    `INSERT INTO session (id, shop, state, "accessToken") VALUES ('offline', $1, 'state', 'token')`,
    [SANDBOX_SHOP],
  );
});
afterEach(() => trip.close());

const takesToken = (seconds: number) => install(trip.road.db, SANDBOX_SHOP, null, at(seconds));
const leaves = (seconds: number) =>
  trip.hear(
    "app/uninstalled",
    { myshopify_domain: SANDBOX_SHOP },
    { triggeredAt: at(seconds), webhookId: `left-${seconds}` },
  );
const isThere = async () => {
  await trip.run();
  const [shop] = await trip.road.db.query<{ there: boolean }>("SELECT uninstalled_at IS NULL AS there FROM shop");
  const connections = await trip.road.db.query("SELECT 1 FROM connection WHERE state = 'on' AND secrets IS NOT NULL");
  const sessions = await trip.road.db.query("SELECT 1 FROM session");
  const found = [shop?.there === true, connections.length === 1, sessions.length === 1];
  expect(new Set(found).size, "all of it or nothing").toBe(1);
  return found[0];
};

test("an uninstall that is heard of after the shop is back changes nothing, however old the installation is", async () => {
  await takesToken(1_200);
  await leaves(600);
  expect(await isThere()).toBe(true);
});

test("a shop that leaves right after it took a token has left, also by a clock of ours that is some seconds fast", async () => {
  await takesToken(570);
  await takesToken(605);
  await leaves(600);
  expect(await isThere()).toBe(false);
});

test("the late one and the true one are told apart, in whichever order they come", async () => {
  await takesToken(1_200);
  await leaves(1_800);
  await leaves(600);
  expect(await isThere()).toBe(false);
});

test("without Shopify's time, which is always there, nobody has left", async () => {
  await trip.hear("app/uninstalled", { myshopify_domain: SANDBOX_SHOP }, { triggeredAt: null });
  expect(await isThere()).toBe(true);
  expect(await trip.road.db.query("SELECT state FROM webhook")).toEqual([{ state: "unreadable" }]);
});

test("of a shop that has left nothing is kept of who its buyers were", async () => {
  const buyer = someBuyer();
  await trip.take(customerUpdated(buyer));
  await trip.run();
  const kept = () => trip.road.db.query("SELECT 1 FROM snapshot WHERE data::text LIKE $1", [`%${buyer.email}%`]);
  expect(await kept()).toHaveLength(1);
  await leaves(3_600);
  expect(await isThere()).toBe(false);
  expect(await kept()).toEqual([]);
});

describe("a shop that was uninstalled and opened again before that is heard of", () => {
  const seen = (seconds: number) => openSeen(trip.road.db, trip.road.clock)(SANDBOX_SHOP, at(seconds).getTime() / 1000);

  test("stays, by a session token that Shopify issued after it; its pixel and its old token are got anew", async () => {
    await trip.road.db.query("UPDATE shop SET pixel_endpoint = 'https://app.example.com/pixel'");
    await seen(14);
    await leaves(12);
    await trip.run();
    const [shop] = await trip.road.db.query<{ there: boolean; says: string }>(
      "SELECT uninstalled_at IS NULL AS there, pixel_says AS says FROM shop",
    );
    expect(shop).toMatchObject({ there: true, says: expect.stringContaining("pixel_went") });
    expect(
      await trip.road.db.query("SELECT 1 FROM connection WHERE state = 'on' AND secrets IS NOT NULL"),
    ).toHaveLength(1);
    expect(await trip.road.db.query("SELECT 1 FROM session")).toEqual([]);
  });

  test("has left where the token was issued before it, however late it was shown", async () => {
    await seen(11);
    await leaves(12);
    expect(await isThere()).toBe(false);
  });

  test("is not erased by a late shop/redact either", async () => {
    const redact = () => trip.hear("shop/redact", { shop_domain: SANDBOX_SHOP }, { triggeredAt: at(12) });
    const state = async () =>
      (await trip.road.db.query("SELECT state FROM webhook WHERE topic = 'shop/redact' ORDER BY id DESC LIMIT 1"))[0];
    await redact();
    await trip.run();
    expect(await state()).toEqual({ state: "waiting" });
    await seen(14);
    await redact();
    await trip.run();
    expect(await state()).toEqual({ state: "normalized" });
  });
});

describe("in doubt Shopify is asked with the stored token", () => {
  const API = /\/admin\/api\//;
  let answers: (url: string) => Promise<Response>;
  beforeEach(async () => {
    const key = randomBytes(32).toString("base64");
    const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: trip.database.url, max: 1 }) });
    await trip.road.db.query("DELETE FROM session");
    const session = new Session({ id: `offline_${SANDBOX_SHOP}`, shop: SANDBOX_SHOP, state: "", isOnline: false });
    Object.assign(session, { accessToken: "shpat_1", refreshToken: "shprt_1", expires: new Date(Date.now() + HOUR) });
    await openSessions(prisma, openKeyring(key)).storeSession(session);
    await prisma.$disconnect();
    const env = readEnv({ DATABASE_URL: trip.database.url, ENCRYPTION_KEY: key });
    const shopify = openOffline({
      env,
      road: trip.road,
      keys: openKeyring(key),
      connections: 2,
      fetch: async (url) => answers(String(url)),
    });
    trip.road.askInstalled = shopify.installed;
  });

  test("200: it is there, and nothing changes", async () => {
    answers = async () => Response.json({ data: { shop: { id: "gid://shopify/Shop/1" } } });
    await leaves(600);
    expect(await isThere()).toBe(true);
  });

  test("401: it is gone", async () => {
    answers = async () => Response.json({ errors: "[API] Invalid API key or access token" }, { status: 401 });
    await leaves(600);
    expect(await isThere()).toBe(false);
  });

  test("a token that has ended is renewed first; where Shopify refuses that, it is gone", async () => {
    await trip.road.db.query("UPDATE session SET expires = $1", [new Date(Date.now() - HOUR)]);
    const asked: string[] = [];
    answers = async (url) => {
      asked.push(url);
      return Response.json({ error: "invalid_grant" }, { status: 400 });
    };
    await leaves(600);
    expect(await isThere()).toBe(false);
    expect(asked.filter((url) => API.test(url))).toEqual([]);
  });

  test("no answer: the webhook waits and holds up no other, is asked about again, and after an hour it is believed", async () => {
    answers = async () => Response.json({}, { status: 503 });
    await leaves(3_600);
    await trip.take(customerUpdated(someBuyer()));
    expect(await isThere()).toBe(true);
    const states = await trip.road.db.query("SELECT state FROM webhook ORDER BY id");
    expect(states).toEqual([{ state: "received" }, { state: "normalized" }]);
    trip.forward(HOUR + SECOND);
    expect(await isThere()).toBe(false);
  });
});
