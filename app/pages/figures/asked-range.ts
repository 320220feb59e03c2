// The days that an address asks for, in the shop's zone, for the routes that fetch figures once a page is there.
import type { Road } from "../../delivery/road.ts";
import { shopFacts } from "../../delivery/shop-facts.ts";
import type { Range } from "../../destinations/destination.ts";
import { readRange } from "./range.ts";

/** @throws a Response 400 where they are no days, or too many. */
export async function askedRange(road: Road, shop: string, request: Request): Promise<Range & { timeZone: string }> {
  const { timeZone } = await shopFacts(road.db, shop);
  const { from, to, error } = readRange(new URL(request.url).searchParams, road.clock(), timeZone);
  if (error) throw new Response("There are no such days.", { status: 400 });
  return { from, to, timeZone };
}
