// The PostgreSQL of a data folder, shared by every start on that folder; the last one to leave stops it.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, withLock } from "./lock.mjs";
import { makeDatabase, migrate } from "./migrate.mjs";
import { openCluster } from "./postgres.mjs";

/** @returns the migrated database's `url`, and `close()`. */
export async function openEmbedded(data) {
  const lock = join(data, "start.lock");
  const users = join(data, "users");
  const own = join(users, String(process.pid));
  return withLock(lock, async () => {
    const cluster = await openCluster(join(data, "postgres"));
    const close = async () => {
      rmSync(own, { force: true });
      const others = readdirSync(users).filter((pid) => isAlive(Number(pid)) && Number(pid) !== process.pid);
      if (others.length > 0) await cluster.leave();
      else await cluster.stop();
    };
    mkdirSync(users, { recursive: true });
    writeFileSync(own, "");
    try {
      await makeDatabase(cluster.url, "switchyard");
      await migrate(cluster.url("switchyard"));
    } catch (error) {
      await close();
      throw error;
    }
    cluster.watch();
    return { url: cluster.url("switchyard"), close: () => withLock(lock, close) };
  });
}
