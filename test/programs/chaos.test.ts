// Chaos, in short: real processes and a real PostgreSQL are killed, and that has no room, is slow and hangs, while orders come in and every vendor fails.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chaos, type Result } from "../../chaos/chaos.ts";
import type { Hold } from "../../chaos/grip.ts";
import { connect, makeDatabase } from "../../scripts/migrate.mjs";
import { inProject, node24 } from "../../scripts/project.mjs";
import { withThrowAwayCluster } from "../../scripts/throw-away.mjs";

interface Cluster {
  url(database: string): string;
  watch(): void;
  leave(): Promise<void>;
}

const linux = process.platform === "linux";
const canFillDisks = linux && spawnSync("prlimit", ["--version"]).status === 0;

test("orders that come in while worker, web and PostgreSQL are killed, the database falls ill and all vendors fail are counted once", async () => {
  // One that keeps what it has committed when it is killed.
  const result: Result = await withThrowAwayCluster({ lasting: true }, async (cluster: Cluster) => {
    await makeDatabase(cluster.url, "switchyard");
    cluster.watch();
    const options = { orders: 600, kills: 3, faults: 3, webs: 1, workers: 1, pause: 1_000, freeze: false };
    return chaos({ databaseUrl: cluster.url("switchyard"), ...options }).finally(() => cluster.leave());
  });
  console.log(JSON.stringify(result));
  expect(result.broken).toEqual([]);
  expect(result.sent.orders).toBe(600);
  const times = Object.fromEntries(Object.entries(result.blows).map(([blow, felt]) => [blow, felt.times]));
  const faults = {
    "slow database": Number(linux),
    "hanging database": Number(linux),
    "full disk": Number(canFillDisks),
  };
  expect(times).toEqual({ worker: 1, web: 1, postgres: 1, ...faults });
  // What this machine cannot do is told, each with its reason.
  expect(Object.keys(result.cannot)).toEqual(Object.entries(faults).flatMap(([fault, is]) => (is ? [] : [fault])));
}, 180_000);

test.runIf(canFillDisks)("a run that dies while it holds PostgreSQL lets go of it", () =>
  withThrowAwayCluster({ lasting: false }, async (cluster: Cluster) => {
    const client = await connect(cluster.url("postgres"));
    const data: string = (await client.query("SHOW data_directory")).rows[0].data_directory;
    const pid = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0];
    const state = () => /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const limits = () => readFileSync(`/proc/${pid}/limits`, "utf8");
    const before = limits();
    const grip = spawn(node24, [inProject("chaos", "grip.ts"), data], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const ended = once(grip, "exit");
    try {
      grip.send({ stopped: true, room: 1_000_000 } satisfies Hold);
      expect((await once(grip, "message"))[0]).toEqual({ cannot: null });
      await expect.poll(state, { timeout: 60_000 }).toBe("T");
      expect(limits()).toMatch(/Max file size +1000000 /);
    } finally {
      // All that it sees of the run's death is the end of their channel; a signal for all is not for it.
      grip.kill("SIGTERM");
      grip.disconnect();
      await ended;
    }
    expect(limits()).toBe(before);
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.end();
  }),
);
