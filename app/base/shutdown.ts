// How a process ends: asked by a signal or because its launcher is gone, at any time, also while it still starts.
import { log, takeConsole } from "./log.ts";

export interface Shutdown {
  /** Aborted once the process shall end. */
  signal: AbortSignal;
  /** What is closed then; after 10 s the process ends without it. */
  onEnd(close: () => Promise<void>): void;
}

const LONGEST_END = 10_000;

export function openShutdown(name: string): Shutdown {
  takeConsole();
  const ending = new AbortController();
  let close: (() => Promise<void>) | null = null;
  const end = async () => {
    setTimeout(() => {
      log.error(`the ${name} did not end in time`);
      process.exit(1);
    }, LONGEST_END).unref();
    await close?.().catch((error: unknown) => log.error({ err: error }, `the ${name} did not end cleanly`));
    process.exit(0);
  };
  const asked = (why: string) => {
    if (ending.signal.aborted) return;
    log.info({ why }, `the ${name} ends`);
    ending.abort();
    void end();
  };
  process.on("SIGTERM", () => asked("SIGTERM"));
  process.on("SIGINT", () => asked("SIGINT"));
  process.on("disconnect", () => asked("the launcher ended"));
  // Our own fault, or a database that is not there at the start: the launcher starts the process anew.
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, `the ${name} failed`);
    process.exit(1);
  });
  if (process.connected === false) asked("the launcher ended");
  return {
    signal: ending.signal,
    onEnd(what) {
      close = what;
    },
  };
}
