// The real web and worker processes, on a database of their own and vendors that the test has; a test kills and starts them.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startVendors, type Vendors } from "../../sandbox/vendors.ts";
import { freePort } from "../../scripts/port.mjs";
import { freshDatabase, type TestDatabase } from "./database.ts";

const { PATH, NODE_COMPILE_CACHE } = process.env;

type Program = "web" | "worker";

export interface App {
  url: string;
  database: TestDatabase;
  vendors: Vendors;
  /** What the programs have written so far. */
  logs(): string;
  /** One more of this program; for the web, waits until it is ready. */
  start(program: Program): Promise<void>;
  /** Ends every process of this program and waits for it. */
  kill(program: Program, signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/** @param options.env overrides what the programs are told. @param options.database in place of a fresh one. @throws with their logs, where /readyz does not come. */
export async function startApp(options: { env?: Record<string, string>; database?: TestDatabase } = {}): Promise<App> {
  const [database, vendors, port] = await Promise.all([
    options.database ?? freshDatabase(),
    startVendors({ budgets: false }),
    freePort(),
  ]);
  const url = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...{ PATH, NODE_COMPILE_CACHE, NODE_ENV: "production" as const, LOG_LEVEL: "warn", PORT: String(port) },
    ...{ DATABASE_URL: database.url, ENCRYPTION_KEY: randomBytes(32).toString("base64") },
    ...{ SANDBOX_VENDORS_URL: vendors.url, SANDBOX_BUDGETS: "off", SANDBOX_TRAFFIC: "off" },
    ...options.env,
  };
  const running: Record<Program, Set<ChildProcess>> = { web: new Set(), worker: new Set() };
  let said = "";

  async function start(program: Program): Promise<void> {
    const child = spawn(process.execPath, [`app/entry.${program}.ts`], {
      cwd: new URL("../..", import.meta.url),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    running[program].add(child);
    child.once("exit", () => running[program].delete(child));
    if (program === "web") await ready(url, child, () => said);
  }
  async function kill(program: Program, signal: NodeJS.Signals): Promise<void> {
    const ends = [...running[program]].map((child) => {
      const ended = once(child, "exit");
      child.kill(signal);
      return ended;
    });
    await Promise.all(ends);
  }
  async function stop(): Promise<void> {
    await Promise.all([kill("web", "SIGTERM"), kill("worker", "SIGTERM")]);
    await Promise.all([database.drop(), vendors.stop()]);
  }
  try {
    await Promise.all([start("web"), start("worker")]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, database, vendors, logs: () => said, start, kill, stop };
}

async function ready(url: string, web: ChildProcess, logs: () => string): Promise<void> {
  for (;;) {
    if (web.exitCode !== null || web.signalCode !== null)
      throw new Error(`the web ended before it was ready:\n${logs()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
}
