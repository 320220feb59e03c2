// The template's server: Remix behind Express, with the one route that a webhook takes. What `remix vite:build` would make of it is written by hand.
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import { Session } from "@shopify/shopify-api";
import express from "express";
import { SANDBOX_SHOP } from "../../../sandbox/sign.ts";
import { sessionStorage } from "./shopify.server.ts";
import * as route from "./webhooks.orders.create.ts";

const ROUTE = "routes/webhooks.orders.create";
const manifest = {
  module: "",
  hasLoader: false,
  hasClientAction: false,
  hasClientLoader: false,
  hasErrorBoundary: false,
};
const build = {
  mode: "production",
  entry: { module: { default: () => new Response("", { status: 404 }) } },
  routes: {
    root: { id: "root", path: "", module: { default: () => null } },
    [ROUTE]: { id: ROUTE, parentId: "root", path: "webhooks", module: route },
  },
  assets: {
    entry: { imports: [], module: "" },
    routes: {
      root: { id: "root", path: "", hasAction: false, ...manifest },
      [ROUTE]: { id: ROUTE, parentId: "root", path: "webhooks", hasAction: true, ...manifest },
    },
    url: "",
    version: "1",
  },
  publicPath: "/build/",
  assetsBuildDirectory: "build/client",
  future: { v3_fetcherPersist: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
  isSpaMode: false,
} as unknown as ServerBuild;

// The shop has installed the app: authenticate.webhook loads its session.
const session = { id: `offline_${SANDBOX_SHOP}`, shop: SANDBOX_SHOP, state: "", isOnline: false, scope: "read_orders" };
await sessionStorage.storeSession(new Session({ ...session, accessToken: "token" }));
await route.queue.waitUntilReady();

const app = express().disable("x-powered-by");
app.all("*", createRequestHandler({ build, mode: "production" }));
const server = app.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit()); // whoever measured it is gone
