// Every way in which a question to Shopify can come out, asked with Shopify's own library over real HTTP of the stand-in.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import type { Timer } from "../../app/base/timer.ts";
import { type Ask, type Manner, openAsk } from "../../app/shopify/asking.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { lacksOf, setUp, setUpWhatIsMissing } from "../../app/shopify/set-up.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { type ShopifyServer, startShopify } from "../../sandbox/shopify/server.ts";
import { towards } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP as shop } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { tokenFor } from "../support/web.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const SHOP_NAME = { query: "{ shop { name } }", usable: z.object({ shop: z.object({ name: z.string() }) }) };
const BUYERS = {
  query: "{ orders(first: 2) { nodes { id customer { id firstName email } } } }",
  usable: z.object({
    orders: z.object({ nodes: z.array(z.object({ customer: z.object({ email: z.string().nullish() }).nullish() })) }),
  }),
};

let shopify: ShopifyServer;
let trip: TestRoad;
let waited: number[];
let ask: Ask;

/** Waiting moves the stand-in's clock and the road's: no time passes but that. */
const timer = (): Timer => ({
  elapsed: () => waited.reduce((sum, one) => sum + one, 0),
  async sleep(milliseconds) {
    waited.push(milliseconds);
    trip.forward(milliseconds);
    shopify.moveClock(milliseconds);
  },
  every: () => () => {},
});
beforeEach(async () => {
  waited = [];
  const opened = Date.now();
  shopify = await startShopify({ clock: () => opened });
  trip = await openTestRoad({}, undefined, { still: true });
  await store(
    shopify.tokens.answer({ client_secret: shopify.world.secret, subject_token: sessionToken() }).json as Pair,
  );
  ask = asker();
});
afterEach(async () => {
  await Promise.all([shopify.stop(), trip.close()]);
});

const road = () => ({ ...trip.road, timer: timer() });
const offline = (way: typeof fetch = towards(shopify.url)) =>
  openOffline({
    env: readEnv({ DATABASE_URL: trip.database.url, ENCRYPTION_KEY: KEY }),
    ...{ road: road(), keys: openKeyring(KEY), connections: 2, fetch: way },
  });
const asker = (manner?: Manner) => offline().askOf(shop, manner);

interface Pair {
  access_token: string;
  refresh_token: string;
}
const sessionToken = () => tokenFor(shop);
const withSessions = async <T>(work: (sessions: ReturnType<typeof openSessions>) => Promise<T>): Promise<T> => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: trip.database.url, max: 1 }) });
  try {
    return await work(openSessions(prisma, openKeyring(KEY)));
  } finally {
    await prisma.$disconnect();
  }
};
const store = (pair: Pair, left = 3_600_000) =>
  withSessions(async (sessions) => {
    const session = new Session({ id: `offline_${shop}`, shop, state: "", isOnline: false });
    Object.assign(session, {
      accessToken: pair.access_token,
      refreshToken: pair.refresh_token,
      expires: new Date(Date.now() + left),
    });
    await sessions.storeSession(session);
  });
const ends = () => trip.road.db.query("UPDATE session SET expires = now() - interval '1 hour'");
const dead = async () => {
  const [row] = await trip.road.db.query<{ dead: boolean }>("SELECT token_dead_at IS NOT NULL AS dead FROM shop");
  return row?.dead;
};
const bucket = async () => {
  const [row] = await trip.road.db.query<{ available: number; maximum: number }>(
    "SELECT available, maximum FROM shopify_budget",
  );
  return row;
};
const sells = () => {
  const { topic, payload } = orderCreated(newOrder());
  shopify.tellings.happen(topic, payload);
};

describe("a question comes out", () => {
  test("done", async () => {
    expect(await ask(SHOP_NAME)).toEqual({ is: "done", data: { shop: { name: "Sandbox shop" } } });
  });

  test("partly: what there is of it, and why the rest is not there", async () => {
    sells();
    shopify.world.approved.delete("email");
    const outcome = await ask(BUYERS);
    expect(outcome).toMatchObject({ is: "partly", data: { orders: { nodes: [{ customer: { email: null } }] } } });
    expect(outcome).toMatchObject({ lacks: [{ is: "not approved", what: ["email"] }] });
  });

  test("a scope is missing, and which", async () => {
    shopify.world.granted.delete("read_orders");
    expect(await ask(BUYERS)).toEqual({ is: "scope missing", scopes: ["read_orders"] });
  });

  test("protected data that is not approved", async () => {
    shopify.world.approved.delete("data");
    expect(await ask(BUYERS)).toEqual({ is: "not approved", what: ["Order"] });
  });

  test("refused, where Shopify does not know what is asked for", async () => {
    const outcome = await ask({ query: "{ shop { moonPhase } }", usable: z.unknown() });
    expect(outcome).toMatchObject({ is: "refused", says: expect.stringContaining("moonPhase") });
  });

  test("token dead, where it is refused, and where it cannot be renewed; the shop is marked, and no more once it is taken", async () => {
    shopify.troubles.set("graphql", "401", 1);
    expect(await ask(SHOP_NAME)).toEqual({ is: "token dead" });
    expect(await dead()).toBe(true);
    expect((await lacksOf(trip.road, shop)).token).toContain("open the app to reconnect");
    expect((await ask(SHOP_NAME)).is).toBe("done");
    expect(await dead()).toBe(false);
    await shopify.uninstall();
    await ends();
    expect(await ask(SHOP_NAME)).toEqual({ is: "token dead" });
    await withSessions((sessions) => sessions.deleteSession(`offline_${shop}`));
    expect(await ask(SHOP_NAME)).toEqual({ is: "token dead" });
  });

  test.each([
    "402",
    "403",
    "423",
    "500",
    "502",
    "503",
    "down",
    "lost",
    "nonsense",
  ] as const)("ill, where Shopify meets it with %s", async (trouble) => {
    shopify.troubles.set("graphql", trouble);
    expect((await ask(SHOP_NAME)).is).toBe("ill");
    shopify.troubles.set("graphql", null);
    expect((await ask(SHOP_NAME)).is).toBe("done");
  });

  test.each([
    "500",
    "down",
    "nonsense",
    "429",
  ] as const)("ill, where the token cannot be renewed for %s, and it is not dead", async (trouble) => {
    await ends();
    shopify.troubles.set("token", trouble, 1);
    expect((await ask(SHOP_NAME)).is).toBe("ill");
    expect(await dead()).toBe(false);
    expect((await ask(SHOP_NAME)).is).toBe("done");
  });

  test("a page's token that has ended is the library's to handle", async () => {
    const ended = () => Promise.reject(new Response(null, { status: 302 }));
    await expect(openAsk(road(), shop, async () => ended)(SHOP_NAME)).rejects.toBeInstanceOf(Response);
  });
});

describe("where Shopify is asked too much", () => {
  const DEAR = { query: "{ orders(first: 250) { nodes { id customer { id } } } }", usable: z.unknown() };

  test("THROTTLED waits until there is enough, as Shopify says it, and no longer", async () => {
    shopify.leave(402); // it costs 502, and 100 come back in a second
    expect((await ask(DEAR)).is).toBe("done");
    expect(waited).toEqual([1_000]);
  });

  test("whoever has less patience hears when again", async () => {
    shopify.leave(2);
    const outcome = await ask(DEAR);
    expect(outcome).toEqual({ is: "throttled", until: new Date(trip.road.clock().getTime() + 5_000) });
    expect(waited).toEqual([]);
    expect((await asker({ patience: 10_000 })(DEAR)).is).toBe("done");
    expect(waited).toEqual([5_000]);
  });

  test("429 rests for as long as it says, whoever asks", async () => {
    shopify.troubles.set("graphql", "429", 1);
    expect(await asker({ patience: 0 })(SHOP_NAME)).toMatchObject({ is: "throttled" });
    const before = shopify.asked();
    expect(await offline().askOf(shop, { patience: 0 })(SHOP_NAME)).toMatchObject({ is: "throttled" });
    expect(shopify.asked()).toBe(before);
    expect((await ask(SHOP_NAME)).is).toBe("done");
  });

  test("what is left is known to all processes: nobody asks in vain, and who can wait leaves half to others", async () => {
    await ask(DEAR);
    expect((await bucket())?.maximum).toBe(2_000);
    const spend = async () => (await asker({ patience: 0 })(DEAR)).is;
    shopify.leave(900);
    await ask(SHOP_NAME); // Shopify says what is left
    const before = shopify.asked();
    expect((await asker({ patience: 0, leave: 0.5 })(SHOP_NAME)).is).toBe("throttled");
    expect(shopify.asked()).toBe(before);
    trip.forward(20_000);
    shopify.moveClock(20_000);
    shopify.leave(1_000);
    await ask(SHOP_NAME);
    const all = await Promise.all([spend(), spend(), spend(), spend()]);
    expect(all.filter((is) => is === "throttled").length).toBeGreaterThanOrEqual(2);
    expect(shopify.asked() - before).toBeLessThanOrEqual(3);
  });

  test("what was reserved and not used is given back", async () => {
    await ask(DEAR);
    expect((await bucket())?.available).toBeGreaterThan(1_990);
  });
});

describe("after the set-up", () => {
  const endpoint = "https://app.example.com/pixel";
  const round = () => setUpWhatIsMissing(road(), endpoint, () => ask);

  test("what is missing is said, and is asked for again when the scopes have changed", async () => {
    shopify.world.granted.delete("read_locales");
    await setUp(road(), shop, { ask, endpoint });
    const lacks = await lacksOf(trip.road, shop);
    expect(lacks).toMatchObject({
      token: null,
      facts: null,
      language: expect.stringContaining("it lacks read_locales;"),
    });
    trip.forward(3_600_000);
    await trip.road.db.query("UPDATE shop SET set_up_at = now()");
    const before = shopify.asked();
    await round();
    expect(shopify.asked()).toBe(before);
    shopify.world.granted.add("read_locales");
    await trip.hear("app/scopes_update", { previous: [], current: ["read_orders", "read_locales"] });
    await trip.run();
    await round();
    expect(await lacksOf(trip.road, shop)).toEqual({ token: null, facts: null, language: null });
  });

  test("what Shopify was too ill to tell is asked for by the upkeep", async () => {
    shopify.troubles.set("graphql", "503", 1);
    await setUp(road(), shop, { ask, endpoint });
    await trip.road.db.query("UPDATE shop SET facts = NULL");
    expect((await lacksOf(trip.road, shop)).facts).toContain("could not be asked just now");
    await round();
    expect(await lacksOf(trip.road, shop)).toEqual({ token: null, facts: null, language: null });
    expect(shopify.asked()).toBe(3);
  });
});
