// Sends what was claimed in the channels' order: in waves as wide as a channel takes, and as the vendor's budget has slots for.
import { giveBack, reserve } from "../connections/pacing.ts";
import { applyVerdict } from "./apply-verdict.ts";
import { batches } from "./batches.ts";
import { declareFor } from "./declare.ts";
import { endUntil, isClosed, keepSlot, type Run } from "./run.ts";
import { together } from "./verdict.ts";
import { sendWave } from "./wave.ts";
import type { Piece } from "./work.ts";

/** What was claimed so long ago is claimed anew: something more urgent may have come. */
const STALE_MS = 1_000;

/** So many times its width is written down together: a statement for each round would take longer than its requests. */
const ROUNDS = 5;

/** @param over must the run end before the next request? */
export async function sendAll(run: Run, pieces: Piece[], over: () => boolean): Promise<void> {
  const { timer } = run.road;
  let staleAt = Number.POSITIVE_INFINITY;
  for (const [channel, sheet] of Object.entries(run.connection.sheet.channels)) {
    const own = pieces.filter(({ message }) => message.channel === channel);
    if (over()) return;
    let left = batches(own.length > 0 ? await declareFor(run, channel, own) : [], sheet);
    let rounds = ROUNDS;
    while (left.length > 0 && !over() && !isClosed(run, channel)) {
      if (timer.elapsed() >= staleAt) return;
      staleAt = Math.min(staleAt, timer.elapsed() + STALE_MS);
      const sent = await sendFirst(run, channel, left, { over, rounds });
      if (sent.notBegun > 0) rounds = 1; // the vendor is slow
      left = sent.left;
    }
  }
}

interface How {
  over: () => boolean;
  rounds: number;
}

/** One wave, and the halves of what the vendor would not take whole. @returns what is left. */
async function sendFirst(run: Run, channel: string, all: Piece[][], { over, rounds }: How) {
  const width = onlyProbes(run) ? 1 : (run.connection.sheet.channels[channel]?.width ?? 1);
  const requests = all.slice(0, await takeSlots(run, sizeOf(all, width > 1 ? width * rounds : 1)));
  if (requests.length === 0) return { left: all, notBegun: 0 };
  const verdicts = await sendWave(run, channel, { requests, width, over });
  for (const verdict of together(verdicts)) await applyVerdict(run, channel, verdict);
  const notBegun = requests.filter((_, at) => verdicts[at]?.is === "not begun");
  await giveBackSlots(run, notBegun.length);
  let halves = requests.flatMap((pieces, at) => (verdicts[at]?.is === "split" ? halvesOf(pieces) : []));
  while (halves.length > 0 && !run.ended && !isClosed(run, channel))
    halves = (await sendFirst(run, channel, halves, { over: () => run.ended, rounds })).left;
  return { left: [...notBegun, ...all.slice(requests.length)], notBegun: notBegun.length };
}

/** While a vendor fails a single request tells whether it is well again. */
const onlyProbes = ({ lane, breaker }: Run) => lane.failures > 0 || Boolean(breaker?.openedAt);

/** How many requests are one wave: no delivery is in two of them. */
function sizeOf(requests: Piece[][], most: number): number {
  const seen = new Set<unknown>();
  for (const [at, pieces] of requests.entries()) {
    if (at === most || pieces.some(({ delivery }) => seen.has(delivery))) return at;
    for (const { delivery } of pieces) seen.add(delivery);
  }
  return requests.length;
}

const halvesOf = (pieces: Piece[]): Piece[][] => {
  const half = Math.ceil(pieces.length / 2);
  return [pieces.slice(0, half), pieces.slice(half)];
};

/** @returns how many requests may leave now; 0 where the vendor's budget has no slot yet: the lane waits for the one that is kept for it. */
async function takeSlots(run: Run, most: number): Promise<number> {
  const { road, lane, connection } = run;
  const now = road.clock();
  const { slots, at } = lane.slotAt
    ? { slots: 1, at: lane.slotAt }
    : await reserve(road, connection.host, connection.budgets, connection.budgetKey, now, { most });
  if (at <= now) {
    keepSlot(run, null);
    return slots;
  }
  keepSlot(run, at);
  endUntil(run, at);
  return 0;
}

async function giveBackSlots({ road, connection }: Run, slots: number): Promise<void> {
  if (slots > 0) await giveBack(road, connection.host, connection.budgets, connection.budgetKey, slots);
}
