// The web process: webhooks at a door of their own, health and metrics, the sandbox, and the embedded pages through Remix.

import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express from "express";
import { shareOut } from "./base/connections.ts";
import { openDatabase } from "./base/database.ts";
import { readEnv } from "./base/env.ts";
import { openLife } from "./base/life.ts";
import { log } from "./base/log.ts";
import { openReceiver } from "./delivery/receive.ts";
import { openSight } from "./doors/bearer.ts";
import { openCeiling } from "./doors/ceiling.ts";
import { faultPage } from "./doors/fault-page.ts";
import { readiness } from "./doors/health.ts";
import { openMetrics } from "./doors/metrics.ts";
import { openPixelDoor } from "./doors/pixel.ts";
import { openDoor } from "./doors/webhooks.ts";
import { openRoad } from "./programs/open-road.ts";
import { openRinger } from "./programs/ringer.ts";
import { install } from "./shopify/install.ts";
import { openSessions } from "./shopify/sessions.ts";
import { setUp } from "./shopify/set-up.ts";
import { openShopify, SANDBOX_SECRET } from "./shopify/shopify.server.ts";

const SET_UP_MS = 4_000;

const life = openLife("web");
const env = readEnv(process.env);
const shares = shareOut("web", env.DATABASE_CONNECTIONS);
// The door's own connections, opened first and kept: pages never keep a webhook waiting, and a slow database is told to Shopify in time.
const doorDb = openDatabase(env.DATABASE_URL, {
  ...{ size: shares.door, kept: true },
  ...{ timeout: 2_000, name: "switchyard door" },
});
const opened = await openRoad(env, { role: "web", shares });
const { road } = opened;
const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: shares.sessions }),
});
const metrics = openMetrics(
  road.db,
  road.destinations.map(({ slug }) => slug),
);
const sight = openSight(env);
const ringer = openRinger(road.bell.shop);
const migrations = readdirSync(new URL("../prisma/migrations", import.meta.url)).filter((name) => /^\d/.test(name));
const sandbox = env.sandbox ? await import("../sandbox/door.ts") : null;
const shopify = openShopify({
  env,
  sessions: openSessions(prisma, road.keys),
  onInstall: async (shop, graphql) => {
    // Before Shopify is asked: a late app/uninstalled of the installation before shall find that the shop is back.
    await install(road.db, shop, null, road.clock());
    await forAWhile(setUp(road, shop, { graphql, endpoint: `${env.appUrl}/pixel` }));
  },
  fetch: sandbox?.answerShopify,
});
const door = openDoor({
  receive: openReceiver(doorDb),
  secrets: [env.SHOPIFY_API_SECRET ?? SANDBOX_SECRET, env.SHOPIFY_API_SECRET_OLD].filter(
    (secret) => secret !== undefined,
  ),
  ring: ringer.ring,
  answered: metrics.answered,
  failed: (error) => log.error({ err: error }, "a webhook was not committed; Shopify sends it again"),
});
// By the pages' connections: strangers who post here take none of the webhooks'.
const ceiling = openCeiling(road.db, road.clock, (error) =>
  log.error({ err: error }, "what the pixel's door refused was not counted"),
);
const pixel = openPixelDoor({
  db: road.db,
  receive: openReceiver(road.db),
  ceiling,
  ring: ringer.ring,
  answered: metrics.pixelAnswered,
  failed: (error) => log.error({ err: error }, "a post of the web pixel was not committed"),
});

const pages = express().disable("x-powered-by");
pages.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
pages.get("/readyz", async (request, response) => {
  const state = await readiness(road.db, migrations);
  response.status(state.ready ? 200 : 503).json(sight(request) === "open" ? state : { ready: state.ready });
});
pages.get("/metrics", async (request, response, next) => {
  const sees = sight(request);
  if (sees === "shut") return void response.sendStatus(404);
  if (sees === "refused") return void response.set("www-authenticate", "Bearer").sendStatus(401);
  await metrics.text().then((text) => response.type("text/plain; version=0.0.4; charset=utf-8").send(text), next);
});
if (sandbox) pages.use(sandbox.openSandbox(env));
pages.use(compression());
pages.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }));
pages.use(express.static("build/client", { maxAge: "1h" }));
const build = (await import(new URL("../build/server/index.js", import.meta.url).href)) as ServerBuild;
const context = { road, shopify, env } as AppLoadContext;
pages.all("*", createRequestHandler({ build, mode: "production", getLoadContext: () => context }));
pages.use(faultPage);

/** A page waits for Shopify so long and no longer; what is not there then goes on by itself, and the upkeep looks after it. */
function forAWhile(work: Promise<void>): Promise<void> {
  const goesOn = work.catch((error: unknown) => {
    if (error instanceof Response) throw error; // the token has ended
    log.error({ err: error }, "a shop could not be set up; the upkeep tries again");
  });
  goesOn.catch(() => {}); // heard of below, or too late
  return Promise.race([goesOn, sleep(SET_UP_MS, undefined, { ref: false })]);
}

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
  await ceiling.close();
  await Promise.allSettled([opened.close(), doorDb.end(), prisma.$disconnect()]);
});
