// The web process: webhooks and the pixel's posts at doors of their own, health and metrics, and the way to the pages' process.

import { readdirSync } from "node:fs";
import express from "express";
import { shareOut } from "./base/connections.ts";
import { openDatabase } from "./base/database.ts";
import { readEnv } from "./base/env.ts";
import { log } from "./base/log.ts";
import { openShutdown } from "./base/shutdown.ts";
import { openReceiver } from "./delivery/receive.ts";
import { destinations } from "./destinations/index.ts";
import { openSight } from "./doors/bearer.ts";
import { openCeiling } from "./doors/ceiling.ts";
import { openFront } from "./doors/front.ts";
import { readiness } from "./doors/health.ts";
import { openMetrics } from "./doors/metrics.ts";
import { openPagesDoor } from "./doors/pages.ts";
import { openPixelDoor } from "./doors/pixel.ts";
import { openDoor } from "./doors/webhooks.ts";
import { openBellThrottle } from "./programs/bell-throttle.ts";
import { takeDatabase } from "./programs/deed.ts";
import { openPages } from "./programs/pages.ts";
import { openBells } from "./programs/queue.ts";
import { SANDBOX_SECRET, SANDBOX_SHOP } from "./shopify/domain.ts";

const shutdown = openShutdown("web");
const env = readEnv(process.env);
const shares = shareOut("web", env.DATABASE_CONNECTIONS);
const prepare = env.DATABASE_PREPARE === "on";
// The door's own connections, opened first and kept: nobody else keeps a webhook waiting, and a slow database is told to Shopify in time.
const doorDb = openDatabase(env.DATABASE_URL, {
  ...{ size: shares.door, kept: true },
  ...{ timeout: 2_000, name: "switchyard door", prepare },
});
const db = openDatabase(env.DATABASE_URL, { size: shares.posts, name: "switchyard web", prepare });
await takeDatabase(db, env.sandbox);
// Their work is a process of its own, and webhooks are taken before it is up: it never keeps one waiting.
const pagesProcess = openPages(new URL("entry.pages.ts", import.meta.url), shutdown.signal);
let pagesWereUp = false;
void pagesProcess.first.then(() => {
  pagesWereUp = true;
});
const bells = await openBells({
  databaseUrl: env.DATABASE_URL,
  redisUrl: env.REDIS_URL,
  destinations: [], // the door rings for shops alone
  connections: shares.bells,
});
const metrics = openMetrics(
  db,
  destinations.map(({ slug }) => slug),
);
const sight = openSight(env);
const throttle = openBellThrottle(bells.bell.shop);
const migrations = readdirSync(new URL("../prisma/migrations", import.meta.url)).filter((name) => /^\d/.test(name));
const door = openDoor({
  receive: openReceiver(doorDb),
  secrets: [env.SHOPIFY_API_SECRET ?? SANDBOX_SECRET, env.SHOPIFY_API_SECRET_OLD].filter(
    (secret) => secret !== undefined,
  ),
  only: env.sandbox ? SANDBOX_SHOP : null,
  ring: throttle.ring,
  answered: metrics.answered,
  failed: (error) => log.error({ err: error }, "a webhook was not committed; Shopify sends it again"),
});
// By other connections: strangers who post here take none of the webhooks'.
const ceiling = openCeiling(
  db,
  () => new Date(),
  (error) => log.error({ err: error }, "what the pixel's door refused was not counted"),
);
const pixel = openPixelDoor({
  db,
  receive: openReceiver(db),
  ceiling,
  ring: throttle.ring,
  answered: metrics.pixelAnswered,
  failed: (error) => log.error({ err: error }, "a post of the web pixel was not committed"),
  now: () => performance.now(),
});

const pages = express().disable("x-powered-by");
pages.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
pages.get("/readyz", async (request, response) => {
  const state = await readiness(db, migrations, pagesWereUp);
  response.status(state.ready ? 200 : 503).json(sight(request) === "open" ? state : { ready: state.ready });
});
pages.get("/metrics", async (request, response, next) => {
  const sees = sight(request);
  if (sees === "shut") return void response.sendStatus(404);
  if (sees === "refused") return void response.set("www-authenticate", "Bearer").sendStatus(401);
  await metrics.text().then((text) => response.type("text/plain; version=0.0.4; charset=utf-8").send(text), next);
});
const page = openPagesDoor({
  socket: pagesProcess.socket,
  origin: env.appUrl,
  failed: (error) => log.error({ err: error }, "the pages broke off before they answered"),
});
pages.use((request, response) => void page(request, response));

const server = openFront({
  webhooks: door,
  pixel,
  rest: pages,
  failed: (error) => log.error({ err: error }, "the door failed"),
});
server.on("error", (error: NodeJS.ErrnoException) => {
  const says = error.code === "EADDRINUSE" ? `PORT ${env.PORT} is taken by another program` : error.message;
  log.fatal(says);
  process.exit(1);
});
server.listen(env.PORT, () => log.info({ port: env.PORT }, "the web is ready"));

shutdown.onEnd(async () => {
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3_000).unref();
  await new Promise((resolve) => server.once("close", resolve));
  await Promise.allSettled([pagesProcess.close(), throttle.close(), ceiling.close()]);
  await Promise.allSettled([bells.close(), db.end(), doorDb.end()]);
});
