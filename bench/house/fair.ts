// 2,000 shops with one connection each and ten orders at once: how long until a shop's last is delivered, the slow ones against the middle one.
import { randomBytes } from "node:crypto";
import { openKeyring } from "../../app/base/secrets.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import type { Road } from "../../app/delivery/road.ts";
import { destinations } from "../../app/destinations/index.ts";
import { install } from "../../app/shopify/install.ts";
import { freshDatabase } from "../../test/support/database.ts";
import { startLoad } from "../load/load.ts";
import { profiling, startApp } from "../measure/app.ts";
import { settleDown } from "../measure/databases.ts";
import { done, median, percentile, rounded, say, size, tell } from "../measure/figures.ts";
import { untilSettled } from "../measure/settled.ts";
import { statements } from "../measure/statements.ts";
import { openHosts } from "../vendors/hosts.ts";

const SHOPS = size(2_000, 100);
const ORDERS = 10;
const TURNS = 1;
const SECRET = "shpss_bench";

const [database, hosts] = await Promise.all([freshDatabase(), openHosts()]);
const ENCRYPTION_KEY = randomBytes(32).toString("base64");
const road = {
  ...{ db: database.db, clock: () => new Date(), keys: openKeyring(ENCRYPTION_KEY), destinations, sandbox: null },
  bell: { shop: async () => {}, lanes: async () => {} },
} as unknown as Road;
const shops = Array.from({ length: SHOPS }, (_, n) => `shop-${n}.myshopify.com`);
for (let from = 0; from < SHOPS; from += 10) await Promise.all(shops.slice(from, from + 10).map(connect));

// As in production, many shops and all: but the internet is this machine's.
const app = await startApp({
  database,
  vendorsUrl: "",
  env: {
    ...{
      ENCRYPTION_KEY,
      SHOPIFY_API_KEY: "key",
      SHOPIFY_API_SECRET: SECRET,
      SHOPIFY_APP_URL: "https://app.example.com",
    },
    ...{
      INTERNET_PORT: String(hosts.port),
      NODE_OPTIONS: [`--import ${new URL("../vendors/internet.ts", import.meta.url).href}`, ...profiling()].join(" "),
    },
  },
});
const load = await startLoad(app.url);

async function measure(): Promise<number> {
  await load.make(
    SHOPS * ORDERS,
    shops.map((shop) => ({ shop, secret: SECRET })),
  );
  await settleDown();
  const profile = await statements(database.db);
  const began = new Date();
  const { perSecond } = await load.run();
  await untilSettled(database.db);
  await profile.say("fair");
  const rows = await database.db.query<{ shop: string; count: number; took: number }>(
    `SELECT shop, count(*)::int AS count, extract(epoch FROM max(settled_at) - $1)::float8 AS took FROM delivery
     WHERE state = 'delivered' AND created_at >= $1 GROUP BY shop`,
    [began],
  );
  const short = rows.filter(({ count }) => count !== ORDERS).length + SHOPS - rows.length;
  if (short > 0) throw new Error(`${short} shops did not get all of their orders delivered`);
  const took = rows.map(({ took }) => took);
  const seconds = {
    median: rounded(median(took)),
    p95: rounded(percentile(took, 0.95)),
    last: rounded(Math.max(...took)),
  };
  say({ bench: "fair", shops: SHOPS, orders: SHOPS * ORDERS, takenPerSecond: Math.round(perSecond), seconds });
  return percentile(took, 0.95) / median(took);
}

async function connect(shop: string): Promise<void> {
  await install(road.db, shop, null, road.clock());
  const draft = {
    ...{ id: null, destination: "tolinku", name: "Tolinku" },
    settings: { domain: `${shop.split(".")[0]}.example.com`, apiKey: "tolk_sec_sandbox" },
    rules: { unknownConsent: "send" as const },
  };
  const saved = await saveConnection(road, shop, draft);
  if (!saved.ok) throw new Error(`${shop} could not be connected: ${JSON.stringify(saved)}`);
}

const runs: number[] = [];
for (let turn = 0; turn < TURNS; turn += 1) runs.push(rounded(await measure()));
tell("fair_p95_vs_median", median(runs), { runs });
await app.stop();
hosts.close();
done();
