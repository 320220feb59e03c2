// Chaos, in short: real processes and a real PostgreSQL are killed while orders come in and every vendor fails.
import { expect, test } from "vitest";
import { chaos, type Result } from "../chaos/chaos.ts";
import { makeDatabase } from "../scripts/migrate.mjs";
import { withThrowAwayCluster } from "../scripts/throw-away.mjs";

interface Cluster {
  url(database: string): string;
  watch(): void;
  leave(): Promise<void>;
}

test("orders that come in while worker, web and PostgreSQL are killed and all vendors fail are counted once", async () => {
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
  expect(times).toEqual({
    ...{ worker: 1, web: 1, postgres: 1 },
    ...{ "full disk": 1, "slow database": 1, "hanging database": 1 },
  });
}, 180_000);
