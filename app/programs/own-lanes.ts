// Runs lanes in this process: those of the queue's jobs, and those that the road wakes here, which cost no job.
import type { Bell } from "../delivery/road.ts";

type Rung = Parameters<Bell["lanes"]>[0][number];
type Lane = Omit<Rung, "delay">;

export interface OwnLanes {
  /** Now; where it runs here already, once more after that. */
  run(lane: Lane): Promise<void>;
  /** A bell: what has no place here, or is for later than soon, is rung for elsewhere. */
  ring: Bell["lanes"];
  /** Waits for what runs here. */
  close(): Promise<void>;
}

interface Options {
  run: (connectionId: string) => Promise<unknown>;
  /** Of one destination; the queue's jobs have as many besides, so that they never wait for what is woken here. */
  places: number;
  elsewhere: Bell["lanes"];
  failed: (error: Error) => void;
}

/** What is to wait longer outlives this process. */
const SOON_MS = 5_000;
/** A lane that is rung again and again goes to the back of the queue then. */
const TURN_MS = 10_000;

/** When the process is killed, what it was to run is left to the sweep. */
export function openOwnLanes({ run, places, elsewhere, failed }: Options): OwnLanes {
  const running = new Map<string, { destination: string; again: boolean; over: Promise<void> }>();
  const later = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  let closed = false;

  function take(lane: Lane): Promise<void> {
    const own = running.get(lane.connectionId);
    if (own) {
      own.again = true;
      return Promise.resolve();
    }
    const turn = { destination: lane.destination, again: false, over: Promise.resolve() };
    running.set(lane.connectionId, turn);
    turn.over = work(lane, turn);
    return turn.over;
  }
  async function work(lane: Lane, turn: { again: boolean }): Promise<void> {
    const until = performance.now() + TURN_MS;
    try {
      do {
        turn.again = false;
        await run(lane.connectionId);
      } while (turn.again && !closed && performance.now() < until);
    } finally {
      running.delete(lane.connectionId);
      if (turn.again) await elsewhere([lane]);
    }
  }
  function isKept({ delay = 0, ...lane }: Rung): boolean {
    if (closed || delay > SOON_MS) return false;
    if (delay > 0) wait(lane, delay);
    else if (!running.has(lane.connectionId) && isFull(lane.destination)) return false;
    else void take(lane).catch(failed);
    return true;
  }
  const isFull = (slug: string) =>
    [...running.values()].filter(({ destination }) => destination === slug).length >= places;

  function wait(lane: Lane, delay: number): void {
    const at = performance.now() + delay;
    const known = later.get(lane.connectionId);
    if (known && known.at <= at) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      later.delete(lane.connectionId);
      ring([lane]).catch(failed);
    }, delay).unref();
    later.set(lane.connectionId, { at, timer });
  }
  async function ring(rung: Rung[]): Promise<void> {
    const others = rung.filter((one) => !isKept(one));
    if (others.length > 0) await elsewhere(others);
  }
  return {
    run: take,
    ring,
    async close() {
      closed = true;
      for (const { timer } of later.values()) clearTimeout(timer);
      await Promise.allSettled([...running.values()].map(({ over }) => over));
    },
  };
}
