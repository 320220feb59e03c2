// An order whose answer was lost, at a vendor that is away from then on.
import { expect } from "vitest";
import { orderCreated } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { HOUR, openTrade, type Trade } from "./trade.ts";

const TOLD = { shopipixel: "/events", alana: "/events", prisjakt: "/events", tolinku: "/batch", shopimind: "/orders" };

/** The answer to the next request that tells of the order is lost; what the vendor must know before is not. @param done the vendor did its work. */
export function loseAnswer({ road }: Trade, slug: Slug, done = true): void {
  road.fetch = async (url, init) => {
    if (init?.method !== "POST" || !String(url).endsWith(TOLD[slug])) return fetch(url, init);
    if (done) await fetch(url, init);
    road.fetch = fetch;
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
  };
}

/** @param happened the vendor did its work. @param hours for so long it is away. */
export async function openDoubt(slug: Slug, hours: number, happened = true): Promise<Trade> {
  const trip = await openTrade([slug]);
  loseAnswer(trip, slug, happened);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  expect(trip.purchases(slug)).toHaveLength(happened ? 1 : 0);
  trip.vendors.misbehave(slug, "500");
  for (let hour = 0; hour < hours; hour += 1) {
    trip.forward(HOUR);
    await trip.run();
  }
  return trip;
}

/** The vendor is back, and all that waits is worked off. */
export async function endDoubt(trip: Trade, slug: Slug): Promise<void> {
  trip.vendors.misbehave(slug, null);
  await trip.runToTheEnd();
}
