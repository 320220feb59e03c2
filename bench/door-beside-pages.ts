// Does the door feel it when the pages work hard? Its slowest one in a hundred, in turns: while twenty clients send the largest forms
// to the pages and read the heaviest ones, and while the same clients ask a server that does nothing as often. In truth they are
// machines elsewhere: what they use of this one's processor is no part of what is compared.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../scripts/port.mjs";
import { startApp } from "../test/support/app.ts";
import type { Crowd, Go } from "./support/crowd.ts";
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
const crowd = await startOwn("crowd.ts", await heaviest());

async function measure(): Promise<Steady> {
  steady.tell({ seconds: SECONDS });
  return steady.hear<Steady>();
}
/** What they were answered, and how often in a second. */
async function beside(go: Go): Promise<Steady & Crowd & { perSecond: number }> {
  crowd.tell(go);
  const began = performance.now();
  await sleep(1_000);
  const figures = await measure();
  const seconds = (performance.now() - began) / 1_000;
  crowd.tell("rest");
  const { failed, ...asked } = await crowd.hear<Crowd>();
  const perSecond = (asked.pages + asked.forms) / seconds;
  return { ...figures, ...asked, perSecond, failed: figures.failed + failed };
}

const [atSink, atPages]: [number[], number[]] = [[], []];
const first = await beside({ url: app.url }); // warm
const port = await freePort();
const sink = await startOwn("sink.ts", [String(port), String(Math.round(first.read / Math.max(first.pages, 1)))]);
for (let turn = 0; turn < TURNS; turn += 1) {
  const busy = await beside({ url: app.url });
  say({ bench: "door-beside-pages", what: "beside the pages", ...busy });
  atPages.push(busy.p99);
  const quiet = await beside({ url: `http://localhost:${port}`, perSecond: busy.perSecond });
  say({ bench: "door-beside-pages", what: "beside a server that does nothing", ...quiet });
  atSink.push(quiet.p99);
}
sink.stop();
steady.stop();
crowd.stop();
await app.stop();
say({
  bench: "door-beside-pages",
  ratios: { "p99 beside the pages / without": ratio(median(atPages), median(atSink)) },
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
