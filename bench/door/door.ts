// How many webhooks a second the door commits: against a server that writes nothing, the bare limit of one INSERT each, and the template's way.

import { startLoad } from "../load/load.ts";
import { startApp } from "../measure/app.ts";
import { cpuEach } from "../measure/cpu.ts";
import { settleDown } from "../measure/databases.ts";
import { alternate, done, say, size, tellRatio } from "../measure/figures.ts";
import { startBare, startTemplate } from "../peers/peers.ts";
import { startVendors } from "../vendors/vendors.ts";

const TURNS = size(2, 1);
const COUNT = {
  app: size(40_000, 1_000),
  null: size(80_000, 1_000),
  bare: size(40_000, 1_000),
  template: size(1_500, 200),
};
const WARM = { app: size(5_000, 300), null: size(5_000, 300), bare: size(5_000, 300), template: size(300, 50) };

const vendors = await startVendors();

async function measure(what: keyof typeof COUNT): Promise<number> {
  const server = await started[what]();
  const load = await startLoad(server.url);
  await load.make(WARM[what]);
  await load.run();
  await load.make(COUNT[what]);
  await settleDown();
  const before = server.cpu();
  const { perSecond, p50, p99 } = await load.run();
  const cpu = cpuEach(before, server.cpu(), COUNT[what]);
  if (what !== "null") await mustHaveStored(server.database.db, what, COUNT[what] + WARM[what]);
  say({ bench: "door", what, perSecond: Math.round(perSecond), p50, p99, cpu });
  await Promise.all([load.stop(), server.stop()]);
  return perSecond;
}

const started = {
  app: () => startApp({ vendorsUrl: vendors.url, programs: ["web"] }),
  null: () => startBare(false),
  bare: () => startBare(true),
  template: () => startTemplate(),
};

async function mustHaveStored(
  db: { query<Row>(text: string): Promise<Row[]> },
  what: string,
  wanted: number,
): Promise<void> {
  const table = what === "template" ? '"Webhook"' : "webhook";
  const [row] = await db.query<{ stored: number }>(`SELECT count(*)::int AS stored FROM ${table}`);
  if (row?.stored !== wanted) throw new Error(`${what}: ${row?.stored} of ${wanted} webhooks are stored`);
}

const runs = await alternate(TURNS, {
  null: () => measure("null"),
  app: () => measure("app"),
  bare: () => measure("bare"),
  template: () => measure("template"),
});
tellRatio("ingest_vs_null", { app: runs.app, null: runs.null }, ["app", "null"]);
tellRatio("ingest_vs_limit", { app: runs.app, bare: runs.bare }, ["app", "bare"]);
tellRatio("ingest_vs_template", { app: runs.app, template: runs.template }, ["app", "template"]);
done();
