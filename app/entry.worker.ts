// The worker process: answers the bells, sweeps for what has none, and ends cleanly with the request in hand.

import { shareOut } from "./base/connections.ts";
import { readEnv } from "./base/env.ts";
import { log } from "./base/log.ts";
import { fetchOutward } from "./base/outward.ts";
import { openShutdown } from "./base/shutdown.ts";
import { openMail } from "./delivery/alerts/mail.ts";
import { openBeat } from "./delivery/beat.ts";
import { deliver } from "./delivery/deliver/deliver.ts";
import { findForgotten } from "./delivery/upkeep/sweep.ts";
import { UPKEEP_MS, upkeep } from "./delivery/upkeep/upkeep.ts";
import { openTellings } from "./pages/texts/in-worker.ts";
import { openDeciding } from "./programs/deciding.ts";
import { shareSlots } from "./programs/fair-slots.ts";
import { openLooks } from "./programs/looks.ts";
import { openRoad } from "./programs/open-road.ts";
import { openOwnLanes } from "./programs/own-lanes.ts";
import { takeTurn } from "./programs/shop-turn.ts";
import { openTending } from "./shopify/backfill/tending.ts";
import { planLooks } from "./shopify/found/marks.ts";
import type { Offline } from "./shopify/offline.ts";
import { setUpWhatIsMissing } from "./shopify/set-up.ts";

const SWEEP_MS = 2_000;
/** Jobs of one queue at a time. */
const CONCURRENCY = 8;
/** Of these, for one shop. */
const SHARE = 3;
const QUIET_MS = 5_000;

const shutdown = openShutdown("worker");
const env = readEnv(process.env);
let shopify: Promise<Offline> | null = null;
const shares = shareOut("worker", env.DATABASE_CONNECTIONS);
const opened = await openRoad(env, {
  role: "worker",
  shares,
  askProducts: async (...question) => asked("about products", ({ products }) => products(...question)),
  // The sandbox's own stand-in knows of no leaving: there the webhook is believed.
  askInstalled: env.sandbox
    ? null
    : async (shop) => (await asked("whether a shop is still there", ({ installed }) => installed(shop))) ?? "unknown",
});

const { bells } = opened;
const failed = onceInAWhile((error) => log.error({ err: error }, "a job failed; the sweep rings again"));
const lanes = openOwnLanes({
  run: shareSlots(opened.road, SHARE, (connectionId) => deliver(road, connectionId, shutdown.signal)),
  places: CONCURRENCY,
  elsewhere: bells.bell.lanes,
  failed,
});
// What is woken here runs here: the queue is between processes.
const road = { ...opened.road, bell: { shop: bells.bell.shop, lanes: lanes.ring } };
bells.answer({
  ...{ concurrency: CONCURRENCY, failed },
  lane: lanes.run,
  shop: (shop) => takeTurn(road, bells, shop, shutdown.signal),
});

/** Shopify's library is loaded at the first question: most workers never ask one. */
function offline(): Promise<Offline> {
  shopify ??= openOffline();
  return shopify;
}
async function openOffline(): Promise<Offline> {
  const library = await import("./shopify/offline.ts");
  const toShopify = env.sandbox ? (await import("../sandbox/shopify/way.ts")).answerShopify : fetch;
  return library.openOffline({ env, road, keys: road.keys, connections: shares.sessions, fetch: toShopify });
}

async function asked<T>(what: string, question: (shopify: Offline) => Promise<T>): Promise<T | null> {
  try {
    return await question(await offline());
  } catch (error) {
    log.error({ err: error }, `Shopify could not be asked ${what}; it is asked again in a minute`);
    return null;
  }
}

/** While the database is away every queue says so again and again. */
function onceInAWhile(say: (error: Error) => void): (error: Error) => void {
  let last = { message: "", at: Number.NEGATIVE_INFINITY };
  return (error) => {
    if (error.message === last.message && performance.now() - last.at < QUIET_MS) return;
    last = { message: error.message, at: performance.now() };
    say(error);
  };
}

async function sweep(): Promise<void> {
  try {
    const { shops, lanes } = await findForgotten(road);
    await bells.ringAnew(shops, lanes);
  } catch (error) {
    log.error({ err: error }, "the sweep failed; it goes on");
  }
}
let swept: Promise<void> | null = null;
const sweeping = setInterval(() => {
  swept ??= sweep().finally(() => {
    swept = null;
  });
}, SWEEP_MS);

/** It gives way to whoever waits for an answer. */
const UNHURRIED = { patience: 20_000, leave: 0.5 };
const stopLooks = openLooks({
  road,
  askOf: async (shop) => (await offline()).askOf(shop, UNHURRIED),
  signal: shutdown.signal,
  failed: (error) => log.error({ err: error }, "a look for what Shopify did not tell failed; it goes on where it was"),
});
const more = {
  "plan of looks": async () => void (await planLooks(road.db, road.clock())),
  "what shops lack": () =>
    setUpWhatIsMissing(
      road,
      `${env.appUrl}/pixel`,
      (shop) =>
        async (...question) =>
          (await offline()).askOf(shop)(...question),
    ),
};
const mail = openMail(env);
const tellIn = openTellings(road);
let tending: Promise<void> | null = null;
async function tend(): Promise<void> {
  try {
    const round = await upkeep(road, { post: fetchOutward, mail, tellIn, signal: shutdown.signal, more });
    if (!round || shutdown.signal.aborted) return;
    for (const { part, error } of round.failures)
      log.error({ err: error, part }, "a part of the upkeep failed; it is tried again in a minute");
  } catch (error) {
    if (!shutdown.signal.aborted) log.error({ err: error }, "the upkeep failed; it goes on in a minute");
  }
}
const upkeeping = setInterval(() => {
  tending ??= tend().finally(() => {
    tending = null;
  });
}, UPKEEP_MS);
const stopBackfills = openTending(road, offline, {
  signal: shutdown.signal,
  failed: onceInAWhile((error) => log.error({ err: error }, "a step of a backfill failed; it is tried again")),
});
const stopDeciding = openDeciding(road, {
  signal: shutdown.signal,
  failed: onceInAWhile((error) => log.error({ err: error }, "a step of a decision failed; it is tried again")),
});
const stopBeat = openBeat(
  road.db,
  onceInAWhile((error) => log.error({ err: error }, "the worker's beat was not written")),
);
log.info("the worker is ready");

shutdown.onEnd(async () => {
  clearInterval(sweeping);
  clearInterval(upkeeping);
  await Promise.all([swept, tending, stopLooks(), stopBackfills(), stopDeciding()]);
  await stopBeat().catch((error: unknown) => log.error({ err: error }, "the worker's beat was not taken back"));
  await lanes.close();
  await opened.close();
});
