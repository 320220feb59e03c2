// The web process: webhooks at a door of their own, health and metrics, the sandbox, and the embedded pages through Remix.

import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express from "express";
import { openDatabase } from "./base/database.ts";
import { readEnv } from "./base/env.ts";
import { openLife } from "./base/life.ts";
import { log } from "./base/log.ts";
import { openReceiver } from "./delivery/receive.ts";
import { readiness } from "./doors/health.ts";
import { openMetrics } from "./doors/metrics.ts";
import { openPixelDoor } from "./doors/pixel.ts";
import { openDoor } from "./doors/webhooks.ts";
import { openRoad } from "./programs/open-road.ts";
import { openRinger } from "./programs/ringer.ts";
import { SANDBOX_SHOP } from "./shopify/domain.ts";
import { readFacts } from "./shopify/facts.ts";
import { install } from "./shopify/install.ts";
import { keepPixel } from "./shopify/pixel.ts";
import { openSeen } from "./shopify/seen.ts";
import { openSessions } from "./shopify/sessions.ts";
import { openShopify, SANDBOX_SECRET } from "./shopify/shopify.server.ts";

const life = openLife("web");
const env = readEnv(process.env);
const appUrl = env.SHOPIFY_APP_URL ?? `http://localhost:${env.PORT}`;
const opened = await openRoad(env, { role: "web", size: 8 });
const { road } = opened;
// The door's own connections: pages never keep a webhook waiting, and a slow database is told to Shopify in time.
const doorDb = openDatabase(env.DATABASE_URL, { size: 6, timeout: 2_000, name: "switchyard door" });
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 3 }) });
const metrics = openMetrics(
  road.db,
  road.destinations.map(({ slug }) => slug),
);
const ringer = openRinger(road.bell.shop);
const migrations = readdirSync(new URL("../prisma/migrations", import.meta.url)).filter((name) => /^\d/.test(name));
const sandbox = env.sandbox ? await import("../sandbox/door.ts") : null;
const shopify = openShopify({
  env,
  appUrl,
  sessions: openSessions(prisma, road.keys),
  onInstall: async (shop, graphql) => {
    const now = road.clock();
    // Before Shopify is asked: a late app/uninstalled of the installation before shall find that the shop is back.
    await install(road.db, shop, null, now);
    await install(road.db, shop, await readFacts(graphql), now);
    await keepPixel(road, shop, { graphql, endpoint: `${appUrl}/pixel` });
  },
  onSeen: openSeen(road.db),
  fetch: sandbox?.answerShopify,
});
const door = openDoor({
  receive: openReceiver(doorDb),
  secrets: [env.SHOPIFY_API_SECRET ?? SANDBOX_SECRET, env.SHOPIFY_API_SECRET_OLD].filter(
    (secret) => secret !== undefined,
  ),
  only: env.sandbox ? SANDBOX_SHOP : null,
  ring: ringer.ring,
  answered: metrics.answered,
  failed: (error) => log.error({ err: error }, "a webhook was not committed; Shopify sends it again"),
});
// By the pages' connections: strangers who post here take none of the webhooks'.
const pixel = openPixelDoor({
  db: road.db,
  receive: openReceiver(road.db),
  ring: ringer.ring,
  answered: metrics.pixelAnswered,
  failed: (error) => log.error({ err: error }, "a post of the web pixel was not committed"),
});

const pages = express().disable("x-powered-by");
pages.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
pages.get("/readyz", async (_request, response) => {
  const state = await readiness(road.db, migrations);
  response.status(state.ready ? 200 : 503).json(state);
});
pages.get("/metrics", async (_request, response, next) => {
  await metrics.text().then((text) => response.type("text/plain; version=0.0.4; charset=utf-8").send(text), next);
});
if (sandbox) pages.use(sandbox.openSandbox(env));
pages.use(compression());
pages.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }));
pages.use(express.static("build/client", { maxAge: "1h" }));
const build = (await import(new URL("../build/server/index.js", import.meta.url).href)) as ServerBuild;
const context = { road, shopify, env } as AppLoadContext;
pages.all("*", createRequestHandler({ build, mode: "production", getLoadContext: () => context }));

if (sandbox) await sandbox.seedSandbox(road);
const server = createServer((request, response) => {
  if (request.url?.startsWith("/pixel/")) return void pixel(request, response);
  if (request.url?.split("?", 1)[0] !== "/webhooks") return pages(request, response);
  door(request, response).catch((error: unknown) => {
    log.error({ err: error }, "the door failed");
    if (!response.headersSent) response.writeHead(500).end();
  });
});
// Longer than the balancer in front keeps its connections: else it would send a webhook into one that closes.
server.keepAliveTimeout = 75_000;
server.on("error", (error: NodeJS.ErrnoException) => {
  const says = error.code === "EADDRINUSE" ? `PORT ${env.PORT} is taken by another program` : error.message;
  log.fatal(says);
  process.exit(1);
});
server.listen(env.PORT, () => log.info({ port: env.PORT }, "the web is ready"));

life.onEnd(async () => {
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3_000).unref();
  await new Promise((resolve) => server.once("close", resolve));
  await ringer.close();
  await Promise.allSettled([opened.close(), doorDb.end(), prisma.$disconnect()]);
});
