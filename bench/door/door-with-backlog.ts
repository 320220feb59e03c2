// Does the door feel a mountain being worked off? Its slowest one in a hundred at 500 webhooks a second, with a lane of 100,000 that drains and with one that rests.
import { setTimeout as sleep } from "node:timers/promises";
import { fillBacklog } from "../fill/backlog.ts";
import { makePatterns } from "../fill/patterns.ts";
import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, say, size, tellRatio } from "../measure/figures.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(2, 1);
const RATE = size(500, 100);
const SECONDS = size(5, 4);
const DUE = size(100_000, 10_000);
const LANE = "shopipixel";
/** A lane that is switched on without a bell is found by the sweep. */
const FOUND_MS = 4_000;

const vendors = await startVendors();
const app = await startApp({ vendorsUrl: vendors.url });
const { db } = app.database;
await makePatterns(app);
// What comes now is owed to the one lane only, which is paused while it rests.
await db.query("UPDATE connection SET state = CASE WHEN destination = $1 THEN 'paused' ELSE 'off' END", [LANE]);
const load = await startLoad(app.url);

async function measure(what: "idle" | "draining"): Promise<number> {
  await load.make(RATE * SECONDS);
  if (what === "draining") await drains(true);
  await vendors.reset();
  const { p50, p99, perSecond } = await load.run({ rate: RATE });
  const { events } = await vendors.count();
  await drains(false);
  say({ bench: "door-with-backlog", what, perSecond: Math.round(perSecond), p50, p99, delivered: events[LANE] ?? 0 });
  await settleDown();
  await sleep(1_000);
  return p99;
}

async function drains(on: boolean): Promise<void> {
  await fill(on);
  await db.query("UPDATE connection SET state = $2 WHERE destination = $1", [LANE, on ? "on" : "paused"]);
  await sleep(on ? FOUND_MS : 500);
}

/** So much waits at the beginning of each drain. */
async function fill(on: boolean): Promise<void> {
  if (!on) return;
  const [row] = await db.query<{ due: number }>("SELECT count(*)::int AS due FROM delivery WHERE state = 'due'");
  if ((row?.due ?? 0) < DUE) await fillBacklog(db, LANE, DUE - (row?.due ?? 0));
}

await measure("idle"); // warm
const runs = await alternate(TURNS, { idle: () => measure("idle"), draining: () => measure("draining") });
tellRatio("door_p99_with_backlog", runs, ["draining", "idle"]);
await app.stop();
done();
