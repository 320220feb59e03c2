// How many requests a backlog of 10,000 orders takes, over the fewest that the data sheets' batch sizes allow; the vendors' budgets hold.
import { setTimeout as sleep } from "node:timers/promises";
import { destinations } from "../../app/destinations/index.ts";
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { done, size, tell } from "../measure/figures.ts";
import { mustBeDelivered, untilSettled } from "../measure/settled.ts";
import { startVendors } from "../vendors/vendors.ts";

const COUNT = size(10_000, 1_000);
const THREE = ["shopipixel", "tolinku", "shopimind"];

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url, destinations: THREE, budgets: true });
const { db } = app.database;
// The vendors are away, so to speak, until all of it waits.
await db.query("UPDATE connection SET state = 'paused' WHERE state = 'on'");
const load = await startLoad(app.url);
await load.make(COUNT);
await load.run();
for (let left = 1; left > 0; await sleep(200)) {
  const [row] = await db.query<{ left: number }>("SELECT count(*)::int AS left FROM webhook WHERE state = 'received'");
  left = row?.left ?? 0;
}
await vendors.reset();
await db.query("UPDATE connection SET state = 'on' WHERE state = 'paused'");
await untilSettled(db);
await mustBeDelivered(db, Object.fromEntries(THREE.map((slug) => [slug, COUNT])));
const { requests } = await vendors.count();

// Each message once, in full batches of its channel. What must be declared first is asked besides, and not counted here.
const sent = await db.query<{ destination: string; channel: string; messages: number; attempts: number }>(
  "SELECT destination, channel, sum(messages)::int AS messages, count(*)::int AS attempts FROM attempt GROUP BY 1, 2",
);
const channels = sent.map(({ destination, channel, messages, attempts }) => {
  const sheet = destinations.find(({ slug }) => slug === destination);
  const batch = (sheet?.channels as Record<string, { batch: number }>)[channel]?.batch ?? 1;
  return { destination, channel, messages, requests: attempts, fewest: Math.ceil(messages / batch) };
});
const total = Object.values(requests).reduce((sum, one) => sum + one, 0);
const fewest = channels.reduce((sum, one) => sum + one.fewest, 0);
tell("requests_vs_minimum", total / fewest, { orders: COUNT, requests: total, fewest, channels });
await app.stop();
done();
