// Tenants: whatever verb a shop calls with what is another's, it sees nothing and changes nothing.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts, raiseAlerts } from "../../app/delivery/alerts/alerts.ts";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { getConnection, listConnections } from "../../app/delivery/connections/connections.ts";
import { vendorReport } from "../../app/delivery/connections/report.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { disconnectConnection, switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { testConnection } from "../../app/delivery/connections/test-connection.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { dismiss, replay } from "../../app/delivery/ledger/decide.ts";
import { latestDeliveries } from "../../app/delivery/ledger/latest-deliveries.ts";
import { latestOrders } from "../../app/delivery/ledger/latest-orders.ts";
import { syncState } from "../../app/delivery/ledger/ledger.ts";
import { replays } from "../../app/delivery/ledger/replays.ts";
import { deliveryStory } from "../../app/delivery/ledger/story.ts";
import { dismissWebhooks, readAgain, unreadable } from "../../app/delivery/ledger/unreadable.ts";
import { visitorsKnown } from "../../app/delivery/ledger/visitors-known.ts";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { install } from "../../app/shopify/install.ts";
import { pixelState } from "../../app/shopify/pixel.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { turnPixel } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { becauseOf } from "../support/told.ts";

const STRANGER = "another-shop.myshopify.com";

let trip: TestRoad;
let connectionId: string;
let deliveryId: string;
let customerId: string;

beforeEach(async () => {
  trip = await openTestRoad();
  await install(trip.road.db, STRANGER, null, trip.road.clock());
  trip.vendors.misbehave("alana", "lost", 1);
  const order = newOrder();
  customerId = String(order.customer.id);
  await trip.hear("orders/create", orderCreated(order).payload);
  await trip.hear("orders/create", "no json {");
  await trip.run();
  const [unknown] = await trip.road.db.query<{ id: string; connectionId: string }>(
    `SELECT id, connection_id AS "connectionId" FROM delivery WHERE state = 'unknown'`,
  );
  connectionId = unknown?.connectionId ?? "";
  deliveryId = unknown?.id ?? "";
});
afterEach(() => trip.close());

/** All that belongs to the sandbox's shop, to be the same before and after. */
const everything = async () => {
  const tables = ["connection", "delivery", "webhook", "event", "snapshot", "shop"];
  return Promise.all(
    tables.map((table) =>
      trip.road.db.query(`SELECT t.* FROM ${table} t WHERE t::text LIKE $1 ORDER BY t::text`, [`%${SANDBOX_SHOP}%`]),
    ),
  );
};

test("reading verbs show a stranger nothing of another shop", async () => {
  const { road } = trip;
  expect(deliveryId).not.toBe("");
  expect(await listConnections(road, STRANGER)).toEqual([]);
  expect(await getConnection(road, STRANGER, connectionId)).toBeNull();
  expect(await syncState(road, STRANGER)).toEqual([]);
  expect(await latestOrders(road, STRANGER, 10)).toEqual([]);
  expect(await latestDeliveries(road, STRANGER, connectionId, 10)).toEqual([]);
  expect(await deliveryStory(road, STRANGER, deliveryId)).toBeNull();
  expect(await attention(road, STRANGER)).toEqual([]);
  expect(await unreadable(road, STRANGER)).toEqual([]);
  expect(await vendorReport(road, STRANGER, connectionId, { from: "2026-01-01", to: "2026-01-02" })).toBeNull();
});

test("a stranger reads none of the alerts, replays, figures and switches that the owner has", async () => {
  const { road } = trip;
  await switchConnection(road, SANDBOX_SHOP, connectionId, "on");
  await road.db.query(`UPDATE connection SET state = 'paused', ${becauseOf("the key is refused")} WHERE id = $1`, [
    connectionId,
  ]);
  await raiseAlerts(road);
  expect(await replay(road, SANDBOX_SHOP, { ids: [deliveryId] })).toBe(1);
  await turnPixel(road, true);
  const shown = async (shop: string) => ({
    alerts: (await openAlerts(road, shop)).length,
    replays: (await replays(road, shop)).length,
    visitors: (await visitorsKnown(road, shop)).orders,
    pixel: (await pixelState(road, shop)).on,
  });
  expect(await shown(SANDBOX_SHOP)).toEqual({ alerts: 1, replays: 1, visitors: 1, pixel: true });
  expect(await shown(STRANGER)).toEqual({ alerts: 0, replays: 0, visitors: 0, pixel: false });
});

test("changing verbs change nothing of another shop, and never use its credentials", async () => {
  const { road } = trip;
  const before = await everything();
  const asked = trip.vendors.ledger("alana").requests;
  const draft = { id: connectionId, destination: "alana", name: "Mine now", settings: {}, rules: {} };
  expect(await saveConnection(road, STRANGER, draft)).toMatchObject({ ok: false });
  await switchConnection(road, STRANGER, connectionId, "off");
  await disconnectConnection(road, STRANGER, connectionId);
  expect(await testConnection(road, STRANGER, { ...draft, settings: {} })).toMatchObject([{ ok: false }]);
  expect(await replay(road, STRANGER, { ids: [deliveryId] })).toBe(0);
  expect(await dismiss(road, STRANGER, { ids: [deliveryId] })).toBe(0);
  const [group] = await unreadable(road, SANDBOX_SHOP);
  const webhooks = (group?.newest ?? []).map(({ id }) => id);
  expect(webhooks).toHaveLength(1);
  for (const which of [{ webhooks }, { topic: group?.topic ?? "", reason: group?.reason ?? null }]) {
    expect(await dismissWebhooks(road, STRANGER, which)).toBe(0);
    expect(await readAgain(road, STRANGER, which)).toBe(0);
  }
  await setAlertUrl(road, STRANGER, "webhook", "https://example.com/alerts");
  expect((await alertWays(road, SANDBOX_SHOP)).webhook).toBeNull();
  await forgetCustomer(road, STRANGER, customerId);
  expect(await everything()).toEqual(before);
  expect(trip.vendors.ledger("alana").requests).toBe(asked);
});

test("what a shop may do to its own, it can", async () => {
  expect(await dismiss(trip.road, SANDBOX_SHOP, { ids: [deliveryId] })).toBe(1);
  await switchConnection(trip.road, SANDBOX_SHOP, connectionId, "off");
  expect(await getConnection(trip.road, SANDBOX_SHOP, connectionId)).toMatchObject({ state: "off" });
});
