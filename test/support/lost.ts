// A shop of which some webhooks never came, and the looks for them: the stand-in for Shopify, the app's way to ask it, and a road to all five vendors.
import { expect } from "vitest";
import { openReceiver } from "../../app/delivery/receive.ts";
import { found } from "../../app/shopify/found/found.ts";
import { GRACE_MS, look } from "../../app/shopify/found/look.ts";
import { askForLook, takeLook } from "../../app/shopify/found/marks.ts";
import { newClickId, newOrder, type Order, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openAsking } from "./asking.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export async function openLost() {
  const asking = await openAsking();
  const { shopify, trip, road, forward } = asking;
  const { db } = trip.database;
  const never = new AbortController().signal;
  const order = (at = road.clock()): Order => newOrder({ clickId: newClickId(), at });
  /** It happened in the shop, and Shopify tells it. */
  async function told(one: Order): Promise<void> {
    const { topic, payload } = orderCreated(one);
    shopify.tellings.happen(topic, payload);
    await trip.hear(topic, payload);
  }
  /** It happened in the shop, and no webhook comes. */
  const withheld = (one: Order) => void shopify.tellings.happen("orders/create", orderCreated(one).payload);

  /** As the worker does when the merchant asks for it, once the grace is over. */
  async function looks({
    wait = GRACE_MS + MINUTE,
    ask = asking.asker({ leave: 0.5, patience: 60_000 }),
    signal = never,
    run = trip.run,
  } = {}) {
    forward(wait);
    await askForLook(db, SANDBOX_SHOP, road.clock());
    await db.query("UPDATE reconciliation SET busy_until = NULL");
    const shop = await takeLook(db, road.clock());
    expect(shop).toBe(SANDBOX_SHOP);
    await look({ road, shop: SANDBOX_SHOP, ask, receive: openReceiver(db), signal });
    await run();
  }
  const foundOrders = async () =>
    (await found(road, SANDBOX_SHOP)).latest.filter(({ subject }) => subject.startsWith("order:"));
  /** Nothing was lost yet. */
  async function anew(): Promise<void> {
    for (const all of ["orders", "customers"] as const) shopify.memory[all].clear();
    await db.query("DELETE FROM webhook WHERE origin = 'reconciliation'");
    await db.query("UPDATE reconciliation_mark SET since = $1, until = NULL, cursor = NULL, untold_at = NULL", [
      road.clock(),
    ]);
    await db.query("UPDATE reconciliation SET reason_code = NULL, reason_values = NULL, began_at = NULL");
    forward(30 * MINUTE);
    await asking.ends();
  }

  return { asking, shopify, trip, road, forward, db, order, told, withheld, looks, foundOrders, anew };
}
