// What befalls the PostgreSQL of a run beside a kill: its disk is full, it is slow, it hangs; with the trace that each has left.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inProject, node24 } from "../scripts/project.mjs";
import type { Held, Hold } from "./grip.ts";

export const FAULTS = ["slow database", "hanging database", "full disk"] as const;
export type Fault = (typeof FAULTS)[number];
export interface Faults {
  /** @returns its trace: writes that PostgreSQL refused, or milliseconds of the slowest answer. @throws CannotBe */
  bring(fault: Fault): Promise<number>;
  close(): Promise<void>;
}
type Holding = (hold: Hold) => Promise<void>;
type Ask = <Row>(text: string) => Promise<Row[]>;

/** This machine has no means for the fault. */
export class CannotBe extends Error {}

/** Milliseconds without room for rows, then without room for PostgreSQL's log either. */
const NO_ROWS = 2_000;
const NO_LOG = 1_500;
const NEW_LOG_EVERY = 250;
/** Each stop is twice as long as the one before: at last longer than the door's time-outs. */
const STOPS = [150, 300, 600, 1_200, 2_400];
const BETWEEN_STOPS = 50;
/** Longer than the door's time-outs, and than Shopify waits. */
const HANG = 6_000;
/** Less than this trace, and there was no fault. */
export const LEAST: Record<Fault, number> = {
  ...{ "full disk": 1, "slow database": 2_000, "hanging database": 4_900 },
};
/** Bytes: no file grows beyond. With less PostgreSQL's shared memory would fail too, which is on no disk. */
const ROOM = 1_280 * 1024;
/** PostgreSQL's log begins a new file, and so has room while rows have none. */
const NEW_LOG = "SELECT pg_switch_wal(); SELECT pg_logical_emit_message(true, 'chaos', 'new')";
const LONG_LOG = `SELECT pg_logical_emit_message(true, 'chaos', repeat('.', ${ROOM}))`;

/** @param data PostgreSQL's data folder; what it says is in a file beside it. */
export function openFaults(data: string, ask: Ask): Faults {
  const grip = openGrip(data);
  const faults: Record<Fault, () => Promise<number>> = {
    "slow database": () => slow(grip.hold, ask),
    "hanging database": () => hang(grip.hold, ask),
    "full disk": () => fillDisk(grip.hold, ask, join(dirname(data), "server.log")),
  };
  return { bring: (fault) => faults[fault](), close: grip.close };
}

async function slow(hold: Holding, ask: Ask): Promise<number> {
  const slowest = slowestAnswer(
    ask,
    STOPS.reduce((all, stop) => all + stop),
  );
  for (const stop of STOPS) {
    await hold({ stopped: true });
    await sleep(stop);
    await hold({});
    await sleep(BETWEEN_STOPS);
  }
  return slowest;
}

async function hang(hold: Holding, ask: Ask): Promise<number> {
  await hold({ stopped: true });
  const slowest = slowestAnswer(ask, 0);
  await sleep(HANG);
  await hold({});
  return slowest;
}

/** Tables that have grown large meet the limit in an ERROR, then PostgreSQL's log in a PANIC, and its recovery until there is room. */
async function fillDisk(hold: Holding, ask: Ask, said: string): Promise<number> {
  const from = statSync(said).size;
  for (const end = performance.now() + NO_ROWS; performance.now() < end; await sleep(NEW_LOG_EVERY)) {
    await hold({});
    await ask(NEW_LOG).catch(() => {}); // it came to its end all the same
    await hold({ room: ROOM });
  }
  await ask(LONG_LOG).catch(() => {}); // as it must: there is no room
  await sleep(NO_LOG);
  await hold({});
  const complaints = readFileSync(said)
    .subarray(from)
    .toString()
    .match(/could not (extend|write)/g);
  return complaints?.length ?? 0;
}

/** Asks again and again for as many milliseconds, at least once. @returns how long the slowest answer took, in milliseconds */
async function slowestAnswer(ask: Ask, during: number): Promise<number> {
  const end = performance.now() + during;
  let slowest = 0;
  do {
    const began = performance.now();
    await ask("SELECT 1").catch(() => {}); // none in time is an answer too
    slowest = Math.max(slowest, Math.round(performance.now() - began));
  } while (performance.now() < end);
  return slowest;
}

/** A process with a session of its own: it outlives what kills the run, and undoes what the run has left. */
function openGrip(data: string) {
  let child: ChildProcess | null = null;
  const gone = new AbortController();
  const start = () => {
    if (process.platform !== "linux") throw new CannotBe("only Linux can do it");
    const grip = spawn(node24, [inProject("chaos", "grip.ts"), data], {
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    return grip.once("exit", () => gone.abort());
  };
  return {
    async hold(hold: Hold): Promise<void> {
      child ??= start();
      child.send(hold);
      const [{ cannot }] = (await once(child, "message", { signal: gone.signal })) as [Held];
      if (cannot) throw new CannotBe(cannot);
    },
    async close(): Promise<void> {
      if (!child || gone.signal.aborted) return;
      child.disconnect();
      await once(child, "exit");
    },
  };
}
