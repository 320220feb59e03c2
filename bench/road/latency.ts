// From a webhook's 200 to a vendor's receipt, at 50 orders a second: the slowest one in a hundred, against the naive way.
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, percentile, say, size, tellRatio } from "../measure/figures.ts";
import { startTemplate } from "../peers/peers.ts";
import { startVendors } from "../vendors/vendors.ts";
import { receiptTimes } from "./receipts.ts";

const TURNS = size(2, 1);
const RATE = 50;
const SECONDS = size(6, 4);
const WARM = 100;
const THREE = ["shopipixel", "tolinku", "shopimind"];

const vendors = await startVendors();

async function measure(what: "app" | "naive"): Promise<number> {
  const run =
    what === "app"
      ? await startApp({ vendorsUrl: vendors.url, destinations: THREE })
      : await startTemplate({ vendorsUrl: vendors.url, destinations: THREE });
  const load = await startLoad(run.url);
  const road = { load, vendors, destinations: THREE };
  await receiptTimes(road, { rate: RATE, count: WARM });
  await settleDown();
  const all = await receiptTimes(road, { rate: RATE, count: RATE * SECONDS });
  const p99 = percentile(all, 0.99);
  say({ bench: "latency", what, receipts: all.length, p50: percentile(all, 0.5), p99 });
  await load.stop();
  await run.stop();
  return p99;
}

const runs = await alternate(TURNS, { app: () => measure("app"), naive: () => measure("naive") });
tellRatio("latency_p99_ms_vs_naive", runs, ["app", "naive"]);
done();
