// The real processes: webs and workers that are kept running, and the PostgreSQL they use; each can be killed, and is waited for.
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../scripts/port.mjs";
import { startProgram } from "../scripts/programs.mjs";
import { keepRunning } from "../scripts/supervise.mjs";
import { type Fault, openFaults } from "./faults.ts";

export type Victim = "worker" | "web" | "postgres";
export interface House {
  urls: string[];
  /** SIGKILL. @returns how long it was away, in milliseconds. */
  kill(victim: Victim): Promise<number>;
  /** @returns what trace it has left, and how long all was away after its end, in milliseconds. @throws CannotBe */
  bring(fault: Fault): Promise<{ away: number; trace: number }>;
  /** Stops a worker for a while, as a machine that hangs does: longer than its leases. */
  freeze(milliseconds: number): Promise<void>;
  ask<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openHouse(options: {
  databaseUrl: string;
  vendorsUrl: string;
  redisUrl?: string;
  webs: number;
  workers: number;
}): Promise<House> {
  const variables = {
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    DATABASE_URL: options.databaseUrl,
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SANDBOX_VENDORS_URL: options.vendorsUrl,
    SANDBOX_BUDGETS: "off",
    SANDBOX_TRAFFIC: "off",
  };
  const ask = asker(options.databaseUrl);
  const [{ data_directory: data } = { data_directory: "" }] = await ask<{ data_directory: string }>(
    "SHOW data_directory",
  );
  const ports = await Promise.all(Array.from({ length: options.webs }, freePort));
  const webs = ports.map((port) => program("web", { ...variables, PORT: String(port) }));
  const workers = Array.from({ length: options.workers }, () => program("worker", variables));
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  await Promise.all(urls.map(isReady));
  await until(async () => (await workersSince(ask, new Date(0))) > 0);
  const faults = openFaults(data, ask);
  let turn = 0;
  const next = <T>(list: T[]): T => list[turn++ % list.length] as T;
  return {
    urls,
    ask,
    async kill(victim) {
      const began = performance.now();
      if (victim === "postgres") {
        process.kill(Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0]), "SIGKILL");
        await until(() => ask("SELECT 1"));
      } else if (victim === "web") {
        const at = turn++ % webs.length;
        webs[at]?.child().kill("SIGKILL");
        await isReady(urls[at] ?? "");
      } else {
        const now = await ask<{ now: Date }>("SELECT clock_timestamp() AS now");
        next(workers).child().kill("SIGKILL");
        await until(async () => (await workersSince(ask, now[0]?.now ?? new Date())) > 0);
      }
      return Math.round(performance.now() - began);
    },
    async bring(fault) {
      const trace = await faults.bring(fault);
      const began = performance.now();
      await until(() => ask(COMMITS));
      await Promise.all(urls.map(isReady));
      await until(async () => (await workersSince(ask, new Date(0))) > 0);
      return { away: Math.round(performance.now() - began), trace };
    },
    async freeze(milliseconds) {
      const { pid } = next(workers).child();
      if (!pid) return;
      process.kill(pid, "SIGSTOP");
      await sleep(milliseconds);
      process.kill(pid, "SIGCONT");
    },
    async close() {
      await faults.close();
      await Promise.all([...webs, ...workers].map(({ stop }) => stop()));
    },
  };
}

/** A commit that PostgreSQL must write to its log. */
const COMMITS = "SELECT pg_logical_emit_message(true, 'chaos', 'is there room?')";

function program(name: "web" | "worker", variables: Record<string, string>) {
  let child: ChildProcess;
  const kept = keepRunning(name, () => {
    child = startProgram(name, variables);
    return child;
  });
  return { child: () => child, stop: () => kept.stop(new AbortController().signal) };
}

/** A connection for each question: none of them outlives a killed server. */
function asker(databaseUrl: string): House["ask"] {
  return async (text, values) => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      query_timeout: 20_000,
    });
    client.on("error", () => {}); // said by the question
    try {
      await client.connect();
      return (await client.query(text, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  };
}

const workersSince = async (ask: House["ask"], since: Date) =>
  (
    await ask("SELECT 1 FROM pg_stat_activity WHERE application_name = 'switchyard worker' AND backend_start > $1", [
      since,
    ])
  ).length;

const isReady = (url: string) =>
  until(async () => {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  });

/** Until it is true, whatever fails meanwhile. @throws after a minute */
async function until(look: () => Promise<unknown>): Promise<void> {
  for (const end = performance.now() + 60_000; ; await sleep(20)) {
    try {
      if (await look()) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error("what was killed did not come back within a minute");
  }
}
