// Does the database stay fast? Half an hour of orders: the slowest one in a hundred, the hot tables' growth and dead rows, minute by minute.
import { startLoad } from "../load/load.ts";
import { type App, startApp } from "../measure/app.ts";
import { memoryOf } from "../measure/cpu.ts";
import { done, median, percentile, rounded, say, size, tell } from "../measure/figures.ts";
import { receiptTimes } from "../road/receipts.ts";
import { startVendors } from "../vendors/vendors.ts";

const [MINUTES = size(30, 4), RATE = size(100, 20)] = process.argv.slice(2).map(Number);
const SECONDS = size(60, 6);
const THREE = ["shopipixel", "tolinku", "shopimind"];
/** What the road writes again after it was written. */
const HOT = ["webhook", "delivery", "lane", "budget", "delivery_count", "delivery_hour", "webhook_count", "due_worth"];

interface Table {
  name: string;
  bytes: number;
  dead: number;
  vacuums: number;
}
const tablesOf = ({ database }: App) =>
  database.db.query<Table>(
    `SELECT relname AS name, pg_total_relation_size(relid)::float8 AS bytes, n_dead_tup::int AS dead, autovacuum_count::int AS vacuums
     FROM pg_stat_user_tables
     WHERE relname = ANY ($1) ORDER BY relname`,
    [HOT],
  );

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url, destinations: THREE });
const load = await startLoad(app.url);
const p99s: number[] = [];
let sent = 0;

for (let minute = 1; minute <= MINUTES; minute += 1) {
  const before = app.cpu();
  const all = await receiptTimes({ load, vendors, destinations: THREE }, { rate: RATE, count: RATE * SECONDS });
  const after = app.cpu();
  sent += RATE * SECONDS;
  const p99 = rounded(percentile(all, 0.99));
  p99s.push(p99);
  const busy = (["web", "worker", "postgres"] as const).map((program) => [
    program,
    Math.round((after[program] - before[program]) / (RATE * SECONDS)),
  ]);
  const tables = (await tablesOf(app)).map(({ name, bytes, dead, vacuums }) => [
    name,
    { bytesEach: Math.round(bytes / sent), dead, vacuums },
  ]);
  const memory = { web: memoryOf(app.pid("web")), worker: memoryOf(app.pid("worker")) };
  say({
    ...{ bench: "steady", minute, p50: rounded(percentile(all, 0.5)), p99 },
    ...{ cpuUsEach: Object.fromEntries(busy), memory, tables: Object.fromEntries(tables) },
  });
}
const part = Math.min(5, p99s.length >> 1);
const [first, last] = [median(p99s.slice(0, part)), median(p99s.slice(-part))];
tell("steady_p99_growth", last / first, { rate: RATE, minutes: MINUTES, p99: { first, last } });
await load.stop();
await app.stop();
done();
