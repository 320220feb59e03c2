// A delivery of several messages: it is done when all of them are, and what the vendor has of it is not sent again.
import { afterEach, expect, test } from "vitest";
import { customer } from "../support/payloads.ts";
import { MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

test("a customer whose address ShopiMind could not take yet is done when it could, and is sent once", async () => {
  trip = await openTrade(["shopimind"]);
  const sent: string[] = [];
  let fails = true;
  trip.road.fetch = async (url, init) => {
    const { pathname } = new URL(String(url));
    const part = /addresses/.test(pathname) ? "address" : "customer";
    if (init?.method !== "POST" || !/customers/.test(pathname)) return fetch(url, init);
    sent.push(part);
    return part === "address" && fails ? new Response("", { status: 503 }) : fetch(url, init);
  };
  await trip.hear("customers/create", customer());
  await trip.run();
  expect(sent).toContain("address");
  expect(await trip.states("shopimind")).toMatchObject([{ kind: "customer.saved", state: "due" }]);
  fails = false;
  for (let minute = 0; minute < 5; minute += 1) {
    trip.forward(MINUTE);
    await trip.run();
  }
  expect(await trip.states("shopimind")).toMatchObject([{ kind: "customer.saved", state: "delivered" }]);
  expect(sent.filter((part) => part === "customer")).toHaveLength(1);
});
