// A run of a lane: what holds while it lasts. Only this file changes one; all others hand in what has become known.
import type { Reason } from "../../base/reason.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import type { Road } from "../road.ts";
import type { Breaker } from "./breaker.ts";
import type { Lane, Lease } from "./lane.ts";

/** A run ends after this long, and the lane goes to the back of its queue. */
const TURN_MS = 10_000;

/** A closed channel that this run tries with one delivery: chosen yet, or not. */
type Trial = "to be chosen" | "chosen";

export interface Run {
  readonly road: Road;
  readonly lease: Lease;
  readonly connection: OpenConnection;
  readonly lane: Lane;
  /** Closed channels that it is time to try. */
  readonly trials: ReadonlyMap<string, Trial>;
  /** false: the connection is switched off or paused. */
  readonly on: boolean;
  /** It must end. */
  readonly ended: boolean;
  /** Nothing of the lane leaves before: a vendor that fails, or a slot of its budget. */
  readonly notBefore: Date | null;
  /** When its turn is over, by the road's timer. */
  readonly until: number;
  /** The breaker of the vendor's host, as far as was seen lately. */
  readonly breaker: Breaker | null;
  /** When that was, by the road's timer. */
  readonly breakerReadAt: number;
}

export function openRun(
  road: Road,
  { lease, lane }: { lease: Lease; lane: Lane },
  connection: OpenConnection,
  { breaker, notBefore }: { breaker: Breaker | null; notBefore: Date | null },
): Run {
  const on = connection.state === "on";
  return {
    ...{ road, lease, lane, connection, on, notBefore, breaker },
    trials: new Map(),
    ended: notBefore !== null || !on,
    until: road.timer.elapsed() + TURN_MS,
    breakerReadAt: road.timer.elapsed(),
  };
}

const change = (run: Run, what: Partial<Run>) => void Object.assign(run, what);
const changeLane = (run: Run, what: Partial<Lane>) => change(run, { lane: { ...run.lane, ...what } });

export const end = (run: Run) => change(run, { ended: true });
export const endUntil = (run: Run, notBefore: Date) => change(run, { ended: true, notBefore });
/** The connection was paused. */
export const endPaused = (run: Run) => change(run, { ended: true, on: false });

export const noteBreaker = (run: Run, breaker: Breaker | null) =>
  change(run, { breaker, breakerReadAt: run.road.timer.elapsed() });

export const countFailure = (run: Run) => changeLane(run, { failures: run.lane.failures + 1 });
export const forgetFailures = (run: Run) => changeLane(run, { failures: 0 });

/** @param slotAt the slot of the vendor's budget that is kept for the lane; null: it was used. */
export const keepSlot = (run: Run, slotAt: Date | null) => changeLane(run, { slotAt });

export const noteWarning = (run: Run, warning: string | null) => changeLane(run, { warning });

export const noteDeclared = (run: Run, made: Record<string, string>) =>
  changeLane(run, { declared: { ...run.lane.declared, ...made } });

/** A channel that is still closed: nothing goes out on it, unless what is tried. */
export const isClosed = ({ lane, trials }: Run, channel: string): boolean =>
  channel in lane.pausedChannels && trials.get(channel) !== "chosen";

export function closeChannel(run: Run, channel: string, reason: Reason): void {
  changeLane(run, { pausedChannels: { ...run.lane.pausedChannels, [channel]: reason } });
  withoutTrial(run, channel);
}

export function openChannel(run: Run, channel: string): void {
  const { [channel]: _, ...closed } = run.lane.pausedChannels;
  changeLane(run, { pausedChannels: closed });
  withoutTrial(run, channel);
}

export const noteNextTry = (run: Run, channel: string, at: Date) =>
  changeLane(run, { channelTries: { ...run.lane.channelTries, [channel]: at.toISOString() } });

export const planTrial = (run: Run, channel: string) =>
  change(run, { trials: new Map(run.trials).set(channel, "to be chosen") });

/** May this delivery go out to try all the closed channels that it needs? It is then the one that does. */
export function takeTrial(run: Run, closed: string[]): boolean {
  if (closed.length === 0 || !closed.every((channel) => run.trials.get(channel) === "to be chosen")) return false;
  change(run, { trials: new Map([...run.trials, ...closed.map((channel) => [channel, "chosen"] as const)]) });
  return true;
}

const withoutTrial = (run: Run, channel: string) =>
  change(run, { trials: new Map([...run.trials].filter(([one]) => one !== channel)) });
