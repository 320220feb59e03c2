// From end to end: from the first 200 to the vendors' last answer, against the template's route with a job a webhook and a request for each event and vendor.
import { setTimeout as sleep } from "node:timers/promises";
import { type Load, startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { cpuEach } from "../measure/cpu.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, median, say, size, tell, tellRatio } from "../measure/figures.ts";
import { mustBeDelivered, untilSettled } from "../measure/settled.ts";
import { statements } from "../measure/statements.ts";
import { startTemplate } from "../peers/peers.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(2, 1);
const COUNT = { app: size(10_000, 1_000), naive: size(600, 150) };
const WARM = size(500, 50);
const THREE = ["shopipixel", "tolinku", "shopimind"];
const PATIENCE = 240_000;
const FIVE = [...THREE, "alana", "prisjakt"];

interface Trip {
  perSecond: number;
  /** Microseconds of the processor for each webhook. */
  cpu: number;
  /** Jobs added to the queue for each webhook. */
  bells: number;
}

const vendors = await startVendors();

async function app(destinations: string[]): Promise<Trip> {
  const app = await startApp({ vendorsUrl: vendors.url, destinations });
  const { db } = app.database;
  const load = await startLoad(app.url);
  await load.make(WARM);
  await load.run();
  await untilSettled(db);
  await load.make(COUNT.app);
  await settleDown();
  await vendors.reset();
  const profile = await statements(db);
  const [rung, before] = [await jobs(app.database.db), app.cpu()];
  const taken = await load.run();
  await untilSettled(db);
  const after = app.cpu();
  const { last, requests } = await vendors.count();
  await mustBeDelivered(db, Object.fromEntries(destinations.map((slug) => [slug, COUNT.app + WARM])));
  await profile.say("trip");
  const cpu = cpuEach(before, after, COUNT.app);
  const bells = ((await jobs(db)) - rung) / COUNT.app;
  const perSecond = (1_000 * COUNT.app) / (last - taken.first);
  say({
    bench: "trip",
    what: "app",
    vendors: destinations.length,
    ...rates(perSecond, taken.perSecond),
    cpu,
    bells,
    requests,
  });
  await load.stop();
  await app.stop();
  return { perSecond, cpu: cpu.all, bells };
}

async function naive(destinations: string[]): Promise<Trip> {
  const peer = await startTemplate({ vendorsUrl: vendors.url, destinations });
  const load = await startLoad(peer.url);
  await sent(load, WARM, destinations.length);
  await settleDown();
  const before = peer.cpu();
  const { taken, last } = await sent(load, COUNT.naive, destinations.length);
  const cpu = cpuEach(before, peer.cpu(), COUNT.naive);
  const perSecond = (1_000 * COUNT.naive) / (last - taken.first);
  say({ bench: "trip", what: "naive", vendors: destinations.length, ...rates(perSecond, taken.perSecond), cpu });
  await load.stop();
  await peer.stop();
  return { perSecond, cpu: cpu.all, bells: 1 };
}

/** Until the vendors have had all of it. */
async function sent(load: Load, count: number, vendorCount: number) {
  await load.make(count);
  await vendors.reset();
  const taken = await load.run();
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(50)) {
    const { events, last } = await vendors.count();
    if (Object.values(events).reduce((sum, one) => sum + one, 0) >= count * vendorCount) return { taken, last };
  }
  throw new Error("the naive way did not deliver within four minutes");
}

const rates = (perSecond: number, taken: number) => ({
  perSecond: Math.round(perSecond),
  takenPerSecond: Math.round(taken),
});

/** Written down by PostgreSQL's sessions at the latest a second after each was added. */
async function jobs(db: { query<Row>(text: string): Promise<Row[]> }): Promise<number> {
  await sleep(1_500);
  const [row] = await db.query<{ added: string }>(
    "SELECT n_tup_ins AS added FROM pg_stat_user_tables WHERE schemaname = 'bullmq' AND relname = 'job'",
  );
  return Number(row?.added ?? 0);
}

const runs = await alternate(TURNS, {
  app: () => app(THREE),
  naive: () => naive(THREE),
  appOfFive: () => app(FIVE),
  naiveOfFive: () => naive(FIVE),
});
const speeds = (of: Trip[]) => of.map(({ perSecond }) => perSecond);
tellRatio("end_to_end_vs_naive", { app: speeds(runs.app), naive: speeds(runs.naive) }, ["app", "naive"]);
tellRatio("five_vendors_vs_naive", { app: speeds(runs.appOfFive), naive: speeds(runs.naiveOfFive) }, ["app", "naive"]);
const bells = runs.app.map(({ bells }) => bells);
tell("bells_per_webhook", median(bells), { runs: bells });
const cpu = runs.app.map(({ cpu }) => cpu);
tell("cpu_us_per_webhook", median(cpu), { runs: cpu, naive: runs.naive.map((run) => run.cpu) });
done();
