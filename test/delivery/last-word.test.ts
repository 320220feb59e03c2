// The last word on what is in doubt: once its time is over the vendor is asked, and asked again while it is away.
import { afterEach, describe, expect, test } from "vitest";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { findForgotten } from "../../app/delivery/upkeep/sweep.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { endDoubt, openDoubt } from "../support/doubt.ts";
import { HOUR, type Trade } from "../support/trade.ts";

let trip: Trade;
afterEach(() => trip.close());

describe("what is in doubt when its time is over", () => {
  test.each<[Slug, number]>([
    ["shopipixel", 26],
    ["prisjakt", 74],
    ["tolinku", 74],
    ["shopimind", 74],
  ])("is delivered where %s, back after a while, says that it has it; it is not sent again", async (slug, hours) => {
    trip = await openDoubt(slug, hours);
    expect(await trip.purchaseOf(slug)).toMatchObject([
      { state: "due", reason: expect.stringContaining("the vendor is asked whether it has it") },
    ]);
    const carried = trip.purchases(slug).map((one) => one.carried);
    await endDoubt(trip, slug);
    expect(await trip.purchaseOf(slug)).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases(slug).map((one) => one.carried)).toEqual(carried);
  });

  test.each<[Slug, number]>([
    ["shopipixel", 26],
    ["prisjakt", 74],
    ["tolinku", 74],
    ["shopimind", 74],
  ])("is expired where %s says that it does not have it", async (slug, hours) => {
    trip = await openDoubt(slug, hours, false);
    await endDoubt(trip, slug);
    expect(await trip.purchaseOf(slug)).toMatchObject([
      { state: "expired", reason: "the vendor does not have it, and the time to send it is over" },
    ]);
    expect(trip.purchases(slug)).toEqual([]);
  });

  test("is unknown once the vendor could not be asked for three days more", async () => {
    trip = await openDoubt("prisjakt", 72 + 71);
    expect(await trip.purchaseOf("prisjakt")).toMatchObject([{ state: "due" }]);
    await trip.runToTheEnd();
    expect(await trip.purchaseOf("prisjakt")).toMatchObject([
      { state: "unknown", reason: expect.stringContaining("may have arrived") },
    ]);
    expect(trip.purchases("prisjakt")).toMatchObject([{ counted: 1 }]);
  });

  test("waits in a pause without ringing anybody, and is asked about when the pause ends", async () => {
    trip = await openDoubt("tolinku", 1);
    const [connection] = await trip.road.db.query<{ id: string }>("SELECT id FROM connection");
    const id = connection?.id ?? "";
    await switchConnection(trip.road, SANDBOX_SHOP, id, "paused");
    trip.forward(72 * HOUR);
    expect((await findForgotten(trip.road)).lanes).toHaveLength(1);
    await trip.run();
    expect((await findForgotten(trip.road)).lanes).toEqual([]);
    await switchConnection(trip.road, SANDBOX_SHOP, id, "on");
    await endDoubt(trip, "tolinku");
    expect(await trip.purchaseOf("tolinku")).toMatchObject([{ state: "delivered" }]);
    expect(trip.purchases("tolinku")).toMatchObject([{ counted: 1 }]);
  });
});
