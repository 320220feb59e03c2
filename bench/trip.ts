// From end to end: webhooks taken in and deliveries delivered a second by a web and a worker, against a job a webhook and a request an event.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openHouse } from "../chaos/house.ts";
import { SLUGS, startVendors, type Vendors } from "../sandbox/vendors.ts";
import { freshDatabase, type TestDatabase } from "../test/support/database.ts";
import { type Parcel, parcels, ratio, say, sendAll } from "./support/load.ts";
import { startServer } from "./support/program.ts";

const COUNT = { lanes: 2_000, naive: 500 };

async function measure(what: keyof typeof COUNT) {
  const [vendors, database] = await Promise.all([startVendors({ budgets: false }), freshDatabase()]);
  const { url, stop } = what === "lanes" ? await openLanes(vendors, database) : await openNaive(vendors, database);
  await sendAll(url, "/webhooks", parcels(100)); // warm
  await untilSettled(database, 100);
  const all = parcels(COUNT[what]);
  const before = await delivered(database);
  const began = performance.now();
  const taken = await sendAll(url, "/webhooks", all);
  await untilSettled(database, COUNT[what] + 100);
  const seconds = (performance.now() - began) / 1000;
  const deliveries = (await delivered(database)) - before;
  mustHaveCounted(vendors, all);
  const figures = { webhooks: taken.perSecond, delivered: Math.round(deliveries / seconds) };
  say({
    bench: "trip",
    what,
    "webhooks/s": figures.webhooks,
    "deliveries/s": figures.delivered,
    deliveries,
    seconds: Math.round(seconds * 10) / 10,
  });
  await stop();
  await Promise.all([vendors.stop(), database.drop()]);
  return figures;
}

async function openLanes(vendors: Vendors, database: TestDatabase) {
  const house = await openHouse({ databaseUrl: database.url, vendorsUrl: vendors.url, webs: 1, workers: 1 });
  return { url: house.urls[0] ?? "", stop: () => house.close() };
}

function openNaive(vendors: Vendors, database: TestDatabase) {
  const ENCRYPTION_KEY = randomBytes(32).toString("base64");
  const env = {
    DATABASE_URL: database.url,
    SANDBOX_VENDORS_URL: vendors.url,
    NAIVE: "yes",
    ENCRYPTION_KEY,
    NODE_ENV: "production",
  };
  return startServer("template.ts", env);
}

const delivered = async ({ db }: TestDatabase) =>
  (await db.query<{ count: number }>("SELECT count(*)::int AS count FROM delivery WHERE state = 'delivered'"))[0]
    ?.count ?? 0;

async function untilSettled({ db }: TestDatabase, webhooks: number): Promise<void> {
  for (const end = performance.now() + 120_000; performance.now() < end; await sleep(20)) {
    const [left] = await db.query<{ open: number; done: number }>(
      "SELECT (SELECT count(*)::int FROM delivery WHERE state = 'due') AS open, (SELECT count(*)::int FROM webhook WHERE state = 'normalized') AS done",
    );
    if (left?.open === 0 && left.done === webhooks) return;
  }
  const states = await db.query("SELECT destination, state, reason_code, count(*)::int FROM delivery GROUP BY 1, 2, 3");
  throw new Error(`it was not settled within two minutes: ${JSON.stringify(states)}`);
}

/** A figure counts only where all of it arrived. */
function mustHaveCounted(vendors: Vendors, all: Parcel[]): void {
  for (const slug of SLUGS) {
    const { counts } = vendors.ledger(slug);
    const most = Math.max(0, ...Object.values(counts));
    if (most < all.length) throw new Error(`${slug} counted ${most} of ${all.length}`);
  }
}

const lanes = await measure("lanes");
const naive = await measure("naive");
say({
  bench: "trip",
  ratios: {
    "webhooks taken in / naive": ratio(lanes.webhooks, naive.webhooks),
    "deliveries / naive": ratio(lanes.delivered, naive.delivered),
  },
});
process.exit(0);
