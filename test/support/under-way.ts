// Counts a road's requests, and how many of them are under way at once.
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";

/** So many requests leave for Prisjakt side by side. */
export const WIDTH = destinations.find(({ slug }) => slug === "prisjakt")?.channels.purchase?.width ?? 1;

/** Counts the requests that are under way at once; `answers` may answer in the vendor's place, by the request's number. */
export function watch(
  road: Road,
  answers: (request: number) => Response | null | Promise<Response | null> = () => null,
) {
  const seen = { requests: 0, now: 0, most: 0 };
  road.fetch = async (url, init) => {
    seen.requests += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    try {
      return (await answers(seen.requests)) ?? (await fetch(url, init));
    } finally {
      seen.now -= 1;
    }
  };
  return seen;
}
