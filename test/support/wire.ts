// Listens on the wire to the vendors: what each was told, word for word, and as if each had its own address.
import { parse } from "lossless-json";
import type { Road } from "../../app/delivery/road.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import type { TestRoad } from "./road.ts";

/** @returns the bodies that a vendor was sent; numbers as they were written. */
export function listen(trip: TestRoad): (slug: Slug) => unknown[] {
  const heard: { slug: string; body: unknown }[] = [];
  const send = trip.road.fetch;
  trip.road.fetch = (async (input, init) => {
    const slug = new URL(String(input)).pathname.split("/")[1] ?? "";
    const body =
      typeof init?.body === "string" ? parse(init.body, undefined, { parseNumber: (text) => `${text}` }) : null;
    if (init?.method !== "GET") heard.push({ slug, body });
    return send(input, init);
  }) as Road["fetch"];
  return (slug) => heard.filter((one) => one.slug === slug).map(({ body }) => body);
}

/** The road as it is outside of the sandbox, where consent is not taken as given; the vendors stay the test's. */
export function leaveSandbox(trip: TestRoad): void {
  const { road, vendors } = trip;
  const hosts: Record<string, Slug> = {
    "app.shopipixel.de": "shopipixel",
    "alana.shopping": "alana",
    "core.shopimind.com": "shopimind",
    "sandbox.tolinku.example": "tolinku",
  };
  const send = road.fetch;
  road.sandbox = null;
  road.fetch = ((input, init) => {
    const { host, pathname, search } = new URL(String(input));
    return send(
      `${vendors.url}/${hosts[host] ?? "prisjakt"}${pathname.replace(/^\/click-conversion/, "")}${search}`,
      init,
    );
  }) as Road["fetch"];
}
