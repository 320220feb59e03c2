// Looks up at a vendor whether it has what was sent and not answered, beside the lane's requests: it is delivered, sent again, expired, or unknown.
import { faultOf, log } from "../../base/log.ts";
import type { Reason } from "../../base/reason.ts";
import { SaidNo } from "../../destinations/answer.ts";
import type { LookedUp } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
import { whyNone } from "../said.ts";
import { lookUpLater, putBack, setAside } from "./aside.ts";
import type { Claimed } from "./claim.ts";
import { foundOf } from "./found.ts";
import { mayNotRead, retryAfterOf } from "./look-up-no.ts";
import type { Run } from "./run.ts";
import { settle } from "./settle.ts";
import type { Piece } from "./work.ts";

/** The look-ups of one run. What fails in them is a pause of the delivery that they were for, and none of the lane. */
export interface LookUps {
  /** What is still to be looked up; each group is of one channel. */
  groups: Piece[][];
  /** Looked up just now, and since when by the road's timer. */
  now: { pieces: Piece[]; since: number } | null;
  /** Settled when nothing is left to look up; null: nothing is. */
  done: Promise<void> | null;
  /** Nobody waits for it any more: what it hears is not written down. */
  left: boolean;
}

const MOST_AT_ONCE = 50;
/** All pages of one question. */
const TAKES_MS = 30_000;
const CLAIM_AGAIN_MS = 500;

export const noLookUps = (): LookUps => ({ groups: [], now: null, done: null, left: false });

/** They are set aside, so that the lane's next claim takes others, and looked up while it goes on. */
export async function lookUp(run: Run, lookUps: LookUps, pieces: Piece[]): Promise<void> {
  if (pieces.length === 0) return;
  await setAside(run, pieces);
  lookUps.groups.push(...groupsOf(pieces));
  if (lookUps.now) return;
  lookUps.done = lookUpAll(run, lookUps);
  lookUps.done.catch(() => {}); // whoever waits for it hears of it
}

/** @returns false where nothing is looked up; else after a while, or when all was looked up. */
export async function waitForLookUps({ road }: Run, lookUps: LookUps): Promise<boolean> {
  const { done } = lookUps;
  if (!done) return false;
  const gone = new AbortController();
  const over = await Promise.race([
    done.then(() => true),
    road.timer.sleep(CLAIM_AGAIN_MS, gone.signal).then(() => false),
  ]).finally(() => gone.abort());
  if (over && lookUps.done === done) lookUps.done = null;
  return true;
}

/** May the turn last longer for it? */
export const takesLonger = ({ road }: Run, { now }: LookUps): boolean =>
  now !== null && road.timer.elapsed() - now.since < TAKES_MS;

/** The run ends: what is under way is waited for while the lane must wait anyway, and the rest is left to the next run. */
export async function endLookUps(run: Run, lookUps: LookUps, signal: AbortSignal): Promise<void> {
  const { road } = run;
  const { done } = lookUps;
  if (!done) return;
  await putBack(run, lookUps.groups.splice(0).flat());
  const wait = Math.min(TAKES_MS, (run.notBefore?.getTime() ?? Number.POSITIVE_INFINITY) - road.clock().getTime());
  const gone = new AbortController();
  if (!signal.aborted && run.ended && wait > 0)
    await Promise.race([done, road.timer.sleep(wait, gone.signal)]).finally(() => gone.abort());
  lookUps.left = true;
  if (lookUps.now) await lookUpLater(run, lookUps.now.pieces, 0, because("no_answer_in_time"));
  else await done;
}

async function lookUpAll(run: Run, lookUps: LookUps): Promise<void> {
  const { timer } = run.road;
  for (let pieces = lookUps.groups.shift(); pieces; pieces = lookUps.groups.shift()) {
    if (timer.elapsed() >= run.until) {
      await putBack(run, [pieces, ...lookUps.groups.splice(0)].flat());
      return;
    }
    lookUps.now = { pieces, since: timer.elapsed() };
    await lookUpGroup(run, lookUps, pieces);
    lookUps.now = null;
  }
}

async function lookUpGroup(run: Run, lookUps: LookUps, pieces: Piece[]): Promise<void> {
  const { sheet, settings, pacedHttp } = run.connection;
  const since = new Date(
    Math.min(...pieces.map(({ delivery }) => delivery.doubtSince?.getTime() ?? Number.POSITIVE_INFINITY)),
  );
  const messages = pieces.map(({ message }) => message);
  const channel = messages[0]?.channel ?? "";
  let found: LookedUp[];
  try {
    found = (await sheet.lookUp?.(channel, messages, since, settings, pacedHttp)) ?? messages.map(() => "cannot tell");
  } catch (error) {
    if (lookUps.left) return;
    const closed = mayNotRead(error) ? pieces.filter(({ delivery }) => delivery.insisted && !delivery.onlyLookUp) : [];
    const others = pieces.filter((piece) => !closed.includes(piece));
    await settleFound(
      run,
      closed,
      closed.map(() => "cannot tell"),
    );
    if (others.length > 0) await lookUpLater(run, others, retryAfterOf(error), whyNot(error));
    return;
  }
  if (!lookUps.left) await settleFound(run, pieces, found);
}

/** A fault of our own is told by the log, and by no page in a library's words. */
function whyNot(error: unknown): Reason {
  if (error instanceof SaidNo) return error.why;
  const none = whyNone(error);
  if (!none) log.error({ fault: faultOf(error) }, "a look-up failed");
  return none ?? because("answer_unreadable");
}

/** @throws LeaseLost */
async function settleFound(run: Run, pieces: Piece[], found: LookedUp[]): Promise<void> {
  if (pieces.length === 0) return;
  const settlements = foundOf(pieces, found, run.road.clock());
  await settle(run.road.db, run.lease, settlements, run.road.clock());
  for (const { id, settled } of settlements)
    for (const { delivery } of pieces) if (delivery.id === id) delivery.settled = settled;
}

/** Where it fails for several together, half as many are looked up the next time but one: one that cannot be told is alone in the end. */
function groupsOf(pieces: Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  const sizeOf = ({ lookUps }: Claimed) => Math.ceil(MOST_AT_ONCE / 2 ** Math.max(0, lookUps - 1));
  const together = ({ delivery, message }: Piece) => `${sizeOf(delivery)} ${message.channel}`;
  for (const group of Map.groupBy(pieces, together).values()) {
    const most = group[0] ? sizeOf(group[0].delivery) : 1;
    for (let at = 0; at < group.length; at += most) groups.push(group.slice(at, at + most));
  }
  return groups;
}
