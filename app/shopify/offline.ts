// The Admin API without a browser: by the offline token that the shop gave when somebody last opened the app.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { ShopifyError } from "@shopify/shopify-api";
import type { Env } from "../base/env.ts";
import type { Keyring } from "../base/secrets.ts";
import type { AskProducts } from "../delivery/road.ts";
import { readMetafields } from "./metafields.ts";
import { openSessions } from "./sessions.ts";
import { openShopify } from "./shopify.server.ts";

const ASK_TIMEOUT = 8_000;

/** @param fetch the way to Shopify, or what answers in its place. @returns a question that throws where the database or Shopify's library fails. */
export function openOffline(env: Env, keys: Keyring, fetch: typeof globalThis.fetch): AskProducts {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 2 }) });
  const shopify = openShopify({
    env,
    appUrl: env.SHOPIFY_APP_URL ?? `http://localhost:${env.PORT}`,
    sessions: openSessions(prisma, keys),
    onInstall: async () => {},
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(ASK_TIMEOUT) }),
  });
  const asking = new Map<string, Promise<unknown>>();
  async function askOne(shop: string, metafield: string, productIds: string[]) {
    try {
      const { admin } = await shopify.unauthenticated.admin(shop);
      return await readMetafields(admin.graphql as Parameters<typeof readMetafields>[0], metafield, productIds);
    } catch (error) {
      // No token yet, or one that has ended and cannot be renewed: it comes with the next opening of the app.
      if (error instanceof Response || error instanceof ShopifyError) return null;
      throw error;
    }
  }
  return async (shop, metafield, productIds) => {
    // One after the other: the library would renew a token that ends as often as it is asked for at the same moment.
    const before = asking.get(shop)?.catch(() => {}); // whose fault it was has heard of it
    const own = Promise.resolve(before).then(() => askOne(shop, metafield, productIds));
    asking.set(shop, own);
    return own.finally(() => asking.get(shop) === own && asking.delete(shop));
  };
}
