// Does the server of a data folder run? PostgreSQL's own pid file says who it is; the pid may be another's by now.
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./lock.mjs";

/** @returns its port and whether it takes connections, or null. */
export function findPostmaster(data) {
  const [pid, , , port, , , , status = ""] = pidFile(data);
  if (!isAlive(Number(pid)) || !worksIn(pid, data)) return null;
  return { port: Number(port), ready: status.trim() === "ready" };
}

/**
 * PostgreSQL refuses to start when its pid file names a living process, also one that has taken over the number, or one
 * that is dead but was not yet collected. The file goes only when nothing works in the folder any more: it is what keeps
 * two servers apart.
 */
export function clearPidFile(data) {
  const [pid] = pidFile(data);
  if (!isAlive(Number(pid)) || !existsSync("/proc/self")) return;
  const inUse = readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && worksIn(entry, data));
  if (!inUse) rmSync(join(data, "postmaster.pid"), { force: true });
}

function pidFile(data) {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** Server and sessions have the data folder as their working folder. Where there is no /proc, the pid is trusted. */
function worksIn(pid, data) {
  if (!existsSync("/proc/self")) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch (error) {
    if (["ENOENT", "EACCES", "ESRCH", "EPERM"].includes(error.code)) return false;
    throw error;
  }
}
