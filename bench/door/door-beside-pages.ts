// Does the door feel it when the pages work hard? Its slowest one in a hundred, with and without twenty clients of the pages, in turns.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../test/support/app.ts";
import type { Crowd } from "./support/crowd.ts";
import { parcels, ratio, say, sendAll } from "./support/load.ts";
import { median, startOwn } from "./support/own-process.ts";
import type { Steady } from "./support/steady.ts";

const RATE = 100;
const SECONDS = 6;
const TURNS = 5;
const ORDERS = 400;

const app = await startApp({ env: { ENCRYPTION_KEY: randomBytes(32).toString("base64"), LOG_LEVEL: "error" } });
await fillThePages();
// The road is no part of this.
await app.kill("worker", "SIGTERM");
const steady = await startOwn("steady.ts", [app.url, String(RATE)]);
const crowd = await startOwn("crowd.ts", [app.url, ...(await heaviest())]);

async function measure(): Promise<Steady> {
  steady.tell({ seconds: SECONDS });
  return steady.hear<Steady>();
}
async function besides(): Promise<Steady & Crowd> {
  crowd.tell("go");
  await sleep(1_000);
  const figures = await measure();
  crowd.tell("rest");
  const { failed: pagesFailed, ...pages } = await crowd.hear<Crowd>();
  return { ...figures, ...pages, failed: figures.failed + pagesFailed };
}

const [alone, beside]: [number[], number[]] = [[], []];
await measure(); // warm
for (let turn = 0; turn < TURNS; turn += 1) {
  const quiet = await measure();
  say({ bench: "door-beside-pages", what: "alone", ...quiet });
  alone.push(quiet.p99);
  const busy = await besides();
  say({ bench: "door-beside-pages", what: "beside the pages", ...busy });
  beside.push(busy.p99);
}
steady.stop();
crowd.stop();
await app.stop();
say({
  bench: "door-beside-pages",
  ratios: { "p99 beside the pages / alone": ratio(median(beside), median(alone)) },
});
process.exit(0);

/** Orders at five vendors, for the pages to tell of. */
async function fillThePages(): Promise<void> {
  await sendAll(app.url, "/webhooks", parcels(ORDERS));
  for (let left = 1; left > 0; await sleep(100)) {
    const [row] = await app.database.db.query<{ left: number }>(
      "SELECT (SELECT count(*) FROM webhook WHERE state = 'received')::int + (SELECT count(*) FROM delivery WHERE state = 'due')::int AS left",
    );
    left = row?.left ?? 0;
  }
}

async function heaviest(): Promise<string[]> {
  const [{ id } = { id: "" }] = await app.database.db.query<{ id: string }>(
    "SELECT id FROM connection WHERE destination = 'tolinku'",
  );
  const data = (route: string) => `_data=${encodeURIComponent(`routes/${route}`)}`;
  return [
    `/app?${data("app._index")}&orders=200`,
    `/app/tolinku/${id}/figures?${data("app.$slug.$connectionId.figures")}&days=90`,
    `/app/attention?${data("app.attention")}`,
    `/app/settings?${data("app.settings")}`,
  ];
}
