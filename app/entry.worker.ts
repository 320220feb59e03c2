// The worker process: answers the bells, sweeps for what has none, and ends cleanly with the request in hand.
import { deliver } from "./delivery/deliver.ts";
import { normalize } from "./delivery/normalize.ts";
import { findForgotten } from "./delivery/sweep.ts";
import { readEnv } from "./env.server.ts";
import { log } from "./log.server.ts";
import { openRoad } from "./road.server.ts";

const SWEEP_MS = 2_000;
/** Jobs of one queue at a time. */
const CONCURRENCY = 8;
const TURN_MS = 10_000;

const env = readEnv(process.env);
const { road, tower, close } = await openRoad(env, "worker", 24);
const ending = new AbortController();

tower.answer({
  concurrency: CONCURRENCY,
  lane: async (connectionId) => void (await deliver(road, connectionId, ending.signal)),
  shop: normalizeAll,
  failed: (error) => log.error({ err: error }, "a job failed; the sweep rings again"),
});

/** A shop's webhooks until none is left, or its turn is over and it goes to the back of the queue. */
async function normalizeAll(shop: string): Promise<void> {
  const until = performance.now() + TURN_MS;
  for (;;) {
    const state = await normalize(road, shop);
    if (state === "done" || ending.signal.aborted) return;
    if (performance.now() > until) return road.bell.shop(shop);
    if (state === "busy") await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function sweep(): Promise<void> {
  try {
    const { shops, lanes } = await findForgotten(road);
    await tower.ringAnew(shops, lanes);
  } catch (error) {
    log.error({ err: error }, "the sweep failed; it goes on");
  }
}
const sweeping = setInterval(() => void sweep(), SWEEP_MS);
log.info("the worker is ready");

async function end(why: string): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  clearInterval(sweeping);
  log.info({ why }, "the worker ends");
  await close().catch((error: unknown) => log.error({ err: error }, "the worker did not end cleanly"));
  process.exit(0);
}
process.on("SIGTERM", () => void end("SIGTERM"));
process.on("SIGINT", () => void end("SIGINT"));
// The launcher is gone.
process.on("disconnect", () => void end("the launcher ended"));
