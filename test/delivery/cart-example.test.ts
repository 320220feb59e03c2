// A cart through the whole road: what was put in and taken out, once each, however often Shopify says it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { visit } from "../support/visit.ts";
import { cartLine } from "../support/visits.ts";
import { listen } from "../support/wire.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

test("a cart that grows to 3 + 1, loses the 3 and is repeated is 4 pieces added, 3 removed, nothing else", async () => {
  const told = listen(trip);
  const buyer = visit(trip);
  const [three, one] = [cartLine(601, 3), cartLine(602, 1)];
  const states = [[three], [three, one], [one]];
  for (const [step, lines] of states.entries()) {
    const updated_at = buyer.at(step * 1_000);
    await buyer.fills(lines, { updated_at });
    await buyer.fills(lines, { updated_at });
    await trip.run();
  }
  // Once more, and the first one late.
  await buyer.fills([one], { updated_at: buyer.at(3_000) });
  await buyer.fills([three], { updated_at: buyer.at(0) });
  await trip.run();

  type Tolinku = { events: { event_type: string; items: { item_id: string; quantity: string }[] }[] };
  const tolinku = (told("tolinku") as Tolinku[]).flatMap(({ events }) =>
    events.map(({ event_type, items }) => [
      event_type,
      items.map(({ item_id, quantity }) => `${quantity} × ${item_id}`),
    ]),
  );
  expect(tolinku).toEqual([
    ["add_to_cart", ["3 × 601"]],
    ["add_to_cart", ["1 × 602"]],
    ["remove_from_cart", ["3 × 601"]],
  ]);
  type ShopiPixel = { eventName: string; customData: { contents: { quantity: string }[] } }[];
  const shopipixel = (told("shopipixel") as ShopiPixel[])
    .flat()
    .map(({ eventName, customData }) => [eventName, customData.contents.map(({ quantity }) => quantity)]);
  expect(shopipixel).toEqual([
    ["AddToCart", ["3"]],
    ["AddToCart", ["1"]],
  ]);
  expect((await trip.states("shopipixel")).map(({ state, reason }) => reason ?? state)).toEqual([
    "delivered",
    "delivered",
    "nothing was added to the cart",
  ]);
});
