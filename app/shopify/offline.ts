// The Admin API without a browser: by the offline token that the shop gave when somebody last opened the app.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { ShopifyError } from "@shopify/shopify-api";
import type { Env } from "../base/env.ts";
import type { Keyring } from "../base/secrets.ts";
import type { AskProducts } from "../delivery/road.ts";
import type { Graphql } from "./ask.ts";
import { readMetafields } from "./metafields.ts";
import { openSessions } from "./sessions.ts";
import type { AdminOf } from "./set-up.ts";
import { openShopify } from "./shopify.server.ts";

export interface Offline {
  askProducts: AskProducts;
  adminOf: AdminOf;
}

interface Opening {
  env: Env;
  keys: Keyring;
  /** Connections to the database. */
  connections: number;
  /** The way to Shopify, or what answers in its place. */
  fetch: typeof globalThis.fetch;
}

/** @returns questions that throw where the database or Shopify's library fails. */
export function openOffline({ env, keys, connections, fetch }: Opening): Offline {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: connections }) });
  const shopify = openShopify({ env, sessions: openSessions(prisma, keys), onInstall: async () => {}, fetch });
  const asking = new Map<string, Promise<unknown>>();
  /** One after the other: the library would renew a token that ends as often as it is asked for at the same moment. */
  async function inTurn<T>(shop: string, work: () => Promise<T>): Promise<T> {
    const before = asking.get(shop)?.catch(() => {}); // whose fault it was has heard of it
    const own = Promise.resolve(before).then(work);
    asking.set(shop, own);
    return own.finally(() => asking.get(shop) === own && asking.delete(shop));
  }
  async function adminOf(shop: string): Promise<Graphql | null> {
    try {
      return (await shopify.unauthenticated.admin(shop)).admin.graphql as Graphql;
    } catch (error) {
      // No token yet, or one that has ended and cannot be renewed: it comes with the next opening of the app.
      if (error instanceof Response || error instanceof ShopifyError) return null;
      throw error;
    }
  }
  return {
    adminOf: (shop) => inTurn(shop, () => adminOf(shop)),
    askProducts: (shop, metafield, productIds) =>
      inTurn(shop, async () => {
        const graphql = await adminOf(shop);
        return graphql && readMetafields(graphql, metafield, productIds);
      }),
  };
}
