// One buyer is one id at the vendors from the first view to the checkout, as soon as the web pixel has told who it is.
import { afterEach, beforeEach, expect, test } from "vitest";
import { turnPixel } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { embed, type Visit, visit } from "../support/visit.ts";
import { cartLine } from "../support/visits.ts";
import { leaveSandbox, listen } from "../support/wire.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
  await turnPixel(trip.road, true);
});
afterEach(() => trip.close());

type Told = { event_type?: string; eventType?: string; user_id?: string; userId?: string; visitorId?: string };
const told = (requests: unknown[]) => requests.flatMap((body) => (body as { events: Told[] }).events);
const viewed = {
  data: { productVariant: { id: "601", price: { amount: 12.5, currencyCode: "EUR" }, product: { id: "501" } } },
};
const BEFORE = ["view_item", "add_to_cart", "begin_checkout"];
const idsAt = (requests: unknown[]) =>
  BEFORE.map((type) => told(requests).find(({ event_type }) => event_type === type)?.user_id);

/** The cart's webhook, and what the pixel says of it, in either order. */
async function shops(buyer: Visit, pixelFirst: boolean, over = {}) {
  const seen = () => buyer.sees("product_viewed", { ...viewed, ...over });
  if (pixelFirst) await seen();
  await buyer.fills([cartLine(601, 1)]);
  await buyer.checksOut({ customer: { id: 7009, email: "nora@example.com" } });
  await trip.run();
  if (!pixelFirst) await seen();
  trip.forward(5_000);
  await trip.runToTheEnd();
}

test.each([
  true,
  false,
])("a guest is the pixel's visitor in views, carts and checkouts (pixel first: %s)", async (first) => {
  const requests = listen(trip);
  const buyer = visit(trip);
  await shops(buyer, first);
  expect(idsAt(requests("tolinku"))).toEqual([buyer.client, buyer.client, buyer.client]);
});

test.each([true, false])("a customer who is signed in is one everywhere, the purchase included (%s)", async (first) => {
  const requests = listen(trip);
  const buyer = visit(trip);
  await shops(buyer, first, { customerId: "7009" });
  await buyer.buys({ customer: { id: 7009, email: "nora@example.com" } });
  await trip.runToTheEnd();
  expect(idsAt(requests("tolinku"))).toEqual(["7009", "7009", "7009"]);
  expect(told(requests("tolinku")).find(({ event_type }) => event_type === "purchase")?.user_id).toBe("7009");
  const added = told(requests("alana")).find(({ eventType }) => eventType === "add-to-cart");
  expect(added).toMatchObject({ visitorId: buyer.client, userId: "7009" });
});

test("a cart of which the pixel tells nothing goes after its wait with what is known; one that is known does not wait", async () => {
  const requests = listen(trip);
  const [unknown, known] = [visit(trip), visit(trip)];
  await unknown.fills([cartLine(601, 1)]);
  await known.fills([cartLine(602, 1)], embed({ v: "visitor-1" }));
  await trip.run();
  expect(told(requests("tolinku")).map(({ user_id }) => user_id)).toEqual(["visitor-1"]);
  trip.forward(5_000);
  await trip.run();
  expect(told(requests("tolinku"))).toHaveLength(2);
});

test("a visitor who said no meanwhile is not told of", async () => {
  leaveSandbox(trip);
  const buyer = visit(trip);
  await buyer.fills([cartLine(601, 1)]);
  await trip.road.db.query("UPDATE connection SET state = 'paused'");
  await trip.run();
  await buyer.sees("page_viewed", { consent: { marketing: false, analytics: false } });
  await trip.road.db.query("UPDATE connection SET state = 'on'");
  trip.forward(5_000);
  await trip.run();
  const carts = (await trip.states("tolinku")).filter(({ kind }) => kind === "cart.created");
  expect(carts).toMatchObject([{ state: "skipped", reason: "the visitor did not consent to analytics" }]);
});
