// Does a lane drain as fast with 100,000 deliveries due as with 1,000? Deliveries a second between the first request and the last answer.
import { setTimeout as sleep } from "node:timers/promises";
import { fillBacklog } from "../fill/backlog.ts";
import { makePatterns } from "../fill/patterns.ts";
import { startApp } from "../measure/app.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, say, size, tellRatio } from "../measure/figures.ts";
import { untilSettled } from "../measure/settled.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = 1;
const MANY = size(100_000, 10_000);
const FEW = 1_000;
/** Drains of the few in a row: one is over soon. */
const REPEATED = size(3, 2);
const LANE = "shopipixel";

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url });
const { db } = app.database;
await makePatterns(app);

async function drain(count: number): Promise<number> {
  await vendors.reset();
  await fillBacklog(db, LANE, count);
  await untilSettled(db);
  const { first, last, requests } = await vendors.count();
  const perSecond = (1_000 * count) / (last - first);
  say({ bench: "drain", due: count, perSecond: Math.round(perSecond), requests: requests[LANE] });
  return perSecond;
}

async function repeated(): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < REPEATED; turn += 1) all.push(await drain(FEW));
  return all;
}

await drain(FEW); // warm
const runs = await alternate(TURNS, {
  few: repeated,
  many: async () => {
    await settleDown();
    await sleep(1_000);
    return [await drain(MANY)];
  },
});
tellRatio("drain_100k_vs_1k", { "100k": runs.many.flat(), "1k": runs.few.flat() }, ["100k", "1k"]);
await app.stop();
done();
