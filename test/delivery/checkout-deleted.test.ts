// A checkout that is no more, or has nothing in it, was not left: nobody is reminded of it, and nothing of a deleted one is kept.
import { afterEach, beforeEach, expect, test } from "vitest";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { checkoutCreated, newBasket, newCheckoutToken, someBuyer } from "../../sandbox/shop.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const tend = () => upkeep(trip.road, { post: fetch, signal: new AbortController().signal });

test.each<[string, (payload: object) => object]>([
  [
    "by its id alone, as Shopify tells it",
    (payload) => ({ id: (payload as { id: unknown }).id, total_price: "29.90" }),
  ],
  ["by its token", (payload) => ({ token: (payload as { token: unknown }).token })],
])("a checkout that was deleted, told %s, was not left, and nothing of it is kept, whichever webhook comes first", async (_, told) => {
  for (const first of ["checkouts/create", "checkouts/delete"]) {
    const at = trip.road.clock();
    const made = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), at).payload;
    const payload = { ...(made as object), id: 3_300_000 + at.getTime() };
    const sent = [
      { topic: "checkouts/create", body: payload },
      { topic: "checkouts/delete", body: told(payload) },
    ];
    for (const { topic, body } of first === "checkouts/create" ? sent : sent.toReversed()) {
      await trip.hear(topic, body);
      await trip.run();
    }
    await trip.hear("checkouts/update", {
      ...payload,
      updated_at: new Date(at.getTime() + MINUTE).toISOString(),
    });
    await trip.run();
    trip.forward(5 * HOUR);
    expect(await tend(), first).toMatchObject({ abandoned: 0 });
    const kept = await trip.road.db.query("SELECT data FROM snapshot WHERE kind = 'checkout'");
    expect(JSON.stringify(kept), first).not.toContain("@");
  }
});

test("the deletion that still waits to be read ends the wait, too", async () => {
  const { payload } = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), trip.road.clock());
  await trip.hear("checkouts/create", { ...(payload as object), id: 3301 });
  await trip.run();
  trip.forward(5 * HOUR);
  await trip.hear("checkouts/delete", { id: 3301 });
  expect(await tend()).toMatchObject({ abandoned: 0 });
});

test("a checkout without lines was not left: there is nothing to come back to", async () => {
  for (const line_items of [[], null]) {
    const { payload } = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), trip.road.clock());
    await trip.hear("checkouts/create", { ...(payload as object), line_items });
  }
  await trip.run();
  trip.forward(5 * HOUR);
  expect(await tend()).toMatchObject({ abandoned: 0 });
});
