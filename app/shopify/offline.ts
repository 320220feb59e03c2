// The Admin API without a browser: by the offline token that the shop gave when somebody last opened the app.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { ShopifyError } from "@shopify/shopify-api";
import type { Sql } from "../base/database.ts";
import type { Env } from "../base/env.ts";
import type { Keyring } from "../base/secrets.ts";
import type { AskInstalled, AskProducts, Presence } from "../delivery/road.ts";
import type { Graphql } from "./ask.ts";
import { readMetafields } from "./metafields.ts";
import { openSessions } from "./sessions.ts";
import type { AdminOf } from "./set-up.ts";
import { openShopify } from "./shopify.server.ts";
import { openTokenTurns } from "./token-turns.ts";

/** A Shopify that hangs holds a place of the worker: it is not asked again at once. */
const UNKNOWN_FOR_MS = 60_000;

export interface Offline {
  products: AskProducts;
  installed: AskInstalled;
  adminOf: AdminOf;
}

interface Opening {
  env: Env;
  db: Sql;
  keys: Keyring;
  /** Connections to the database. */
  connections: number;
  /** The way to Shopify, or what answers in its place. */
  fetch: typeof globalThis.fetch;
}

/** @returns questions that throw where the database or Shopify's library fails. */
export function openOffline({ env, db, keys, connections, fetch }: Opening): Offline {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: connections }) });
  // The library tells a refused refresh of a token by no other status than a failed one.
  const answered = new Map<string, number>();
  const shopify = openShopify({
    env,
    db,
    sessions: openSessions(prisma, keys),
    onInstall: async () => {},
    onSeen: async () => {},
    fetch: async (url, init) => {
      const { hostname } = new URL(url instanceof Request ? url.url : url);
      answered.delete(hostname);
      const response = await fetch(url, init);
      answered.set(hostname, response.status);
      return response;
    },
  });
  const graphqlOf = async (shop: string) => (await shopify.unauthenticated.admin(shop)).admin.graphql as Graphql;
  const inTurn = openTokenTurns(db);
  const unknown = new Map<string, number>();

  /** null: no token yet, or one that has ended and cannot be renewed: it comes with the next opening of the app. */
  async function adminOf(shop: string): Promise<Graphql | null> {
    try {
      return await graphqlOf(shop);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }
  async function isInstalled(shop: string): Promise<Presence> {
    answered.delete(shop);
    try {
      await (await graphqlOf(shop))("query StillInstalled { shop { id } }");
      return "there";
    } catch (error) {
      if (!isRefusal(error) && !(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      const status = answered.get(shop);
      answered.delete(shop);
      return status === 400 || status === 401 ? "gone" : "unknown";
    }
  }
  return {
    adminOf: (shop) => inTurn(shop, () => adminOf(shop)),
    products: (shop, metafield, productIds) =>
      inTurn(shop, async () => {
        try {
          const graphql = await adminOf(shop);
          return graphql && (await readMetafields(graphql, metafield, productIds));
        } catch (error) {
          if (isRefusal(error)) return null;
          throw error;
        }
      }),
    installed: (shop) =>
      inTurn(shop, async () => {
        if (Date.now() - (unknown.get(shop) ?? 0) < UNKNOWN_FOR_MS) return "unknown";
        unknown.delete(shop);
        const is = await isInstalled(shop);
        if (is === "unknown") unknown.set(shop, Date.now());
        return is;
      }),
  };
}

const isRefusal = (error: unknown) => error instanceof Response || error instanceof ShopifyError;
