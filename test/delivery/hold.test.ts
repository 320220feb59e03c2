// Which orders wait a few seconds for the web pixel to say who their visitor was, and what they go out with.
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitsForPixel } from "../../app/delivery/normalize/hold.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { destinationOf } from "../support/destination-of.ts";
import { order } from "../support/payloads.ts";
import { turnPixel } from "../support/pixel.ts";
import { Books } from "../support/readings.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { embed, visit } from "../support/visit.ts";
import { listen } from "../support/wire.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const counted = (slug: Slug, kind: string) =>
  trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind && entry.counted > 0);

test("an order waits some seconds for its pixel at those who need a visitor id, and at no other", async () => {
  await turnPixel(trip.road, true);
  const told = listen(trip);
  const buyer = visit(trip);
  await buyer.buys({ customer: { id: 7009, email: "nora@example.com" } });
  await trip.run();
  expect(counted("shopipixel", "Purchase")).toHaveLength(1);
  expect(counted("shopimind", "orders")).toHaveLength(1);
  expect(await trip.states("alana")).toMatchObject([{ state: "due" }]);
  expect(await trip.states("tolinku")).toMatchObject([{ state: "due" }]);
  await buyer.sees("checkout_completed", { checkoutToken: buyer.checkoutToken, orderId: String(buyer.orderId) });
  trip.forward(5_000);
  await trip.run();
  expect(told("alana")).toMatchObject([{ events: [{ visitorId: buyer.client }] }]);
  expect(counted("tolinku", "purchase")).toHaveLength(1);
});

test("after the wait it goes with what is known", async () => {
  await turnPixel(trip.road, true);
  const told = listen(trip);
  await visit(trip).buys();
  await trip.runToTheEnd();
  const [order] = await trip.road.db.query<{ visitorId: string; visitorFrom: string }>(
    `SELECT data #>> '{order,visitorId}' AS "visitorId", data #>> '{order,visitorFrom}' AS "visitorFrom" FROM event WHERE kind = 'order.placed'`,
  );
  expect(order?.visitorFrom).toBe("pseudonym");
  expect(told("alana")).toMatchObject([{ events: [{ visitorId: order?.visitorId }] }]);
});

test("nothing waits while the pixel is off, for a visitor who is known, or for an order that no page tells of", async () => {
  await visit(trip).buys();
  await trip.run();
  await turnPixel(trip.road, true);
  const [known, kept, till, draft] = [visit(trip), visit(trip), visit(trip), visit(trip)];
  await known.sees("checkout_started", { checkoutToken: known.checkoutToken });
  await known.buys();
  await kept.buys(embed({ v: "visitor-1" }));
  await till.buys({ source_name: "pos" });
  await draft.buys({ checkout_token: null });
  await trip.run();
  const states = (await trip.states("tolinku")).map(({ state }) => state);
  expect(states).toEqual(["delivered", "delivered", "delivered", "skipped", "delivered"]);
});

test("no page tells of an order of the till or of a renewal: it waits for none, whether it counts or not", () => {
  const sheet = destinationOf("tolinku");
  const waits = (source_name: string) => {
    const books = new Books();
    books.hear({ topic: "orders/create", body: order({ source_name }) });
    return books.of("order.placed").map((event) => sheet && waitsForPixel(event, sheet, true));
  };
  expect(waits("web")).toEqual([true]);
  expect(waits("pos")).toEqual([false]);
  expect(waits("subscription_contract")).toEqual([false]);
});
