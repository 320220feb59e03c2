// A worker's turn with a shop: its webhooks until none is left, its time is over, or somebody else is at it.
import { normalize } from "../delivery/normalize/normalize.ts";
import type { Road } from "../delivery/road.ts";
import type { Bells } from "./queue.ts";

const TURN_MS = 2_000;

/** It never waits: the slot that it holds is one of few, and other shops wait for it. */
export async function takeTurn(
  road: Road,
  bells: Pick<Bells, "shopSoon">,
  shop: string,
  signal: AbortSignal,
): Promise<void> {
  const until = road.timer.elapsed() + TURN_MS;
  for (;;) {
    const state = await normalize(road, shop);
    if (state === "done" || signal.aborted) return;
    if (state === "busy") return bells.shopSoon(shop);
    if (road.timer.elapsed() > until) return road.bell.shop(shop);
  }
}
