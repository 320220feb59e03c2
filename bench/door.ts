// How many webhooks a second the door takes in, against the bare limit and against the template's way, in one run.
import { randomBytes } from "node:crypto";
import { startVendors } from "../sandbox/vendors.ts";
import { freshDatabase } from "../test/support/database.ts";
import { startWeb } from "../test/support/web.ts";
import { parcels, ratio, say, sendAll } from "./support/load.ts";
import { startServer } from "./support/program.ts";

const COUNT = { door: 10_000, bare: 10_000, template: 1_200 };
const vendors = await startVendors({ budgets: false });
const env = (url: string) => ({
  DATABASE_URL: url,
  ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  NODE_ENV: "production",
  SANDBOX_TRAFFIC: "off",
  SANDBOX_VENDORS_URL: vendors.url,
});
const start = {
  door: (url: string) => startWeb(env(url)),
  bare: (url: string) => startServer("bare.ts", env(url)),
  template: (url: string) => startServer("template.ts", env(url)),
};

async function measure(what: keyof typeof start): Promise<number> {
  const database = await freshDatabase();
  const server = await start[what](database.url);
  await sendAll(server.url, "/webhooks", parcels(500)); // warm
  const figures = await sendAll(server.url, "/webhooks", parcels(COUNT[what]));
  const [{ stored } = { stored: 0 }] = await database.db.query<{ stored: number }>(
    "SELECT count(*)::int AS stored FROM webhook",
  );
  if (stored !== COUNT[what] + 500) throw new Error(`${what}: ${stored} webhooks are stored`);
  say({ bench: "door", what, ...figures });
  await server.stop();
  await database.drop();
  return figures.perSecond;
}

const bare = await measure("bare");
const door = await measure("door");
const template = await measure("template");
await vendors.stop();
say({ bench: "door", ratios: { "door / bare limit": ratio(door, bare), "door / template": ratio(door, template) } });
