// A shop that leaves, and one that is back before its leaving is heard of: which of the two was last, whatever comes late.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openReceiver } from "../app/delivery/receive.ts";
import { install } from "../app/shopify/install.ts";
import { customerUpdated, someBuyer } from "../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../sandbox/sign.ts";
import { openTrade, SECOND, type Trade } from "./support/trade.ts";

let trip: Trade;
const born = Date.now() - 3_600_000;
const at = (seconds: number) => new Date(born + seconds * SECOND);

beforeEach(async () => {
  trip = await openTrade(["tolinku"]);
  await trip.road.db.query("UPDATE shop SET installed_at = $1, token_at = $1", [at(0)]);
  await trip.road.db.query(
    `INSERT INTO session (id, shop, state, "accessToken") VALUES ('offline', $1, 'state', 'token')`,
    [SANDBOX_SHOP],
  );
});
afterEach(() => trip.close());

const takesToken = (seconds: number) => install(trip.road.db, SANDBOX_SHOP, null, at(seconds));
const leaves = (seconds: number) =>
  trip.hear(
    "app/uninstalled",
    { myshopify_domain: SANDBOX_SHOP },
    { triggeredAt: at(seconds), webhookId: `left-${seconds}` },
  );
const isThere = async () => {
  await trip.run();
  const [shop] = await trip.road.db.query<{ there: boolean }>("SELECT uninstalled_at IS NULL AS there FROM shop");
  const connections = await trip.road.db.query("SELECT 1 FROM connection WHERE state = 'on' AND secrets IS NOT NULL");
  const sessions = await trip.road.db.query("SELECT 1 FROM session");
  const found = [shop?.there === true, connections.length === 1, sessions.length === 1];
  expect(new Set(found).size, "all of it or nothing").toBe(1);
  return found[0];
};

test("an uninstall that is heard of after the shop is back changes nothing, however old the installation is", async () => {
  await takesToken(1_200);
  await leaves(600);
  expect(await isThere()).toBe(true);
});

test("a shop that leaves right after it took a token has left, also by a clock of ours that is some seconds fast", async () => {
  await takesToken(570);
  await takesToken(605);
  await leaves(600);
  expect(await isThere()).toBe(false);
});

test("the late one and the true one are told apart, in whichever order they come", async () => {
  await takesToken(1_200);
  await leaves(1_800);
  await leaves(600);
  expect(await isThere()).toBe(false);
});

test.each([
  ["has left when it was heard of after the last token", 600, false],
  ["is back when it took a token since that was heard of", 1_200, true],
])("without Shopify's time a shop %s", async (_what, token, there) => {
  const receive = openReceiver(trip.road.db);
  await receive({
    ...{ shop: SANDBOX_SHOP, topic: "app/uninstalled", webhookId: "left" },
    ...{
      eventId: null,
      apiVersion: null,
      triggeredAt: null,
      body: Buffer.from(JSON.stringify({ myshopify_domain: SANDBOX_SHOP })),
    },
  });
  await trip.road.db.query("UPDATE webhook SET received_at = $1", [at(601)]);
  await takesToken(token);
  expect(await isThere()).toBe(there);
});

test("of a shop that has left nothing is kept of who its buyers were", async () => {
  const buyer = someBuyer();
  await trip.take(customerUpdated(buyer));
  await trip.run();
  const kept = () => trip.road.db.query("SELECT 1 FROM snapshot WHERE data::text LIKE $1", [`%${buyer.email}%`]);
  expect(await kept()).toHaveLength(1);
  await leaves(3_600);
  expect(await isThere()).toBe(false);
  expect(await kept()).toEqual([]);
});
