// From a webhook's 200 to a vendor's receipt, at 50 orders a second: the slowest one in a hundred, against the naive way.
import { setTimeout as sleep } from "node:timers/promises";
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, percentile, say, size, tellRatio } from "../measure/figures.ts";
import { startTemplate } from "../peers/peers.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(3, 1);
const RATE = 50;
const SECONDS = size(8, 4);
const WARM = 100;
const THREE = ["shopipixel", "tolinku", "shopimind"];
const PATIENCE = 60_000;

const vendors = await startVendors();

async function measure(what: "app" | "naive"): Promise<number> {
  const run =
    what === "app"
      ? await startApp({ vendorsUrl: vendors.url, destinations: THREE })
      : await startTemplate({ vendorsUrl: vendors.url, destinations: THREE });
  const load = await startLoad(run.url);
  await times(load, WARM);
  await settleDown();
  const all = await times(load, RATE * SECONDS);
  const p99 = percentile(all, 0.99);
  say({ bench: "latency", what, receipts: all.length, p50: percentile(all, 0.5), p99 });
  await load.stop();
  await run.stop();
  return p99;
}

/** Of each order at each vendor. @throws where one did not come within a minute */
async function times(load: Awaited<ReturnType<typeof startLoad>>, count: number): Promise<number[]> {
  await load.make(count);
  await vendors.reset({ receipts: true });
  const { answers = {} } = await load.run({ rate: RATE, answers: true });
  const wanted = Object.keys(answers).flatMap((id) =>
    THREE.map((slug) => [`${slug} ${id}`, answers[id] ?? 0] as const),
  );
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(100)) {
    const { receipts } = await vendors.count();
    // The vendor may have it before the 200 has come back.
    if (wanted.every(([key]) => key in receipts))
      return wanted.map(([key, at]) => Math.max(0, (receipts[key] ?? 0) - at));
  }
  throw new Error("not every order came to every vendor within a minute");
}

const runs = await alternate(TURNS, { app: () => measure("app"), naive: () => measure("naive") });
tellRatio("latency_p99_ms_vs_naive", runs, ["app", "naive"]);
done();
