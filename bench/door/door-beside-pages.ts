// Does the door feel it when the pages work hard? Its slowest one in a hundred, in turns: while twenty clients send the largest forms
// to the pages and read the heaviest ones, and while the same clients ask a server that does nothing as often. In truth they are
// machines elsewhere: what they use of this one's processor is no part of what is compared.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/port.mjs";
import { startApp } from "../../test/support/app.ts";
import type { Crowd, Go } from "../load/crowd.ts";
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
const crowd = await startOwn("../load/crowd.ts", await heaviest());

/** What they were answered, and how often in a second. */
async function beside(go: Go): Promise<Taken & Crowd & { asked: number }> {
  await steady.make(RATE * SECONDS);
  crowd.tell(go);
  const began = performance.now();
  await sleep(1_000);
  const figures = await steady.run({ rate: RATE, counted: true });
  const seconds = (performance.now() - began) / 1_000;
  crowd.tell("rest");
  const { failed, ...answered } = await crowd.hear<Crowd>();
  const asked = (answered.pages + answered.forms) / seconds;
  return { ...figures, ...answered, asked, failed: figures.failed + failed };
}

const [nothing, pages]: [number[], number[]] = [[], []];
const first = await beside({ url: app.url }); // warm
const port = await freePort();
const pageBytes = Math.round(first.read / Math.max(first.pages, 1));
const sink = await startOwn("../peers/sink.ts", [String(port), String(pageBytes)]);
for (let turn = 0; turn < TURNS; turn += 1) {
  const busy = await beside({ url: app.url });
  say({ bench: "door-beside-pages", what: "beside the pages", ...busy });
  pages.push(busy.p99);
  const quiet = await beside({ url: `http://localhost:${port}`, perSecond: busy.asked });
  say({ bench: "door-beside-pages", what: "beside a server that does nothing", ...quiet });
  nothing.push(quiet.p99);
}
await Promise.all([sink.stop(), steady.stop(), crowd.stop()]);
await app.stop();
const runs = { pages: pages.map(rounded), nothing: nothing.map(rounded) };
tell("door_p99_beside_pages_vs_nothing", median(pages) / median(nothing), { runs });
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
