// Starts a part of a measurement as a process of its own, so that it takes nothing of the time of what it measures.
import { fork } from "node:child_process";
import { once } from "node:events";

export interface OwnProcess {
  pid: number;
  /** What it said when it was ready. */
  said<Said>(): Said;
  tell(message: unknown): void;
  /** What it says next. @throws where it ends before */
  hear<Said>(): Promise<Said>;
  /** Tells and hears. */
  ask<Said>(message: unknown): Promise<Said>;
  stop(): Promise<void>;
}

/** @param file from here. @returns once it has said that it is ready. */
export async function startOwn(
  file: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<OwnProcess> {
  // A session of its own, as if it were a machine of its own: Linux shares the processor out by sessions.
  const child = fork(new URL(file, import.meta.url), args, { detached: true, env: { ...process.env, ...env } });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const hear = async <Said>() => {
    const ended = new AbortController();
    const { signal } = ended;
    try {
      const [said] = await Promise.race([
        once(child, "message", { signal }),
        once(child, "exit", { signal }).then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
      ]);
      return said as Said;
    } finally {
      ended.abort();
    }
  };
  const first = await hear<unknown>();
  const tell = (message: unknown) => void child.send(message as object);
  return {
    pid: child.pid ?? 0,
    said: <Said>() => first as Said,
    tell,
    hear,
    ask: async <Said>(message: unknown) => {
      const heard = hear<Said>();
      tell(message);
      return heard;
    },
    async stop() {
      process.off("exit", kill);
      const ended = once(child, "exit");
      kill();
      await ended;
    },
  };
}
