// One process at a time: two starts on one folder must not install, build or create the same thing at once.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Waits while another living process holds `file`; what a killed one left is taken over. */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  // A link appears together with its content, so that nobody reads an empty lock as a dead one.
  while (!tryLink(own, file)) {
    if (!isAlive(holder(file))) rmSync(file, { force: true });
    else await sleep(100);
  }
  rmSync(own);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLink(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function holder(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return 0;
    throw error;
  }
}
