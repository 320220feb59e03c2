// Chaos, in short: real processes and a real PostgreSQL are killed while orders come in and every vendor fails.
import { expect, test } from "vitest";
import { chaos } from "../chaos/chaos.ts";
import { makeDatabase } from "../scripts/migrate.mjs";
import { withThrowAwayCluster } from "../scripts/throw-away.mjs";

interface Cluster {
  url(database: string): string;
  watch(): void;
  leave(): Promise<void>;
}

test("orders that come in while worker, web and PostgreSQL are killed and all vendors fail are counted once", async () => {
  // One that keeps what it has committed when it is killed.
  const result = await withThrowAwayCluster({ lasting: true }, async (cluster: Cluster) => {
    await makeDatabase(cluster.url, "switchyard");
    cluster.watch();
    const options = { orders: 150, kills: 3, webs: 1, workers: 1, pause: 1_000, freeze: false };
    return chaos({ databaseUrl: cluster.url("switchyard"), ...options }).finally(() => cluster.leave());
  });
  console.log(JSON.stringify(result));
  expect(result.broken).toEqual([]);
  expect(result.sent.orders).toBe(150);
  expect(result.kills).toEqual({ worker: 1, web: 1, postgres: 1 });
}, 180_000);
