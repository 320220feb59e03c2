// Starts a part of a measurement as a process of its own, so that it takes nothing of the time of what it measures.
import { fork } from "node:child_process";
import { once } from "node:events";

export interface OwnProcess {
  tell(message: unknown): void;
  /** What it says next. @throws where it ends before */
  hear<Said>(): Promise<Said>;
  stop(): void;
}

/** @returns once it has said that it is ready. */
export async function startOwn(file: string, args: string[]): Promise<OwnProcess> {
  // A session of its own, as if it were a machine of its own: Linux shares the processor out by sessions.
  const child = fork(new URL(file, import.meta.url), args, { detached: true });
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
  await hear();
  return { tell: (message) => void child.send(message as object), hear, stop: () => void child.kill("SIGKILL") };
}

/** The middle one. */
export const median = (all: number[]) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
