// The pages' process: the embedded pages through Remix, and the sandbox's, on a socket that only the web process knows.
import { readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler } from "express";
import { shareOut } from "./base/connections.ts";
import { readEnv } from "./base/env.ts";
import { log } from "./base/log.ts";
import { openShutdown } from "./base/shutdown.ts";
import { keptAs } from "./delivery/identity/names.ts";
import { openRoad } from "./programs/open-road.ts";
import { openAsk } from "./shopify/asking.ts";
import { install } from "./shopify/install.ts";
import { openSeen } from "./shopify/seen.ts";
import { openSessions } from "./shopify/sessions.ts";
import { setUp } from "./shopify/set-up.ts";
import { openShopify } from "./shopify/shopify.server.ts";

const BEAT_MS = 2_000;
/** Of 19: webhooks go first where there is too little of the processor for both. */
const NICENESS = 10;
const SET_UP_MS = 4_000;

const shutdown = openShutdown("pages");
giveWay();
const env = readEnv(process.env);
const shares = shareOut("web", env.DATABASE_CONNECTIONS);
const { road, close } = await openRoad(env, {
  role: "web",
  shares: { road: shares.pages, bells: shares.pagesBells },
});
const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: shares.sessions }),
});
const sandbox = env.sandbox ? await import("../sandbox/door.ts") : null;
const shopify = openShopify({
  env,
  db: road.db,
  sessions: openSessions(prisma, road.keys),
  onInstall: async (domain, graphql) => {
    const shop = await keptAs(road.db, domain);
    // Before Shopify is asked: a late app/uninstalled of the installation before shall find that the shop is back.
    await install(road.db, shop, null, road.clock());
    const ask = openAsk(road, shop, async () => graphql);
    await forAWhile(setUp(road, shop, { ask, domain, endpoint: `${env.appUrl}/pixel` }));
  },
  onSeen: openSeen(road.db, road.clock),
  fetch: sandbox?.answerShopify,
});

const pages = express().disable("x-powered-by");
if (sandbox) pages.use(sandbox.openSandbox(env));
pages.use(compression());
pages.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }));
pages.use(express.static("build/client", { maxAge: "1h" }));
const build = (await import(new URL("../build/server/index.js", import.meta.url).href)) as ServerBuild;
const context = { road, shopify, env } as AppLoadContext;
pages.all("*", (_request, response, next) => {
  response.set("cache-control", "no-store"); // what is of a person or a shop stays in no cache
  next();
});
pages.all("*", createRequestHandler({ build, mode: "production", getLoadContext: () => context }));
const failed: ErrorRequestHandler = (error: Error & { status?: number }, request, response, next) => {
  const status = error.status ?? 500;
  if (status >= 500) log.error({ err: error, path: request.path }, "a page failed");
  if (response.headersSent) return next(error);
  response.status(status).type("text");
  response.send(status === 404 ? "There is no such page." : status < 500 ? "This cannot be read." : "The page failed.");
};
pages.use(failed);

if (sandbox) await sandbox.seedSandbox(road);
const server = createServer(pages);
// The web process keeps these connections, and watches over the time that a request takes.
Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
server.listen(process.env.PAGES_SOCKET, () => process.send?.("ready"));
const beating = setInterval(() => process.send?.("alive"), BEAT_MS);

shutdown.onEnd(async () => {
  clearInterval(beating);
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await new Promise((resolve) => server.once("close", resolve));
  await Promise.allSettled([close(), prisma.$disconnect()]);
});

/** A page waits for Shopify so long and no longer; what is not there then goes on by itself, and the upkeep looks after it. */
function forAWhile(work: Promise<void>): Promise<void> {
  const goesOn = work.catch((error: unknown) => {
    if (error instanceof Response) throw error; // the token has ended
    log.error({ err: error }, "a shop could not be set up; the upkeep tries again");
  });
  goesOn.catch(() => {}); // heard of below, or too late
  return Promise.race([goesOn, sleep(SET_UP_MS, undefined, { ref: false })]);
}

/** On Linux a priority is a thread's own, V8 has some from the start, and where sessions share the processor it counts within one only. */
function giveWay(): void {
  let threads = [process.pid]; // elsewhere it is the whole process's
  try {
    threads = readdirSync("/proc/self/task").map(Number);
    writeFileSync("/proc/self/autogroup", String(NICENESS));
  } catch {
    // no such files: there is nothing of it to set
  }
  for (const thread of threads) setPriority(thread, NICENESS);
}
