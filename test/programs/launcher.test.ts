// npm start: what it says when something is wrong, what it keeps running, and that it leaves nothing behind.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAlive } from "../../scripts/lock.mjs";
import { freePort } from "../../scripts/port.mjs";
import { keepRunning } from "../../scripts/supervise.mjs";

const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await sleep(20);
};

interface Start {
  child: ChildProcess;
  said(): string;
}

/** Without what this test run itself was told by npm and the environment. */
function startSwitchyard(env: Record<string, string>, ...args: string[]): Start {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    cwd: new URL("../..", import.meta.url),
    env: { PATH, HOME, NODE_ENV: "test", SANDBOX_TRAFFIC: "off", LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  return { child, said: () => said };
}

describe("a start that cannot be", () => {
  test("a wrong environment variable ends it with one message that names it", async () => {
    const { child, said } = startSwitchyard({ PORT: "eighty", SANDBOX_TRAFFIC: "maybe" });
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(said().trim().split("\n")).toEqual([
      "The environment is not right:",
      "  PORT must be a port number",
      '  SANDBOX_TRAFFIC must be "on" or "off"',
    ]);
  });

  test("a key that is no key ends it too, and is not shown", async () => {
    const { child, said } = startSwitchyard({ ENCRYPTION_KEY: "hunter2" });
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(said()).toContain("ENCRYPTION_KEY must be 32 random bytes");
    expect(said()).not.toContain("hunter2");
  });

  test("a port that is taken ends it before anything is started", async () => {
    const other = createServer().listen(0);
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { child, said } = startSwitchyard({ PORT: port });
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(said().trim()).toBe(`PORT ${port} is taken by another program: end it, or set PORT to a free one.`);
    other.close();
  });

  test("a database that does not let us in ends it with its name and without its password", async () => {
    const port = await freePort();
    const DATABASE_URL = `postgresql://me:hunter2@127.0.0.1:${port}/shop`;
    const { child, said } = startSwitchyard({ PORT: String(await freePort()), DATABASE_URL });
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(said()).toContain(`The database shop at 127.0.0.1:${port} does not let us in`);
    expect(said()).not.toContain("hunter2");
  });
});

test("a program that dies is started again until it is told to end", async () => {
  const started: ChildProcess[] = [];
  const kept = keepRunning("sleeper", () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    started.push(child);
    return child;
  });
  await until(() => started[0]?.pid !== undefined);
  started[0]?.kill("SIGKILL");
  await until(() => started.length === 2);
  await kept.stop(new AbortController().signal);
  expect(started.map((child) => child.signalCode)).toEqual(["SIGKILL", "SIGTERM"]);
  expect(started).toHaveLength(2);
});

test("a program that does not end is killed as soon as the user is in a hurry", async () => {
  const deaf = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", deaf], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  const hurry = new AbortController();
  const ended = keepRunning("deaf", () => child).stop(hurry.signal);
  hurry.abort();
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
});

/** How many connections the programs have to the data folder's PostgreSQL. */
async function sessions(data: string): Promise<number> {
  const [port, password] = ["port", "password"].map((file) => readFileSync(join(data, "postgres", file), "utf8"));
  const client = new pg.Client(`postgresql://postgres:${password}@127.0.0.1:${port}/postgres`);
  await client.connect();
  const { rowCount } = await client.query("SELECT FROM pg_stat_activity WHERE datname = 'switchyard'");
  await client.end();
  return rowCount ?? 0;
}

describe("a start that is", () => {
  const data = mkdtempSync(join(tmpdir(), "switchyard-test-"));
  let port: string;
  let start: Start;
  const postmaster = () =>
    Number(readFileSync(join(data, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
  const isReady = async () => {
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => null);
    return answer?.ok === true && ((await answer.json()) as { worker: boolean }).worker;
  };
  const begin = async () => {
    start = startSwitchyard({ PORT: port, SWITCHYARD_DATA: data });
    await until(() => start.said().includes("Switchyard is ready") || start.child.exitCode !== null);
    expect(start.said()).toContain(`Switchyard is ready: http://localhost:${port}/sandbox\n`);
  };

  beforeAll(async () => {
    port = String(await freePort());
    await begin();
  });
  afterAll(() => {
    start.child.kill("SIGKILL");
    for (const folder of [realpathSync(join(data, "postgres")), data]) rmSync(folder, { recursive: true, force: true });
  });

  test("PostgreSQL is started again when it is killed, at the same address", async () => {
    const before = postmaster();
    process.kill(before, "SIGKILL");
    await until(() => start.said().includes("PostgreSQL has died"));
    await until(isReady);
    expect(postmaster()).not.toBe(before);
  });

  test("after the launcher was killed nothing but PostgreSQL is left, and the next start uses it", async () => {
    const orphan = postmaster();
    start.child.kill("SIGKILL");
    await until(async () => (await sessions(data)) === 0);
    expect(await isReady()).toBe(false);
    expect(isAlive(orphan)).toBe(true);
    await begin();
    expect(postmaster()).toBe(orphan);
  });

  test("SIGTERM ends all of it, PostgreSQL last", async () => {
    start.child.kill("SIGTERM");
    expect(await once(start.child, "exit")).toEqual([0, null]);
    expect(start.said().trim().split("\n").at(-1)).toBe("Switchyard has ended");
    expect(await isReady()).toBe(false);
    expect(existsSync(join(data, "postgres", "data", "postmaster.pid"))).toBe(false);
  });
});

test("Shopify's command line starts it with what it hands over, and no more: on a database and a key of its own", async () => {
  const data = mkdtempSync(join(tmpdir(), "dev-"));
  const handed = {
    ...{ HOST: "https://tunnel.trycloudflare.com", APP_URL: "https://tunnel.trycloudflare.com" },
    ...{ SHOPIFY_API_KEY: "0123456789abcdef0123456789abcdef", SHOPIFY_API_SECRET: "shpss_1" },
    ...{ SCOPES: "read_orders,write_pixels", PORT: String(await freePort()), NODE_ENV: "development" },
  };
  const { child, said } = startSwitchyard({ ...handed, SWITCHYARD_DATA: data }, "dev");
  try {
    await until(() => said().includes("Switchyard is ready") || child.exitCode !== null);
    expect(said()).toContain("Switchyard is ready: https://tunnel.trycloudflare.com/app\n");
    expect(readFileSync(join(data, "encryption.key"), "utf8")).toHaveLength(44);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
    for (const folder of [realpathSync(join(data, "postgres")), data]) rmSync(folder, { recursive: true, force: true });
  }
});
