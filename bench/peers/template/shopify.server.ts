// The template's shopify.server, with the sandbox's credentials.
import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { SANDBOX_KEY, SANDBOX_SECRET } from "../../../sandbox/sign.ts";
import prisma from "./db.server.ts";

export const sessionStorage = new PrismaSessionStorage(prisma as never);

const shopify = shopifyApp({
  apiKey: SANDBOX_KEY,
  apiSecretKey: SANDBOX_SECRET,
  apiVersion: ApiVersion.October26,
  scopes: ["read_orders"],
  appUrl: "https://app.example.com",
  authPathPrefix: "/auth",
  sessionStorage,
  distribution: AppDistribution.AppStore,
  logger: { level: LogSeverity.Error },
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});
export const { authenticate } = shopify;
