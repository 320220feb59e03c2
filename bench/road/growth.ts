// Does a webhook cost more with 1,000,000 delivered ones in the ledger than with 10,000? Processor's time and time, from end to end with three vendors.
import { randomBytes } from "node:crypto";
import { freshDatabase, type TestDatabase } from "../../test/support/database.ts";
import { fillLedger } from "../fill/ledger.ts";
import { makePatterns } from "../fill/patterns.ts";
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { cpuEach } from "../measure/cpu.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, median, ownTurn, rounded, say, size, tell } from "../measure/figures.ts";
import { untilSettled } from "../measure/settled.ts";
import { statements } from "../measure/statements.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(3, 1);
const LEDGER = { few: size(10_000, 1_000), many: size(1_000_000, 20_000) };
const COUNT = size(5_000, 500);
const WARM = size(1_000, 100);
const THREE = ["shopipixel", "tolinku", "shopimind"];

const vendors = await startVendors();
const env = { ENCRYPTION_KEY: randomBytes(32).toString("base64") };
const databases = { few: await ledgerOf(LEDGER.few), many: await ledgerOf(LEDGER.many) };

async function ledgerOf(count: number): Promise<TestDatabase> {
  const database = await freshDatabase();
  const app = await startApp({ vendorsUrl: vendors.url, destinations: THREE, database, env });
  await makePatterns(app);
  await app.stop();
  const began = performance.now();
  await fillLedger(database, count);
  const [row] = await database.db.query<{ size: string }>(
    "SELECT pg_size_pretty(pg_database_size(current_database())) AS size",
  );
  say({ bench: "growth", ledger: count, size: row?.size, filledIn: Math.round(performance.now() - began) });
  return database;
}

async function measure(what: keyof typeof LEDGER) {
  const app = await startApp({ vendorsUrl: vendors.url, destinations: THREE, database: databases[what], env });
  const load = await startLoad(app.url);
  await load.make(WARM);
  await load.run();
  await untilSettled(app.database.db);
  await load.make(COUNT);
  await settleDown();
  await vendors.reset();
  const profile = await statements(app.database.db);
  const before = app.cpu();
  const { first } = await load.run();
  await untilSettled(app.database.db);
  const after = app.cpu();
  await profile.say(`growth ${what}`);
  const { last } = await vendors.count();
  const cpu = cpuEach(before, after, COUNT);
  const figures = { cpu: cpu.all, time: (1_000 * (last - first)) / COUNT };
  say({ bench: "growth", ledger: LEDGER[what], cpuEach: cpu, timeEach: Math.round(figures.time) });
  await load.stop();
  await app.stop();
  // Else the server's own vacuum of one ledger falls into the other's turn, and is counted there.
  await databases[what].db.query("VACUUM ANALYZE");
  return figures;
}

await ownTurn();
const runs = await alternate(TURNS, { few: () => measure("few"), many: () => measure("many") });
const grown = (of: "cpu" | "time") => {
  const [few, many] = [runs.few.map((run) => run[of]), runs.many.map((run) => run[of])];
  return { value: median(many) / median(few), "10k": few.map(rounded), "1m": many.map(rounded) };
};
const [cpu, time] = [grown("cpu"), grown("time")];
// The worse of the two is the figure.
tell("growth_1m_vs_10k", Math.max(cpu.value, time.value), { microsecondsEach: { cpu, time } });
await databases.few.drop();
await databases.many.drop();
done();
