// A busy day and every kind of payload at five strict vendors: no contract is breached, and every count is right.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  cartCreated,
  cartUpdated,
  checkoutCreated,
  consentChanged,
  customerCreated,
  customerUpdated,
  grow,
  newBasket,
  newCheckoutToken,
  newClickId,
  newOrder,
  orderCreated,
  orderPaid,
  orderUpdated,
  productUpdated,
  refundCreated,
  someBuyer,
  type Webhook,
} from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const SLUGS = ["shopipixel", "alana", "prisjakt", "tolinku", "shopimind"] as const;
const fixtures = join(import.meta.dirname, "../../../shared/fixtures/shopify");

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const counted = (slug: Slug, kind: string) =>
  trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind && entry.counted > 0);
const breaches = () =>
  SLUGS.flatMap((slug) => trip.vendors.ledger(slug).breaches.map(({ sentence }) => `${slug}: ${sentence}`));
const ends = () =>
  trip.road.db.query<{ state: string }>(
    "SELECT DISTINCT state FROM delivery WHERE state NOT IN ('delivered', 'skipped', 'superseded')",
  );

test("thirty orders, each also paid, twelve partial refunds, carts, checkouts, customers and products: every count is right", async () => {
  const orders = Array.from({ length: 30 }, (_, n) => newOrder({ clickId: n < 10 ? newClickId() : null }));
  for (const order of orders) {
    const buyer = someBuyer();
    const basket = newBasket();
    await hear(cartCreated(basket));
    grow(basket);
    await hear(cartUpdated(basket, new Date(Date.now() + 1_000)));
    await hear(checkoutCreated(basket, newCheckoutToken(), buyer));
    await hear(orderCreated(order));
    await hear(orderPaid(order, new Date(Date.now() + 2_000)));
    await hear(orderUpdated(order));
    await hear(customerCreated(buyer));
    await hear(customerUpdated(buyer, new Date(Date.now() + 3_000)));
    await hear(consentChanged(buyer, true, new Date(Date.now() + 4_000)));
    await hear(productUpdated());
  }
  for (const order of orders.slice(0, 12)) await hear(refundCreated(order));
  await trip.runToTheEnd();

  const once = (slug: Slug, kind: string) => counted(slug, kind).filter((entry) => entry.counted === 1).length;
  expect(once("shopipixel", "Purchase")).toBe(30);
  expect(once("alana", "purchase-complete")).toBe(30);
  expect(once("prisjakt", "purchase")).toBe(10);
  expect(once("tolinku", "purchase")).toBe(30);
  expect(once("tolinku", "refund")).toBe(12);
  expect(counted("shopimind", "orders")).toHaveLength(30);
  expect(breaches()).toEqual([]);
  expect(await ends()).toEqual([]);
});

test.runIf(existsSync(fixtures))(
  "every real payload at hand ends in a state, and what is sent of it keeps every contract",
  async () => {
    // As if connected long ago, so that old orders count and are put into the vendors' words.
    await trip.road.db.query("UPDATE connection SET created_at = '2000-01-01'");
    for (const folder of readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      for (const file of readdirSync(join(fixtures, folder.name))) {
        if (folder.name === "app-uninstalled") continue;
        await trip.hear(folder.name.replace("-", "/"), readFileSync(join(fixtures, folder.name, file), "utf8"));
      }
    }
    await trip.runToTheEnd();
    expect(breaches()).toEqual([]);
    const received = await trip.road.db.query("SELECT 1 FROM webhook WHERE state = 'received'");
    expect(received).toEqual([]);
    const refused = await trip.road.db.query(
      "SELECT destination, kind, reason_values AS reason FROM delivery WHERE state IN ('refused', 'unknown', 'due')",
    );
    expect(refused).toEqual([]);
  },
  60_000,
);
