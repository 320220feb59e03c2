// The worker's looks for what Shopify did not tell: one shop after the other, whenever one's turn has come.
import { openReceiver } from "../delivery/receive.ts";
import type { Road } from "../delivery/road.ts";
import type { Ask } from "../shopify/asking.ts";
import { look } from "../shopify/found/look.ts";
import { takeLook } from "../shopify/found/marks.ts";

const EVERY_MS = 3_000;

export interface Looks {
  road: Road;
  askOf: (shop: string) => Promise<Ask>;
  signal: AbortSignal;
  failed: (error: unknown) => void;
}

/** @returns ends when the one in hand is left where it is. */
export function openLooks({ road, askOf, signal, failed }: Looks): () => Promise<void> {
  const receive = openReceiver(road.db);
  let underWay: Promise<void> | null = null;
  async function round(): Promise<void> {
    for (let shop = await take(); shop; shop = await take())
      await look({ ...{ road, shop, receive, signal }, ask: await askOf(shop) });
  }
  const take = async () => (signal.aborted ? null : takeLook(road.db, road.clock()));
  const looking = setInterval(() => {
    underWay ??= round()
      .catch(failed)
      .finally(() => {
        underWay = null;
      });
  }, EVERY_MS);
  return async () => {
    clearInterval(looking);
    await underWay;
  };
}
