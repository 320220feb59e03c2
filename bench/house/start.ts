// From `npm start` on a built tree, with a data folder that is not there yet, to the first webhook that is accepted.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/port.mjs";
import { openConnection } from "../load/connection.ts";
import { parcel } from "../load/orders.ts";
import { done, median, rounded, size, tell } from "../measure/figures.ts";

const TURNS = size(2, 1);
const LOOK_MS = 10;
const PATIENCE = 120_000;
const root = new URL("../..", import.meta.url);

async function measure(): Promise<number> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "switchyard-start-"));
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const began = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: root,
    env: {
      ...inherited,
      NODE_ENV: "production",
      PORT: String(port),
      SWITCHYARD_DATA: join(folder, "data"),
      SANDBOX_TRAFFIC: "off",
    },
    stdio: "ignore",
    detached: true,
  });
  try {
    return await accepted(`http://127.0.0.1:${port}`, child, began);
  } finally {
    const ended = once(child, "exit");
    process.kill(-(child.pid ?? 0), "SIGINT"); // as a terminal's Ctrl-C: to all of them
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function accepted(url: string, child: ChildProcess, began: number): Promise<number> {
  const { bytes } = parcel(new URL(url).host);
  for (; performance.now() - began < PATIENCE; await sleep(LOOK_MS)) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    const line = openConnection(url);
    const status = await line.send(bytes);
    line.close();
    if (status === 200) return performance.now() - began;
  }
  throw new Error("no webhook was accepted within two minutes");
}

const runs: number[] = [];
for (let turn = 0; turn < TURNS; turn += 1) runs.push(rounded(await measure()));
tell("start_ms", median(runs), { runs });
done();
