// A worker's eye on the backfills: it looks for one that has something to do, and works at one at a time.
import type { Road } from "../../delivery/road.ts";
import { tendBackfill, type Way } from "./run.ts";
import { isAny } from "./view.ts";

const LOOK_MS = 500;

interface Options {
  signal: AbortSignal;
  failed: (error: Error) => void;
}

/** @param way opened when there is a backfill: most workers never ask Shopify. @returns what ends it, after the step in hand. */
export function openTending(road: Road, way: () => Promise<Way>, { signal, failed }: Options): () => Promise<void> {
  let at: Promise<void> | null = null;
  const work = async () => {
    try {
      if (!(await isAny(road))) return;
      const open = await way();
      while (!signal.aborted && (await tendBackfill(road, open, signal)));
    } catch (error) {
      if (!signal.aborted) failed(error as Error);
    }
  };
  const looking = setInterval(() => {
    at ??= work().finally(() => {
      at = null;
    });
  }, LOOK_MS);
  return async () => {
    clearInterval(looking);
    await at;
  };
}
