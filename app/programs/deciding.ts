// The worker's eye on what people decided for very many deliveries at once: it goes on where it was left.
import { goOnDeciding } from "../delivery/ledger/decide.ts";
import type { Road } from "../delivery/road.ts";

const LOOK_MS = 1_000;

interface Options {
  signal: AbortSignal;
  failed: (error: Error) => void;
}

/** @returns what ends it, after the step in hand. */
export function openDeciding(road: Road, { signal, failed }: Options): () => Promise<void> {
  let at: Promise<unknown> | null = null;
  const looking = setInterval(() => {
    at ??= goOnDeciding(road, signal)
      .catch((error: Error) => {
        if (!signal.aborted) failed(error);
      })
      .finally(() => {
        at = null;
      });
  }, LOOK_MS);
  return async () => {
    clearInterval(looking);
    await at;
  };
}
