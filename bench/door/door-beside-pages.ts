// Does the door feel it when the pages work hard? Its slowest one in a hundred, with and without twenty clients of the pages, in turns.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../../test/support/app.ts";
import type { Crowd } from "../load/crowd.ts";
import { startLoad, type Taken } from "../load/load.ts";
import { done, median, rounded, say, tell } from "../measure/figures.ts";
import { startOwn } from "../measure/own-process.ts";

const RATE = 100;
const SECONDS = 6;
const TURNS = 5;
const ORDERS = 400;

const app = await startApp({ env: { ENCRYPTION_KEY: randomBytes(32).toString("base64"), LOG_LEVEL: "error" } });
await fillThePages();
// The road is no part of this.
await app.kill("worker", "SIGTERM");
const steady = await startLoad(app.url, 64);
const crowd = await startOwn("../load/crowd.ts", [app.url, ...(await heaviest())]);

async function measure(): Promise<Taken> {
  await steady.make(RATE * SECONDS);
  return steady.run({ rate: RATE, counted: true });
}
async function besides(): Promise<Taken & Crowd> {
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
await Promise.all([steady.stop(), crowd.stop()]);
await app.stop();
const runs = { alone: alone.map(rounded), beside: beside.map(rounded) };
tell("door_p99_beside_pages_vs_alone", median(beside) / median(alone), { runs });
done();

/** Orders at five vendors, for the pages to tell of. */
async function fillThePages(): Promise<void> {
  const load = await startLoad(app.url);
  await load.make(ORDERS);
  await load.run();
  await load.stop();
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
