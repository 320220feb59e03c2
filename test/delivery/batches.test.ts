// What the normalizer takes at a time: not too much, Shopify's webhooks before a flood of the web pixel's posts, and a switch waits.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../app/base/database.ts";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { mapInTimeSlices } from "../../app/delivery/normalize/time-slices.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { elsewhere, textOf } from "../support/database.ts";
import { turnPixel } from "../support/pixel.ts";
import { openTrade, type Trade } from "../support/trade.ts";
import { visit } from "../support/visit.ts";
import { seen } from "../support/visits.ts";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku"]);
});
afterEach(() => trip.close());

const open = async () =>
  (await trip.road.db.query<{ topic: string }>("SELECT topic FROM webhook WHERE state = 'received' ORDER BY id")).map(
    ({ topic }) => topic,
  );

test("webhooks are taken up to 8 MB at a time, and a larger one alone", async () => {
  const order = JSON.stringify(orderCreated(newOrder()).payload);
  for (const size of [3, 3, 3, 9, 1]) await trip.hear("orders/create", order.padEnd(size * 1024 * 1024));
  const left: number[] = [];
  for (let said = "more"; said !== "done"; ) {
    said = await normalize(trip.road, SANDBOX_SHOP);
    left.push((await open()).length);
    expect(said).toBe(left.at(-1) === 0 ? "done" : "more");
  }
  expect(left).toEqual([3, 2, 1, 0]);
});

test("a long list is worked through in order, and the event loop has its turn in between", async () => {
  const list = Array.from({ length: 5 }, (_, at) => at);
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  const made = await mapInTimeSlices(trip.timer, list, (one) => {
    trip.timer.forward(25);
    return { one, turned };
  });
  expect(made.map(({ one }) => one)).toEqual(list);
  expect(made.map(({ turned }) => turned)).toEqual([false, true, true, true, true]);
});

test("an order does not stand behind a flood of the pixel's posts, which follow in the order in which they came", async () => {
  const flood = Array.from({ length: 450 }, (_, at) => `flood-${String(at).padStart(3, "0")}`);
  const post = (id: string) => trip.hear(PIXEL_POST, { events: [seen("page_viewed", { id })] }, { webhookId: id });
  await Promise.all(flood.map(post));
  await trip.road.db.query("UPDATE webhook SET received_at = received_at - interval '1 minute'");
  await trip.take(orderCreated(trip.order()));
  expect(await normalize(trip.road, SANDBOX_SHOP)).toBe("more");
  expect(new Set(await open())).toEqual(new Set([PIXEL_POST]));
  expect(await open()).toHaveLength(251);
  expect(await normalize(trip.road, SANDBOX_SHOP)).toBe("more");
  expect(await normalize(trip.road, SANDBOX_SHOP)).toBe("done");
  const told = await trip.road.db.query<{ up: boolean }>(
    `SELECT e.webhook_id > lag(e.webhook_id, 1, 0::bigint) OVER (ORDER BY e.id) AS up FROM event e WHERE kind = 'page.viewed'`,
  );
  expect(told.map(({ up }) => up)).toEqual(flood.map(() => true));
});

test("a post that came before an order still tells it who its visitor is", async () => {
  await turnPixel(trip.road, true);
  const buyer = visit(trip);
  await buyer.sees("checkout_started", { checkoutToken: buyer.checkoutToken });
  await buyer.buys();
  expect(await normalize(trip.road, SANDBOX_SHOP)).toBe("done");
  const [order] = await trip.road.db.query(
    "SELECT data #>> '{order,visitorId}' AS visitor FROM event WHERE kind = 'order.placed'",
  );
  expect(order).toEqual({ visitor: buyer.client });
});

test("a connection that is switched off while an order is booked for it leaves nothing owed", async () => {
  const [connection] = await trip.road.db.query<{ id: string }>("SELECT id FROM connection");
  await trip.take(orderCreated(trip.order()));
  const switching: Promise<void>[] = [];
  const db: Database = {
    ...trip.road.db,
    transaction: (work) =>
      trip.road.db.transaction((sql) =>
        work({
          async query(what, values) {
            if (textOf(what).includes("INSERT INTO delivery")) {
              switching.push(elsewhere(() => switchConnection(trip.road, SANDBOX_SHOP, connection?.id ?? "", "off")));
              await Promise.race([switching[0], elsewhere(waitsForLock)]);
            }
            return sql.query(what, values);
          },
        }),
      ),
  };
  await normalize({ ...trip.road, db }, SANDBOX_SHOP);
  await Promise.all(switching);
  expect(switching).toHaveLength(1);
  expect(await trip.states("tolinku")).toMatchObject([{ state: "skipped", reason: "switched off" }]);
});

/** Until somebody in this database waits for a row that another has locked. */
async function waitsForLock(): Promise<void> {
  for (;;) {
    const rows = await trip.database.db.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
    await sleep(5);
  }
}
