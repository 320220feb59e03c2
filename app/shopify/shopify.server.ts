// Who may come in: Shopify's library, set up for token exchange with expiring offline tokens.
import "@shopify/shopify-app-remix/adapters/node";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { Env } from "../base/env.ts";
import type { Graphql } from "./ask.ts";
import type { SessionStore } from "./sessions.ts";

export const SANDBOX_KEY = "sandbox-key";
export const SANDBOX_SECRET = "sandbox-secret";

interface Opening {
  env: Env;
  /** The origin that the browser sees. */
  appUrl: string;
  sessions: SessionStore;
  /** Runs at every token exchange (at the install, then about hourly, in any process): it must be able to run twice. */
  onInstall: (shop: string, graphql: Graphql) => Promise<void>;
  /** Hears of every valid session token, by when Shopify issued it (`iat`, seconds). */
  onSeen: (shop: string, issued: number) => Promise<void>;
  /** Answers in Shopify's place: the sandbox. */
  fetch?: typeof fetch;
}

export type Shopify = ReturnType<typeof openShopify>;

export function openShopify({ env, appUrl, sessions, onInstall, onSeen, fetch: answer }: Opening) {
  // The library keeps the global fetch of the moment when it was imported; this is its one way to be given another.
  if (answer) setAbstractFetchFunc(answer as Parameters<typeof setAbstractFetchFunc>[0]);
  const shopify = shopifyApp({
    apiKey: env.SHOPIFY_API_KEY ?? SANDBOX_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET ?? SANDBOX_SECRET,
    appUrl,
    scopes: env.SCOPES?.split(","),
    apiVersion: ApiVersion.October26,
    distribution: AppDistribution.AppStore,
    sessionStorage: sessions,
    // Below this level the library writes session tokens into the log.
    logger: { level: LogSeverity.Warning },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    hooks: { afterAuth: ({ session, admin }) => onInstall(session.shop, admin.graphql as Graphql) },
  });
  const { admin } = shopify.authenticate;
  shopify.authenticate.admin = async (request) => {
    const context = await admin(request);
    await onSeen(context.session.shop, context.sessionToken.iat);
    return context;
  };
  return shopify;
}
