// A PostgreSQL cluster in a folder: made, started, found again when its start was killed, watched, stopped.
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, isFree } from "./port.mjs";
import { runTool } from "./postgres-tools.mjs";
import { clearPidFile, findPostmaster } from "./postmaster.mjs";
import { Fault, say } from "./project.mjs";
import { makeOwnFolder, systemUser } from "./system-user.mjs";

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 200,
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  jit: "off",
  timezone: "UTC",
  // Its log must not hold personal data: no statements, no values.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Makes the cluster if it is not there, and starts it if it does not run.
 * @param options.lasting false for one that is thrown away: it is faster, and lost in a power cut.
 * @param options.change settings of PostgreSQL that shall be others than ours.
 * @returns `url(database)`; `watch()`: from now on it is started again when it dies; `leave()` lets it run, `stop()` does not.
 */
export async function openCluster(path, { lasting = true, change = {} } = {}) {
  const user = systemUser(path);
  makeOwnFolder(path, user);
  const folder = realpathSync(path);
  const cluster = { folder, user, lasting, change, data: join(folder, "data"), passwordFile: join(folder, "password") };
  if (!existsSync(cluster.data)) await create(cluster);
  const port = await start(cluster);
  const password = readFileSync(cluster.passwordFile, "utf8");
  let unwatch = async () => {};
  return {
    url: (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    watch() {
      unwatch = watch(cluster, port);
    },
    leave: () => unwatch(),
    async stop() {
      await unwatch();
      const how = ["-m", lasting ? "fast" : "immediate", "-w", "-t", "30"];
      const { code, output } = await runTool("pg_ctl", ["stop", "-D", cluster.data, ...how], cluster);
      if (code !== 0 && findPostmaster(cluster.data)) throw new Fault(`PostgreSQL does not stop:\n${output}`);
    },
  };
}

async function create({ folder, user, lasting, change, data, passwordFile, ...cluster }) {
  const half = `${data}.half`;
  rmSync(half, { recursive: true, force: true });
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (user.uid !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const hasty = lasting
    ? {}
    : { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_wal_size: "512MB" };
  const all = { ...settings, ...hasty, ...change };
  const args = [
    ...["-D", half, "-U", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8"],
    ...["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
    ...Object.entries(all).flatMap(([name, value]) => ["--set", `${name}=${value}`]),
    ...(lasting ? [] : ["--no-sync"]),
  ];
  const { code, output } = await runTool("initdb", args, { folder, user, ...cluster });
  if (code !== 0) throw new Fault(`PostgreSQL's initdb failed:\n${output}`);
  renameSync(half, data);
}

/** @param keepPort the one that programs know already; else the last one, else a free one. @returns the port. */
async function start({ folder, data, ...cluster }, keepPort) {
  const portFile = join(folder, "port");
  let said = "";
  // Sessions that outlive a killed server keep the next one out until they have noticed: some moments.
  for (let failures = 0; failures < 30; await sleep(200)) {
    const found = findPostmaster(data);
    if (found?.ready) return found.port;
    if (found) continue;
    clearPidFile(data);
    const last = keepPort ?? (existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0);
    const port = keepPort || (last && (await isFree(last))) ? last : await freePort();
    writeFileSync(portFile, String(port));
    const args = ["start", "-D", data, "-l", join(folder, "server.log"), "-o", `-p ${port}`, "-w", "-t", "60"];
    const { code, output } = await runTool("pg_ctl", args, { folder, ...cluster });
    if (code !== 0) failures += 1;
    said = output;
  }
  throw new Fault(`PostgreSQL does not start; ${join(folder, "server.log")} says why.\n${said}`);
}

/** @returns what ends the watch. */
function watch(cluster, port) {
  let ended = false;
  const watching = (async () => {
    for (; !ended; await sleep(250)) {
      if (findPostmaster(cluster.data)) continue;
      say("PostgreSQL has died: starting it again");
      await start(cluster, port).catch((error) => say(error.message));
    }
  })();
  return async () => {
    ended = true;
    await watching;
  };
}
