// Keeps the pages' process running beside the web's: what it works at delays no webhook, and when it dies another is started.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../base/log.ts";

export interface Pages {
  /** Where it listens; while it is being started, waits a little. null where that takes longer. */
  socket(): Promise<string | null>;
  /** Resolves once the first one listens. Rejects where it ends before that: what it ended of is in its own log. */
  first: Promise<void>;
  close(): Promise<void>;
}

/** It says every 2 s that it lives. */
const LONGEST_SILENCE = 30_000;
const LONGEST_PAUSE = 5_000;
const HEALTHY_AFTER = 60_000;
const LOOK_MS = 1_000;
/** The web's own end has 10 s, of which its requests may take 3. */
const LONGEST_END = 4_000;
/** For one that is being started. */
const PATIENCE = 10_000;

/** @param ending aborted once none shall be started again. */
export function openPages(file: URL, ending: AbortSignal): Pages {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-pages-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const first = Promise.withResolvers<void>();
  const state = { child: null as ChildProcess | null, up: Promise.withResolvers<string>(), starts: 0, deaths: 0 };

  function start(): void {
    const socket = join(folder, `${state.starts++}`);
    const began = performance.now();
    // A session of its own: where Linux shares the processor out by sessions, the pages would use up the door's share.
    const child = fork(file, { detached: true, env: { ...process.env, PAGES_SOCKET: socket } });
    state.child = child;
    let heard = Number.POSITIVE_INFINITY;
    const watching = setInterval(() => performance.now() - heard > LONGEST_SILENCE && child.kill("SIGKILL"), LOOK_MS);
    child.on("message", (said) => {
      heard = performance.now();
      if (said !== "ready") return;
      state.up.resolve(socket);
      first.resolve();
    });
    child.once("exit", (code, signal) => {
      clearInterval(watching);
      state.up = Promise.withResolvers();
      rmSync(socket, { force: true });
      if (ending.aborted) return;
      if (performance.now() - began > HEALTHY_AFTER) state.deaths = 0;
      const ended = new Error(`the pages have ended (${signal ?? `code ${code}`})`);
      first.reject(ended);
      const pause = state.deaths === 0 ? 0 : Math.min(250 * 2 ** state.deaths, LONGEST_PAUSE);
      state.deaths += 1;
      log.error({ err: ended }, "the pages are started again");
      setTimeout(() => ending.aborted || start(), pause);
    });
  }
  start();
  return {
    first: first.promise,
    async socket() {
      const tired = new AbortController();
      const late = sleep(PATIENCE, null, { ref: false, signal: tired.signal });
      late.catch(() => {}); // it came in time
      return Promise.race([state.up.promise, late]).finally(() => tired.abort());
    },
    async close() {
      const { child } = state;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      // It gives way to all others, and there may be much of them; all that it knows is in the books.
      const late = setTimeout(() => child.kill("SIGKILL"), LONGEST_END);
      await ended;
      clearTimeout(late);
    },
  };
}
