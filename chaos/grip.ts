// Holds the PostgreSQL of a run: stopped, or without room on its disk. A process of its own, which lets go of it when the run is gone.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";

/** What the run wants; nothing: let it go. */
export interface Hold {
  /** No process of the server answers or works. */
  stopped?: boolean;
  /** Bytes beyond which nobody can write in any file: a full disk is met where a file should grow. */
  room?: number;
}
/** The answer, once it is so. */
export interface Held {
  cannot: string | null;
}

const LOOK_AGAIN_MS = 50;
const [data = ""] = process.argv.slice(2);
const { uid, gid } = statSync(data);
// As root too by the server's own user: in a container root may not have the right.
const itsUser = process.getuid?.() === 0 ? { uid, gid } : {};
/** "unlimited" in most houses; prlimit takes the words of /proc. */
const before = members().map(limitOf).find(Boolean) ?? "unlimited";
let wanted: Hold = {};
let stopped: number[] = [];

process.on("message", (hold: Hold) => {
  const held: Held = { cannot: null };
  try {
    apply(hold);
  } catch (error) {
    held.cannot = error instanceof Error ? error.message : String(error);
    apply({});
  }
  process.send?.(held);
});
// A server that is started again while the disk is full finds it full.
setInterval(() => wanted.room !== undefined && limitAll(String(wanted.room)), LOOK_AGAIN_MS);
// However it ends: a fault of this file, too.
process.on("exit", () => apply({}));
process.on("disconnect", () => process.exit());
// Only the end of the run ends it: a terminal's Ctrl-C must not come between.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => {});

function apply(hold: Hold): void {
  wanted = hold;
  for (const pid of stopped) signal(pid, "SIGCONT");
  stopped = [];
  limitAll(hold.room === undefined ? before : String(hold.room));
  if (hold.stopped) stopAll();
}

/** Again until none is left: a session may be born while we look. */
function stopAll(): void {
  for (let more = members(); more.length > 0; more = members().filter((pid) => !stopped.includes(pid))) {
    for (const pid of more) signal(pid, "SIGSTOP");
    stopped.push(...more);
  }
}

/** The soft limit: PostgreSQL is deaf to SIGXFSZ, so its write fails. The hard one stays, and so the way back is open. */
function limitAll(room: string): void {
  const others = () => members().filter((pid) => ![room, undefined].includes(limitOf(pid)));
  for (let more = others(); more.length > 0; ) {
    const { stderr } = spawnSync("sh", ["-c", LIMIT, room, ...more.map(String)], { ...itsUser, encoding: "utf8" });
    const left = others();
    if (left.some((pid) => more.includes(pid))) throw new Error(stderr.trim().split("\n").at(-1));
    more = left;
  }
}
const LIMIT = 'for pid; do prlimit --pid "$pid" --fsize="$0:"; done';

/** @returns undefined where the process has ended. */
function limitOf(pid: number): string | undefined {
  return /^Max file size +(\S+)/m.exec(read(() => readFileSync(`/proc/${pid}/limits`, "utf8")))?.[1];
}

/** Server and sessions: they work in the data folder, also those whose server was killed. */
function members(): number[] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.filter((pid) => read(() => readlinkSync(`/proc/${pid}/cwd`)) === data).map(Number);
}

/** Nothing of what is another's or has ended. */
function read(look: () => string): string {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(codeOf(error))) return "";
    throw error;
  }
}

function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
