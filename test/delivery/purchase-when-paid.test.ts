// A purchase is the placed order or, by the merchant's choice, the paid one; a change of mind counts none twice and loses none.
import { afterEach, beforeEach, expect, test } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { newOrder, orderCreated, orderPaid, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { order } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { type Visit, visit } from "../support/visit.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

async function countWhen(purchaseWhen: "placed" | "paid"): Promise<void> {
  const [row] = await trip.road.db.query<{ id: string; name: string }>(
    "SELECT id, name FROM connection WHERE destination = 'tolinku'",
  );
  const draft = {
    id: row?.id ?? "",
    name: row?.name ?? "",
    destination: "tolinku",
    settings: {},
    rules: { purchaseWhen },
  };
  expect(await saveConnection(trip.road, SANDBOX_SHOP, draft)).toMatchObject({ ok: true });
}
const counted = () =>
  trip.vendors
    .ledger("tolinku")
    .entries.filter(({ kind }) => kind === "purchase")
    .map(({ key, counted }) => [key, counted]);

/** The order as it is paid a minute after it was placed. */
async function pays(buyer: Visit, placedAt: string): Promise<void> {
  const tokens = { cart_token: buyer.cartToken, checkout_token: buyer.checkoutToken };
  const times = { created_at: placedAt, processed_at: placedAt, updated_at: buyer.at(60_000) };
  await trip.hear(
    "orders/paid",
    order({ id: buyer.orderId, ...tokens, ...times, customer: null, financial_status: "paid" }),
  );
}

test("by choice an order counts when it is paid, once, and not when it was placed", async () => {
  await countWhen("paid");
  trip.forward(60_000);
  const buyer = visit(trip);
  const placedAt = buyer.at();
  await buyer.buys();
  await trip.run();
  expect(counted()).toEqual([]);
  await pays(buyer, placedAt);
  await pays(buyer, placedAt);
  await trip.run();
  expect(counted()).toEqual([[String(buyer.orderId), 1]]);
});

test("an order that was placed before the change keeps the rule before it, in both directions", async () => {
  const early = visit(trip);
  const earlyAt = early.at();
  await early.buys();
  await trip.run();
  expect(counted()).toEqual([[String(early.orderId), 1]]);

  trip.forward(60_000);
  await countWhen("paid");
  await pays(early, earlyAt);
  trip.forward(60_000);
  const late = visit(trip);
  const lateAt = late.at();
  await late.buys();
  await trip.run();
  expect(counted()).toEqual([[String(early.orderId), 1]]);

  trip.forward(60_000);
  await countWhen("placed");
  trip.forward(60_000);
  const last = visit(trip);
  await last.buys();
  await pays(late, lateAt);
  await trip.run();
  expect(counted()).toEqual([
    [String(early.orderId), 1],
    [String(last.orderId), 1],
    [String(late.orderId), 1],
  ]);
});

test("a refund of an order that counted when it was paid finds its purchase, and is counted after it", async () => {
  await countWhen("paid");
  trip.forward(60_000);
  const bought = newOrder({ clickId: null, at: trip.road.clock() });
  for (const { topic, payload } of [orderCreated(bought), orderPaid(bought, trip.road.clock())])
    await trip.hear(topic, payload);
  await trip.run();
  expect(counted()).toEqual([[String(bought.id), 1]]);
  trip.forward(60_000);
  const { topic, payload } = refundCreated(bought, trip.road.clock());
  await trip.hear(topic, payload);
  await trip.runToTheEnd();
  expect(trip.vendors.ledger("tolinku").counts).toMatchObject({ purchase: 1, refund: 1 });
});
