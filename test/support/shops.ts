// Shops that are connected to ShopiPixel alone: what the tests of its breaker begin with.
import { expect } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { install } from "../../app/shopify/install.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import type { TestRoad } from "./road.ts";

export const orderIn = (trip: TestRoad, shop: string) =>
  trip.hear("orders/create", orderCreated(newOrder({ at: trip.road.clock() })).payload, { shop });

/** So many of them, each with an order: shop-1.myshopify.com and so on. */
export async function openShops(trip: TestRoad, many: number): Promise<void> {
  for (let n = 1; n <= many; n += 1) {
    const shop = `shop-${n}.myshopify.com`;
    await install(trip.road.db, shop, null, trip.road.clock());
    const draft = { id: null, destination: "shopipixel", name: shop, settings: { apiKey: "sp_sandbox" }, rules: {} };
    expect((await saveConnection(trip.road, shop, draft)).ok).toBe(true);
    await orderIn(trip, shop);
  }
}

/** How often ShopiPixel was asked. */
export const requestsOf = async (trip: TestRoad) =>
  (
    await trip.road.db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM attempt WHERE destination = 'shopipixel'",
    )
  )[0]?.count;
