// A database that lets few in: the connections are shared out, the door's first, and no webhook is turned away for the want of one.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LEAST_CONNECTIONS, shareOut, USUAL_CONNECTIONS } from "../../app/base/connections.ts";
import { openDatabase } from "../../app/base/database.ts";
import { asRequest, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { makeDatabase } from "../../scripts/migrate.mjs";
import { openCluster } from "../../scripts/postgres.mjs";
import { startApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";

const sum = (shares: Record<string, number>) => Object.values(shares).reduce((all, one) => all + one, 0);

test("the first of equals is served first, and none has more than it needs", () => {
  expect(shareOut("web", 10)).toEqual({ door: 3, posts: 2, bells: 1, pages: 2, sessions: 1, pagesBells: 1 });
  expect(shareOut("worker", 99)).toEqual({ ears: 1, road: 32, bells: 6, sessions: 2 });
});

test("whatever the total, no process has more, every purpose has some, and more in all is never less for one", () => {
  const totals = fc.integer({ min: LEAST_CONNECTIONS, max: 1_000 });
  fc.assert(
    fc.property(totals, fc.constantFrom("web" as const, "worker" as const), (total, role) => {
      const [shares, more] = [shareOut(role, total), shareOut(role, total + 1)] as Record<string, number>[];
      expect(sum(shares ?? {})).toBeLessThanOrEqual(total);
      if (total <= 20) expect(sum(shares ?? {})).toBe(total);
      for (const [purpose, size] of Object.entries(shares ?? {})) {
        expect(size).toBeGreaterThan(0);
        expect(more?.[purpose]).toBeGreaterThanOrEqual(size);
      }
    }),
  );
  expect(() => shareOut("web", LEAST_CONNECTIONS - 1)).toThrow("too few");
  // As the README says: a web and a worker fit where PostgreSQL leaves 22 to ordinary roles.
  expect(sum(shareOut("web", USUAL_CONNECTIONS)) + sum(shareOut("worker", USUAL_CONNECTIONS))).toBeLessThanOrEqual(22);
});

let folder: string;
let cluster: Awaited<ReturnType<typeof openCluster>>;
let database: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), `switchyard-run-${process.pid}-`));
  chmodSync(folder, 0o711);
  cluster = await openCluster(join(folder, "postgres"), { lasting: false, change: { max_connections: 25 } });
  const superuser = openDatabase(cluster.url("postgres"), { size: 1 });
  await superuser.query("CREATE ROLE ordinary LOGIN CREATEDB PASSWORD 'ordinary'");
  await superuser.end();
  const url = (name: string) => cluster.url(name).replace(/\/\/[^@]+@/, "//ordinary:ordinary@");
  await makeDatabase(url, "few");
  // The test's own looks take one of the slots that are kept for a superuser.
  const db = openDatabase(cluster.url("few"), { size: 1 });
  database = { url: url("few"), db, drop: () => db.end() };
});
afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64"); // one for both runs, which share the database
const CLIENTS = 20;
const WEBHOOKS = 400;

/** Twenty clients, seventy webhooks a second. @returns how many of each status. */
async function load(url: string): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let next = 0;
  const client = async () => {
    while (next++ < WEBHOOKS) {
      const began = performance.now();
      const { body, headers } = asRequest(orderCreated(newOrder()));
      const { status } = await fetch(`${url}/webhooks`, { method: "POST", body: body as BodyInit, headers });
      statuses[status] = (statuses[status] ?? 0) + 1;
      await sleep(Math.max(0, (CLIENTS / 70) * 1_000 - (performance.now() - began)));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return statuses;
}

const open = async () =>
  (
    await database.db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = 'ordinary'",
    )
  )[0]?.count ?? 0;
const unsettled = async () =>
  (
    await database.db.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM webhook WHERE state = 'received')::int + (SELECT count(*) FROM delivery WHERE state = 'due')::int AS count`,
    )
  )[0]?.count;

test.each([
  ["as they are by themselves", {}, USUAL_CONNECTIONS],
  ["with as few as can be", { DATABASE_CONNECTIONS: String(LEAST_CONNECTIONS) }, LEAST_CONNECTIONS],
])(
  "a web and a worker on a database for 22, %s: every webhook gets a 200 while the worker works, and all is delivered",
  async (_how, env, each) => {
    const app = await startApp({ database: { ...database, drop: async () => {} }, env: { ...env, ENCRYPTION_KEY } });
    let most = 0;
    const watch = setInterval(() => void open().then((count) => (most = Math.max(most, count))), 50);
    try {
      expect(await load(app.url)).toEqual({ 200: WEBHOOKS });
      await expect.poll(unsettled, { timeout: 60_000, interval: 200 }).toBe(0);
      expect(most).toBeLessThanOrEqual(2 * each);
      expect(app.logs()).toBe("");
      // What is not used is given back, but for the door's own, the one that listens, and what sweeps and asks just then.
      await expect.poll(open, { timeout: 30_000, interval: 500 }).toBeLessThanOrEqual(shareOut("web", each).door + 5);
    } finally {
      clearInterval(watch);
      await app.stop();
    }
  },
  120_000,
);
