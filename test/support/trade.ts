// A road to some of the vendors, and orders to go along it: what the tests of windows, outages and refunds begin with.
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newClickId, newOrder, type Order, orderCreated, type Webhook } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import type { TestDatabase } from "./database.ts";
import { openTestRoad, type TestRoad } from "./road.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Trade extends TestRoad {
  /** Commits a webhook as the sandbox's shop makes it. */
  take(webhook: Webhook): Promise<void>;
  /** An order with a click id; placed now, by the road's clock. */
  order(): Order;
  /** Takes a new order, and books what is owed for it. */
  book(): Promise<void>;
  /** Of the only lane. */
  laneId(): Promise<string>;
  /** The purchases that the vendor has. */
  purchases(slug: Slug): ReturnType<TestRoad["vendors"]["ledger"]>["entries"];
  /** What became of the deliveries that tell the vendor of an order. */
  purchaseOf(slug: Slug): ReturnType<TestRoad["states"]>;
}

const PURCHASE = ["purchase", "Purchase", "orders", "purchase-complete"];

/** @param given a database to use in place of a fresh one. @param how see openTestRoad. */
export async function openTrade(
  slugs: readonly Slug[],
  change: Partial<Road> = {},
  given?: TestDatabase,
  how?: Parameters<typeof openTestRoad>[2],
): Promise<Trade> {
  const chosen = destinations.filter(({ slug }) => slugs.includes(slug as Slug));
  const trip = await openTestRoad({ destinations: chosen, ...change }, given, how);
  const take = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
  const order = () => newOrder({ clickId: newClickId(), at: trip.road.clock() });
  return {
    ...trip,
    take,
    order,
    book: async () => {
      await take(orderCreated(order()));
      await normalize(trip.road, SANDBOX_SHOP);
    },
    laneId: async () => {
      const [lane] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
      return lane?.id ?? "";
    },
    purchases: (slug) => trip.vendors.ledger(slug).entries.filter(({ kind }) => PURCHASE.includes(kind)),
    purchaseOf: async (slug) =>
      (await trip.states(slug)).filter(({ kind }) => kind === "order.placed" || kind === "order.updated"),
  };
}
