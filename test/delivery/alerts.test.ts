// Alerts: raised once, ended with their cause, read by their own shop alone, posted where the merchant said.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts } from "../../app/delivery/alerts/alerts.ts";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { dismiss } from "../../app/delivery/ledger/decide.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { newOrder, orderCreated, refundCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPosted, type Posted } from "../support/posted.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ADDRESS = "https://alerts.example.com/hook/secret-part";

let trip: TestRoad;
let merchant: Posted;
beforeEach(async () => {
  trip = await openTestRoad();
  merchant = await openPosted("https://alerts.example.com/");
});
afterEach(async () => {
  merchant.close();
  await trip.close();
});

const tend = () => upkeep(trip.road, { post: merchant.fetch, signal: new AbortController().signal });
const hear = (many = 1) =>
  Promise.all(
    Array.from({ length: many }, () =>
      trip.hear("orders/create", orderCreated(newOrder({ clickId: null, at: trip.road.clock() })).payload),
    ),
  );
const open = async () =>
  (await openAlerts(trip.road, SANDBOX_SHOP)).map(({ destination, kind }) => `${destination} ${kind}`);
const pauseIt = async () => {
  trip.vendors.misbehave("shopipixel", "401");
  await hear();
  await trip.run();
  trip.vendors.misbehave("shopipixel", null);
  await tend();
};
const mendIt = async () => {
  const all = await listConnections(trip.road, SANDBOX_SHOP);
  for (const { id, destination } of all) {
    if (destination === "shopipixel") await switchConnection(trip.road, SANDBOX_SHOP, id, "on");
  }
  await trip.run();
  await tend();
};

test("a pause is told with its reason, once, to its own shop, until it is over", async () => {
  await pauseIt();
  await tend();
  expect(asTold(await openAlerts(trip.road, SANDBOX_SHOP))).toMatchObject([
    { kind: "paused", connectionName: "ShopiPixel", reason: expect.stringContaining("401") },
  ]);
  expect(await openAlerts(trip.road, "other.myshopify.com")).toEqual([]);
  await mendIt();
  expect(await open()).toEqual([]);
});

test("the merchant's own pause is no alert", async () => {
  const [first] = await listConnections(trip.road, SANDBOX_SHOP);
  await switchConnection(trip.road, SANDBOX_SHOP, first?.id ?? "", "paused");
  await hear();
  trip.forward(HOUR);
  await tend();
  expect((await open()).filter((alert) => alert.startsWith(`${first?.destination} `))).toEqual([]);
});

test("what has waited for more than a quarter of an hour is late, until it has gone", async () => {
  trip.vendors.misbehave("shopipixel", "down");
  await hear();
  await trip.run();
  trip.forward(14 * MINUTE);
  await tend();
  expect(await open()).toEqual([]);
  trip.forward(2 * MINUTE);
  await tend();
  expect(await open()).toEqual(["shopipixel late"]);
  trip.vendors.misbehave("shopipixel", null);
  await trip.runToTheEnd();
  await tend();
  expect(await open()).toEqual([]);
});

test("a refund that waits for its purchase is not late", async () => {
  const { topic, payload } = refundCreated(newOrder({ clickId: null }));
  await trip.hear(topic, payload);
  await trip.run();
  trip.forward(20 * MINUTE);
  await tend();
  expect(await trip.states("tolinku")).toMatchObject([{ state: "due", reason: "waits for its purchase" }]);
  expect(await open()).toEqual([]);
});

test("too large a share that never arrives is told, where there are enough to judge by", async () => {
  const hearLost = async (many: number) => {
    trip.vendors.misbehave("alana", "lost");
    await hear(many);
    await trip.run();
    trip.vendors.misbehave("alana", null);
    trip.forward(MINUTE);
  };
  await hearLost(4);
  await hear(15);
  await trip.run();
  await tend();
  expect(await open()).toEqual([]);
  await hearLost(1);
  await tend();
  expect(await open()).toEqual(["alana failing"]);
  for (const group of await attention(trip.road, SANDBOX_SHOP)) await dismiss(trip.road, SANDBOX_SHOP, group);
  await tend();
  expect(await open()).toEqual([]);
});

test("an alert is posted as JSON to the shop's address; one that comes back within the hour is not posted again", async () => {
  expect(await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", ADDRESS)).toBeNull();
  await pauseIt();
  await tend();
  expect(merchant.posted).toEqual([
    {
      shop: SANDBOX_SHOP,
      connection: "ShopiPixel",
      destination: "shopipixel",
      kind: "paused",
      what: "raised",
      says: expect.stringContaining("401"),
      since: expect.stringMatching(/Z$/),
    },
  ]);
  await mendIt();
  const told = () => merchant.posted.map(({ what, says }) => `${what}: ${says}`.slice(0, 40));
  const [raised, recovered] = ["raised: ShopiPixel is paused: ShopiPixel", "recovered: ShopiPixel takes deliveries a"];
  expect(told()).toEqual([expect.stringContaining(raised), recovered]);
  await pauseIt();
  expect(await open()).toEqual(["shopipixel paused"]);
  await mendIt();
  await pauseIt();
  expect(merchant.posted).toHaveLength(2);
  // It was told to be over, and is not: once the hour is over that is told.
  trip.forward(HOUR + 1);
  await tend();
  await tend();
  expect(told()).toEqual([...[raised, recovered, raised].map((one) => expect.stringContaining(one))]);
});

test("an address that fails is asked three times, and its failure is shown", async () => {
  merchant.status = 500;
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", ADDRESS);
  await pauseIt();
  for (let n = 0; n < 30; n += 1) {
    trip.forward(MINUTE);
    await tend();
  }
  expect(merchant.posted).toHaveLength(3);
  expect(asTold((await alertWays(trip.road, SANDBOX_SHOP)).webhook)).toEqual({
    ...{ host: "alerts.example.com", problem: "it answered 500" },
  });
});

test("an address that leads elsewhere is not followed there", async () => {
  merchant.status = 307;
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", ADDRESS);
  await pauseIt();
  expect(merchant.posted).toHaveLength(1);
  expect(asTold((await alertWays(trip.road, SANDBOX_SHOP)).webhook)).toMatchObject({ problem: "it answered 307" });
});

test("the address is https, sealed at rest, and can be taken away", async () => {
  const others = [
    "http://alerts.example.com/",
    "ftp://x.example.com",
    "nonsense",
    "https://me:word@alerts.example.com/",
  ];
  for (const bad of others)
    expect((await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", bad))?.code, bad).toBe("alert_https");
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook).toBeNull();
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", ADDRESS);
  expect(JSON.stringify(await trip.road.db.query("SELECT * FROM shop"))).not.toContain("secret-part");
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "");
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook).toBeNull();
  await pauseIt();
  expect(merchant.posted).toEqual([]);
});
