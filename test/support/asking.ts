// The app's own way to ask Shopify, by Shopify's library and over real HTTP, of a stand-in whose shop has installed the app. No time passes but what is waited for.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { z } from "zod";
import { readEnv } from "../../app/base/env.ts";
import { openKeyring } from "../../app/base/secrets.ts";
import type { Ask, Manner } from "../../app/shopify/asking.ts";
import { openOffline } from "../../app/shopify/offline.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { type ShopifyServer, startShopify } from "../../sandbox/shopify/server.ts";
import { towards } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "./road.ts";
import { tokenFor } from "./web.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const ID = `offline_${SANDBOX_SHOP}`;

export const SHOP_NAME = { query: "{ shop { name } }", usable: z.object({ shop: z.object({ name: z.string() }) }) };
const buyer = z.object({ email: z.string().nullish() });
export const BUYERS = {
  query: "{ orders(first: 2) { nodes { id customer { id firstName email } } } }",
  usable: z.object({ orders: z.object({ nodes: z.array(z.object({ customer: buyer.nullish() })) }) }),
};
/** 502 points. */
export const DEAR = { query: "{ orders(first: 250) { nodes { id customer { id } } } }", usable: z.unknown() };

export interface Asking {
  shopify: ShopifyServer;
  trip: TestRoad;
  /** The road, with the timer that moves all clocks. */
  road: TestRoad["road"];
  /** All waits, in milliseconds. */
  waited: number[];
  ask: Ask;
  /** As another process asks. */
  asker(manner?: Manner): Ask;
  /** The token's hour is over. */
  ends(): Promise<void>;
  leaves(): Promise<void>;
  sells(): void;
  forward(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openAsking(): Promise<Asking> {
  const opened = Date.now();
  const [shopify, trip] = await Promise.all([
    startShopify({ clock: () => opened }),
    openTestRoad({}, undefined, { still: true }),
  ]);
  // The schema is built before anybody asks by a time limit.
  (await shopify.admin()).answer({ query: SHOP_NAME.query });
  const waited: number[] = [];
  const forward = (milliseconds: number) => {
    trip.forward(milliseconds);
    shopify.moveClock(milliseconds);
  };
  const timer = {
    elapsed: () => waited.reduce((sum, one) => sum + one, 0),
    async sleep(milliseconds: number) {
      waited.push(milliseconds);
      forward(milliseconds);
    },
    every: () => () => {},
  };
  const road = { ...trip.road, timer };
  const keys = openKeyring(KEY);
  const env = readEnv({ DATABASE_URL: trip.database.url, ENCRYPTION_KEY: KEY });
  const asker = (manner?: Manner) =>
    openOffline({ ...{ env, road, keys, connections: 2 }, fetch: towards(shopify.url) }).askOf(SANDBOX_SHOP, manner);
  await store(trip, shopify);
  return {
    ...{ shopify, trip, road, waited, asker, forward, ask: asker() },
    async ends() {
      await trip.road.db.query("UPDATE session SET expires = now() AT TIME ZONE 'UTC' - interval '1 hour'");
    },
    async leaves() {
      await trip.road.db.query("DELETE FROM session WHERE id = $1", [ID]);
    },
    sells() {
      const { topic, payload } = orderCreated(newOrder());
      shopify.tellings.happen(topic, payload);
    },
    async close() {
      await Promise.all([shopify.stop(), trip.close()]);
    },
  };
}

/** As the first opening of the app does. */
async function store(trip: TestRoad, { tokens, world }: ShopifyServer): Promise<void> {
  const { json } = tokens.answer({ client_secret: world.secret, subject_token: tokenFor(SANDBOX_SHOP) });
  const { access_token, refresh_token } = json as Record<string, string>;
  const session = new Session({ id: ID, shop: SANDBOX_SHOP, state: "", isOnline: false });
  const expires = new Date(Date.now() + 3_600_000);
  Object.assign(session, { accessToken: access_token, refreshToken: refresh_token, expires });
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: trip.database.url, max: 1 }) });
  await openSessions(prisma, openKeyring(KEY)).storeSession(session);
  await prisma.$disconnect();
}
