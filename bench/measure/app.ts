// The app as it is in production: the real web and worker, each a process of its own, on a database and vendors of the measurement.
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/port.mjs";
import { startProgram } from "../../scripts/programs.mjs";
import { freshDatabase, type TestDatabase } from "../../test/support/database.ts";
import { cpuOf, postmasterOf } from "./cpu.ts";

const PATIENCE = 180_000;

type Program = "web" | "worker";
export interface App {
  url: string;
  database: TestDatabase;
  start(program: Program): Promise<void>;
  /** Lets it end by itself. */
  end(program: Program): Promise<void>;
  pid(program: Program): number;
  /** Microseconds until now, PostgreSQL's too. */
  cpu(): { web: number; worker: number; postgres: number };
  stop(): Promise<void>;
}
export interface Opening {
  vendorsUrl: string;
  /** Absent: both. */
  programs?: Program[];
  /** Of the sandbox's five. Absent: all. */
  destinations?: string[];
  /** The vendors' limits hold. */
  budgets?: boolean;
  env?: Record<string, string>;
  database?: TestDatabase;
}

/** Where the time goes: node writes it there when a program ends. */
export const profiling = (): string[] =>
  process.env.PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.PROFILE}`] : [];

export async function startApp(opening: Opening): Promise<App> {
  const { vendorsUrl, programs = ["web", "worker"], budgets = false } = opening;
  const database = opening.database ?? (await freshDatabase());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ NODE_ENV: "production", LOG_LEVEL: "error", PORT: String(port), DATABASE_URL: database.url },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString("base64"), SANDBOX_VENDORS_URL: vendorsUrl },
    ...{ SANDBOX_BUDGETS: budgets ? "on" : "off", SANDBOX_TRAFFIC: "off" },
    NODE_OPTIONS: profiling().join(" "),
    ...opening.env,
  };
  const running = new Map<Program, ChildProcess>();
  const postmaster = await postmasterOf(database.db);
  const pid = (program: Program) => running.get(program)?.pid ?? 0;
  const cpu = (program: Program) => (running.has(program) ? cpuOf(pid(program)) : 0);

  async function start(program: Program): Promise<void> {
    // Where a database is slow at its start, the launcher starts it again; so is it done here.
    for (let tries = 3; tries > 0; tries -= 1) {
      const child = startProgram(program, env) as ChildProcess;
      running.set(program, child);
      const kill = () => child.kill("SIGKILL");
      process.once("exit", kill);
      child.once("exit", () => process.off("exit", kill));
      if (await isReady(url, child, program === "worker" && running.has("web"))) return;
    }
    throw new Error(`the ${program} did not come up`);
  }
  async function end(program: Program): Promise<void> {
    const child = running.get(program);
    running.delete(program);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  for (const program of programs) await start(program);
  if (opening.destinations)
    await database.db.query("UPDATE connection SET state = 'off' WHERE NOT destination = ANY ($1)", [
      opening.destinations,
    ]);
  return {
    url,
    database,
    start,
    end,
    pid,
    cpu: () => ({ web: cpu("web"), worker: cpu("worker"), postgres: cpuOf(postmaster) }),
    async stop() {
      await Promise.all([...running.keys()].map(end));
      if (!opening.database) await database.drop();
    },
  };
}

/** @returns false where it has ended. */
async function isReady(url: string, child: ChildProcess, worker: boolean): Promise<boolean> {
  for (const until = performance.now() + PATIENCE; performance.now() < until; await sleep(20)) {
    if (child.exitCode !== null) return false;
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    const state = answer ? ((await answer.json()) as { ready: boolean; worker?: boolean }) : null;
    // With credentials the details are for nobody: the worker is then waited for by what it does.
    if (state?.ready && (!worker || state.worker !== false)) return true;
  }
  throw new Error("the app was not ready within three minutes");
}
