// The processor's time and the memory that processes have used, with all that they started: from /proc, so on Linux only.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "../../app/base/database.ts";

const TICK_US = 10_000;

interface Process {
  pid: number;
  parent: number;
  ticks: number;
  /** Of its children that have ended. */
  ended: number;
}

function read(pid: number): Process[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name before it may have blanks and brackets in it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
    return [{ pid, parent: Number(fields[1]), ticks: user + system, ended: endedUser + endedSystem }];
  } catch {
    return []; // it has ended
  }
}

function treeOf(pid: number): Process[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? read(Number(name)) : []));
  const under = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...under(one.pid)]);
  return [...all.filter((one) => one.pid === pid), ...under(pid)];
}

/** Microseconds. */
export const cpuOf = (pid: number): number =>
  treeOf(pid).reduce((sum, { ticks, ended }) => sum + ticks + ended, 0) * TICK_US;

/** What is its own in the memory just now, in MB. */
export function memoryOf(pid: number): number {
  const kilobytes = treeOf(pid).map(({ pid }) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
    return Number(/^Rss: +(\d+) kB/m.exec(text)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** The server's own process, of which all of its others are children. */
export async function postmasterOf(db: Sql): Promise<number> {
  const [row] = await db.query<{ data_directory: string }>("SHOW data_directory");
  return Number(readFileSync(join(row?.data_directory ?? "", "postmaster.pid"), "latin1").split("\n", 1)[0]);
}

/** What each program used between two looks, for each webhook, and all of it. */
export function cpuEach(before: Record<string, number>, after: Record<string, number>, webhooks: number) {
  const each = Object.fromEntries(
    Object.entries(after).map(([program, used]) => [program, Math.round((used - (before[program] ?? 0)) / webhooks)]),
  );
  return { ...each, all: Object.values(each).reduce((sum, one) => sum + one, 0) };
}
