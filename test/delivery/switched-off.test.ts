// What was sent and not answered when its connection ends: it may have arrived, and is not called rightly skipped.

import { afterEach, expect, test } from "vitest";
import { NothingLeft } from "../../app/base/way-out.ts";
import { disconnectConnection, switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

const idOf = async () => (await trip.road.db.query<{ id: string }>("SELECT id FROM connection"))[0]?.id ?? "";
const ENDS: [string, () => Promise<unknown>][] = [
  ["is switched off", async () => switchConnection(trip.road, SANDBOX_SHOP, await idOf(), "off")],
  ["is disconnected", async () => disconnectConnection(trip.road, SANDBOX_SHOP, await idOf())],
  [
    "goes with its shop",
    async () => {
      await trip.hear("app/uninstalled", { myshopify_domain: SANDBOX_SHOP });
      await trip.run();
    },
  ],
];

test.each(
  ENDS,
)("a purchase in doubt is unknown when its connection %s, one that was never sent is skipped", async (_how, end) => {
  trip = await openTrade(["tolinku"]);
  trip.vendors.misbehave("tolinku", "lost", 1);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await end();
  expect((await trip.purchaseOf("tolinku")).map(({ state }) => state)).toEqual(["unknown", "skipped"]);
});

test.each(
  ENDS,
)("a request that is under way while its connection %s is answered, and what came back is written down", async (_how, end) => {
  trip = await openTrade(["tolinku"]);
  const outcomes: string[] = [];
  for (const answer of ["delivered", "lost", "refused connection"]) {
    if (outcomes.length > 0) await trip.close();
    trip = await openTrade(["tolinku"]);
    trip.road.fetch = async (url, init) => {
      await end();
      if (answer === "refused connection")
        throw new NothingLeft("no", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
      const response = await fetch(url, init);
      if (answer === "lost") throw new TypeError("no", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
      return response;
    };
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    outcomes.push((await trip.purchaseOf("tolinku"))[0]?.state ?? "");
  }
  expect(outcomes).toEqual(["delivered", "unknown", "skipped"]);
});
