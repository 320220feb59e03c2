// The Admin API without a browser: by the offline token that the shop gave when somebody last opened the app.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { ShopifyError } from "@shopify/shopify-api";
import { z } from "zod";
import type { Env } from "../base/env.ts";
import type { Keyring } from "../base/secrets.ts";
import { domainNow } from "../delivery/identity/names.ts";
import type { AskInstalled, AskProducts, Presence, Road } from "../delivery/road.ts";
import { type Ask, type Graphql, type Manner, openAsk, type Reach } from "./asking.ts";
import { readMetafields } from "./metafields.ts";
import { openSessions } from "./sessions.ts";
import { openShopify } from "./shopify.server.ts";
import { openTokenTurns } from "./token-turns.ts";

/** A Shopify that hangs holds a place of the worker: it is not asked again at once. */
const UNKNOWN_FOR_MS = 60_000;
const STILL_INSTALLED = { query: "query StillInstalled { shop { id } }", usable: z.unknown() };

export interface Offline {
  products: AskProducts;
  installed: AskInstalled;
  /** The Admin API of a shop; its token is renewed when it must be. */
  askOf: (shop: string, manner?: Manner) => Ask;
  /** The way to the files that Shopify makes. */
  file: typeof globalThis.fetch;
}

interface Opening {
  env: Env;
  road: Pick<Road, "db" | "clock" | "timer">;
  keys: Keyring;
  /** Connections to the database. */
  connections: number;
  /** The way to Shopify, or what answers in its place. */
  fetch: typeof globalThis.fetch;
}

/** @returns questions that throw where the database fails. */
export function openOffline({ env, road, keys, connections, fetch }: Opening): Offline {
  const reachOf = openReaches({ env, road, keys, connections, fetch });
  const askOf = (shop: string, manner?: Manner) => openAsk(road, shop, reachOf(shop), manner);
  const unknown = new Map<string, number>();
  return {
    ...{ askOf, file: fetch },
    products: (shop, metafield, productIds) => readMetafields(askOf(shop), metafield, productIds),
    async installed(shop) {
      if (Date.now() - (unknown.get(shop) ?? 0) < UNKNOWN_FOR_MS) return "unknown";
      unknown.delete(shop);
      const is = await presenceOf(askOf(shop));
      if (is === "unknown") unknown.set(shop, Date.now());
      return is;
    },
  };
}

/** A token that Shopify refuses is an uninstalled shop's; any other answer than none is one of a shop that is there. */
async function presenceOf(ask: Ask): Promise<Presence> {
  const { is } = await ask(STILL_INSTALLED);
  if (is === "token dead") return "gone";
  return is === "ill" || is === "throttled" ? "unknown" : "there";
}

function openReaches({ env, road, keys, connections, fetch }: Opening): (shop: string) => Reach {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: connections }) });
  // The library tells a refused refresh of a token by no other status than a failed one.
  const answered = new Map<string, number>();
  const shopify = openShopify({
    env,
    db: road.db,
    sessions: openSessions(prisma, keys),
    onInstall: async () => {},
    onSeen: async () => {},
    fetch: async (url, init) => {
      const { hostname, pathname } = new URL(url instanceof Request ? url.url : url);
      const response = await fetch(url, init);
      if (pathname === TOKEN_PATH) answered.set(hostname, response.status);
      return response;
    },
  });
  const inTurn = openTokenTurns(road.db);
  return (shop) => () =>
    inTurn(shop, async () => {
      const domain = await domainNow(road.db, shop);
      answered.delete(domain);
      try {
        return (await shopify.unauthenticated.admin(domain)).admin.graphql as Graphql;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const status = answered.get(domain);
        // None was asked: there is no token, or none that can be renewed.
        if (status === undefined && !(error instanceof Response)) return NO_TOKEN;
        return status === 400 || status === 401 ? NO_TOKEN : { is: "ill", says: "the token could not be renewed" };
      }
    });
}

const TOKEN_PATH = "/admin/oauth/access_token";
const NO_TOKEN = { is: "token dead" } as const;
const isRefusal = (error: unknown) => error instanceof Response || error instanceof ShopifyError;
