// Sends what was claimed in the channels' order: in waves as wide as a channel takes, and as the vendor's budget has slots for.
import { reserve } from "../connections/pacing.ts";
import { applyVerdict } from "./apply-verdict.ts";
import { batches } from "./batches.ts";
import { declareFor } from "./declare.ts";
import { endUntil, isClosed, keepSlot, type Run } from "./run.ts";
import { together } from "./verdict.ts";
import { sendWave } from "./wave.ts";
import type { Piece } from "./work.ts";

/** What was claimed so long ago is claimed anew: something more urgent may have come. */
const STALE_MS = 1_000;

/** @param over must the run end before the next wave? */
export async function sendAll(run: Run, pieces: Piece[], over: () => boolean): Promise<void> {
  const { timer } = run.road;
  let staleAt = Number.POSITIVE_INFINITY;
  for (const [channel, sheet] of Object.entries(run.connection.sheet.channels)) {
    const own = pieces.filter(({ message }) => message.channel === channel);
    if (over()) return;
    let left = batches(own.length > 0 ? await declareFor(run, channel, own) : [], sheet);
    while (left.length > 0 && !over() && !isClosed(run, channel)) {
      if (timer.elapsed() >= staleAt) return;
      staleAt = Math.min(staleAt, timer.elapsed() + STALE_MS);
      left = await sendFirst(run, channel, left);
    }
  }
}

/** One wave, and the halves of what the vendor would not take whole. @returns what is left. */
async function sendFirst(run: Run, channel: string, requests: Piece[][]): Promise<Piece[][]> {
  const wave = requests.slice(0, await takeSlots(run, widthOf(run, channel, requests)));
  if (wave.length === 0) return requests;
  const verdicts = await sendWave(run, channel, wave);
  for (const verdict of together(verdicts)) await applyVerdict(run, channel, verdict);
  let halves = wave.flatMap((pieces, at) => (verdicts[at]?.is === "split" ? halvesOf(pieces) : []));
  while (halves.length > 0 && !run.ended && !isClosed(run, channel)) halves = await sendFirst(run, channel, halves);
  return requests.slice(wave.length);
}

/** How many leave side by side: no delivery is in two of them, and who probes sends one. */
function widthOf({ connection, lane, breaker }: Run, channel: string, requests: Piece[][]): number {
  const width = connection.sheet.channels[channel]?.width ?? 1;
  if (lane.failures > 0 || breaker?.openedAt) return 1;
  const seen = new Set<unknown>();
  for (const [at, pieces] of requests.entries()) {
    if (at === width || pieces.some(({ delivery }) => seen.has(delivery))) return at;
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
