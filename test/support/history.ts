// A shop with a history that the app was never told of, and a backfill of it that the test drives by hand.

import type { Told } from "../../app/base/reason.ts";
import { startBackfill, type Wish } from "../../app/shopify/backfill/plan.ts";
import { tendBackfill } from "../../app/shopify/backfill/run.ts";
import { type BackfillView, backfills } from "../../app/shopify/backfill/view.ts";
import type { Order } from "../../sandbox/shop.ts";
import { towards } from "../../sandbox/shopify/way.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { asTold } from "../support/told.ts";
import { type Asking, openAsking } from "./asking.ts";
import { rememberPast } from "./past.ts";

const DAY = 86_400_000;
const never = new AbortController().signal;

type View = Told<BackfillView>;
export interface Past extends Asking {
  /** Orders of so many different customers, the last one a minute before `ago`; the first `refunded` of them were paid back in part. */
  happened(orders: number, options?: { customers?: number; ago?: number; refunded?: number }): Order[];
  connection(slug: string): Promise<string>;
  /** @returns the sentence against it, or its id. */
  begin(slug: string, wish?: Partial<Wish>): Promise<Told<Awaited<ReturnType<typeof startBackfill>>>>;
  /** As a worker's tick. @param change what is different in this worker. */
  tick(change?: object): Promise<boolean>;
  /** Ticks and works everything off until nothing is left to do, or `most` turns are over. */
  work(until?: (view: View | undefined) => boolean): Promise<View | undefined>;
  view(slug: string): Promise<View | undefined>;
}

export async function openPast(): Promise<Past> {
  const asking = await openAsking();
  const { shopify, trip, road } = asking;
  const connection = async (slug: string) => {
    const [row] = await trip.database.db.query<{ id: string }>("SELECT id FROM connection WHERE destination = $1", [
      slug,
    ]);
    return row?.id ?? "";
  };
  let last = "";
  const view = async (slug: string) => asTold(await backfills(road, SANDBOX_SHOP, await connection(slug)))[0];
  const way = { askOf: () => asking.ask, file: towards(shopify.url) };
  const tick = (change: object = {}) => tendBackfill({ ...road, ...change }, way, never);
  return {
    ...asking,
    connection,
    view,
    tick,
    happened(orders, { customers = 10, ago = DAY, refunded = 0 } = {}) {
      const end = new Date(road.clock().getTime() - ago);
      return rememberPast(shopify.memory, { orders, customers, end, refunded });
    },
    async begin(slug, wish = {}) {
      last = slug;
      const asked = { what: ["customers", "orders"], from: "2025-01-01", to: "2099-01-01", confirmed: true, ...wish };
      return asTold(await startBackfill(road, SANDBOX_SHOP, await connection(slug), asked, asking.ask));
    },
    async work(until = (one) => one?.endedAt !== null) {
      for (let turn = 0; turn < 500; turn += 1) {
        const now = await view(last);
        if (until(now)) return now;
        while (await tick());
        await trip.run();
        asking.forward(1_000);
      }
      throw new Error(`the backfill is not over: ${JSON.stringify(await view(last))}`);
    },
  };
}
