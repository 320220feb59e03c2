// What is sealed opens in its own place only: a record that is put in another's is of no use there.
import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeyring } from "../../app/base/secrets.ts";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { install } from "../../app/shopify/install.ts";
import { openSessions } from "../../app/shopify/sessions.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const STRANGER = "another-shop.myshopify.com";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
  await install(trip.road.db, STRANGER, null, trip.road.clock());
});
afterEach(() => trip.close());

const change = (text: string, values: unknown[] = []) => trip.road.db.query(text, values);
const own = async () =>
  (await listConnections(trip.road, SANDBOX_SHOP)).find(({ destination }) => destination === "shopipixel")?.id ?? "";

test("a connection's credentials open in no other connection of the shop", async () => {
  const settings = { apiKey: "sp_sandbox_write", store: "second" };
  const draft = { id: null, destination: "shopipixel", name: "Second", settings, rules: {} };
  trip.forward(1);
  const saved = await saveConnection(trip.road, SANDBOX_SHOP, draft);
  const second = saved.ok ? saved.id : "";
  expect((await openConnection(trip.road, second))?.settings.apiKey).toBe("sp_sandbox_write");
  await change("UPDATE connection SET secrets = (SELECT secrets FROM connection WHERE id = $1) WHERE id = $2", [
    await own(),
    second,
  ]);
  await expect(openConnection(trip.road, second)).rejects.toThrow(/no key in ENCRYPTION_KEY opens/);
});

test("a connection that is moved to another shop does not open there", async () => {
  const id = await own();
  await change("UPDATE connection SET shop = $2 WHERE id = $1", [id, STRANGER]);
  await expect(openConnection(trip.road, id)).rejects.toThrow(/no key in ENCRYPTION_KEY opens/);
});

test("an address for alerts opens in no other shop, and Slack's in no other place", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "slack", "https://hooks.example.com/secret");
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://alerts.example.com/hook");
  await change("UPDATE shop SET alert_url = (SELECT alert_url FROM shop WHERE domain = $1) WHERE domain = $2", [
    SANDBOX_SHOP,
    STRANGER,
  ]);
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook?.host).toBe("alerts.example.com");
  expect((await alertWays(trip.road, STRANGER)).webhook?.host).toBeNull();
  await change("UPDATE shop SET alert_url = alert_slack WHERE domain = $1", [SANDBOX_SHOP]);
  expect(await alertWays(trip.road, SANDBOX_SHOP)).toMatchObject({
    webhook: { host: null },
    slack: { host: "hooks.example.com" },
  });
});

test("a session's tokens open in no other session", async () => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: trip.database.url, max: 1 }) });
  const sessions = openSessions(prisma, openKeyring(randomBytes(32).toString("base64")));
  for (const shop of [SANDBOX_SHOP, STRANGER]) {
    const session = new Session({ id: `offline_${shop}`, shop, state: "", isOnline: false });
    Object.assign(session, { accessToken: `shpat_${shop}` });
    await sessions.storeSession(session);
  }
  expect(await sessions.loadSession(`offline_${STRANGER}`)).toMatchObject({ accessToken: `shpat_${STRANGER}` });
  await change(`UPDATE session SET "accessToken" = (SELECT "accessToken" FROM session WHERE id = $1) WHERE id = $2`, [
    `offline_${SANDBOX_SHOP}`,
    `offline_${STRANGER}`,
  ]);
  await expect(sessions.loadSession(`offline_${STRANGER}`)).rejects.toThrow(/no key in ENCRYPTION_KEY opens/);
  await prisma.$disconnect();
});
