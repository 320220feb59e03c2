// Does the app keep what it need not? The memory of web and worker at the end of ten minutes of orders, over the same after the first.
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { memoryOf } from "../measure/cpu.ts";
import { done, median, rounded, say, size, tell } from "../measure/figures.ts";
import { startVendors } from "../vendors/vendors.ts";

const RATE = size(60, 20);
const MINUTES = size(10, 3);
const SECONDS = size(60, 6);
const LOOK_MS = 500;
/** Of each minute the last looks, of which the middle one counts: a garbage collection is no growth. */
const LOOKS = 30;
const THREE = ["shopipixel", "tolinku", "shopimind"];

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url, destinations: THREE });
// While one sends a minute's orders, the other makes the next ones.
const loads = await Promise.all([startLoad(app.url), startLoad(app.url)]);
await loads[1].make(RATE * SECONDS);
const pids = { web: app.pid("web"), worker: app.pid("worker") };
const after: Record<keyof typeof pids, number[]> = { web: [], worker: [] };

for (let minute = 1; minute <= MINUTES; minute += 1) {
  const [load, next] = minute % 2 === 0 ? loads : loads.toReversed();
  const looked: typeof after = { web: [], worker: [] };
  const looking = setInterval(() => {
    for (const program of ["web", "worker"] as const) looked[program].push(memoryOf(pids[program]));
  }, LOOK_MS);
  await Promise.all([load?.run({ rate: RATE }), minute < MINUTES && next?.make(RATE * SECONDS)]);
  clearInterval(looking);
  for (const program of ["web", "worker"] as const) after[program].push(rounded(median(looked[program].slice(-LOOKS))));
  say({ bench: "memory", minute, web: after.web.at(-1), worker: after.worker.at(-1) });
  await vendors.reset();
}
const growth = (program: keyof typeof pids) =>
  rounded((after[program].at(-1) ?? Number.NaN) / (after[program][0] ?? Number.NaN));
const [web, worker] = [growth("web"), growth("worker")];
tell("rss_growth", Math.max(web, worker), { growth: { web, worker }, megabytes: after });
await Promise.all(loads.map((load) => load.stop()));
await app.stop();
done();
