// What of a shop can be previewed with: its latest events, and those of an order by its name.
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventsOfOrder, latestEvents } from "../../app/delivery/preview/events.ts";
import { orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopimind"]);
});
afterEach(() => trip.close());

test("events are offered by kind, the newest first, and those of an order by its name", async () => {
  const order = trip.order();
  await trip.take(orderCreated(order));
  await trip.take(orderCreated(trip.order()));
  await trip.take(refundCreated(order));
  await trip.run();
  const kinds = ["order.placed", "order.updated"];
  const latest = await latestEvents(trip.road, SANDBOX_SHOP, kinds);
  expect(latest.map(({ kind }) => kind).sort()).toEqual([
    "order.placed",
    "order.placed",
    "order.updated",
    "order.updated",
  ]);
  for (const name of [order.name, order.name.slice(1), String(order.id)])
    expect((await eventsOfOrder(trip.road, SANDBOX_SHOP, name, kinds)).map(({ name }) => name)).toEqual([
      order.name,
      order.name,
    ]);
  // A refund does not tell its order's name.
  const refunds = await eventsOfOrder(trip.road, SANDBOX_SHOP, order.name, ["order.refunded"]);
  expect(refunds.map(({ name }) => name)).toEqual([order.name]);
  for (const name of ["", "%", "'; DROP TABLE event", "#".repeat(10_000)])
    expect(await eventsOfOrder(trip.road, SANDBOX_SHOP, name, kinds)).toEqual([]);
  expect(await eventsOfOrder(trip.road, "another-shop.myshopify.com", order.name, kinds)).toEqual([]);

  // However many came since.
  await trip.road.db.query(
    `INSERT INTO event (shop, key, kind, subject, occurred_at, data)
     SELECT shop, 'purchase:later' || n, kind, 'order:later' || n, occurred_at + interval '1 day', '{}'
     FROM event CROSS JOIN generate_series(1, 2000) AS n
     WHERE kind = 'order.placed' AND subject = $1`,
    [`order:${order.id}`],
  );
  expect(await eventsOfOrder(trip.road, SANDBOX_SHOP, order.name, kinds)).toHaveLength(2);
});
