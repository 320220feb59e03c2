// Runs a lane: claims what is due, has it sent, and says when to look again.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { statement } from "../../base/statement.ts";
import { type OpenConnection, openConnection } from "../connections/open-connection.ts";
import type { Road } from "../road.ts";
import { letsThrough, readBreaker, takeProbe, waitFor } from "./breaker.ts";
import { nextTry, tryPausedChannels } from "./channel-pause.ts";
import { claim } from "./claim.ts";
import { expire, isAnyTooLate } from "./expire.ts";
import { dropLease, keepRenewing, LeaseLost, noteHost, releaseLease, type TakenLane, takeLease } from "./lane.ts";
import { leaveOut } from "./leave-out.ts";
import { endLookUps, type LookUps, lookUp, noLookUps, takesLonger, waitForLookUps } from "./look-up.ts";
import { withMetafields } from "./metafields.ts";
import { adoptOrphans } from "./orphans.ts";
import { endUntil, noteBreaker, openRun, type Run } from "./run.ts";
import { sendAll } from "./send.ts";
import { settle } from "./settle.ts";
import { type Piece, sort } from "./work.ts";

const MOST_CLAIMED = 200;
/** One claim of so many takes what waits longest, so that nothing waits for ever behind what is more urgent. */
const BY_AGE = 10n;
/** A long run hears within a second of what others met at the host. */
const BREAKER_READ_AGAIN_MS = 1_000;
const DEADLINES_READ_AGAIN_MS = 1_000;
const BUSY_RING_AGAIN_MS = 250;
const OWNER = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

/**
 * Runs the lane of one connection until nothing is due, it must wait, its turn is over or `signal` says so; then rings for the next time.
 * @returns when the lane wants to run next; null: when the bell rings.
 */
export async function deliver(road: Road, connectionId: string, signal: AbortSignal): Promise<Date | null> {
  const taken = await takeLease(road, connectionId, OWNER);
  if (!taken) return ringLater(road, connectionId);
  const { lease } = taken;
  const endRenewing = keepRenewing(road, lease);
  try {
    const run = await start(road, taken);
    if (!run) {
      const { failures } = taken.lane;
      await releaseLease(road.db, lease, { failures, slotAt: null, notBefore: null, tryAt: null, unlessDueAt: null });
      return null;
    }
    const next = await runUntilIdle(run, signal);
    if (next && run.on) await ring(road, run.connection, next);
    return next;
  } catch (error) {
    if (error instanceof LeaseLost) return null; // its new owner goes on
    await dropLease(road.db, lease).catch(() => {}); // else it runs out by itself
    throw error;
  } finally {
    endRenewing();
  }
}

async function start(road: Road, taken: TakenLane): Promise<Run | null> {
  const { lease, lane, nextDeadline } = taken;
  const now = road.clock();
  // Read when the lease is held: whoever switches a connection off, or changes it, holds its lane.
  const connection = await openConnection(road, lease.connectionId);
  if (taken.orphaned) await adoptOrphans(road.db, lease.connectionId, lease.epoch, now);
  if (nextDeadline && nextDeadline <= now) await expire(road.db, lease, now, Boolean(connection?.sheet.lookUp));
  if (!connection) return null;
  await noteHost(road.db, lease, lane, connection.host);
  const breaker = connection.host === lane.host ? taken.breaker : await readBreaker(road, connection.host);
  const held = lane.heldUntil && lane.heldUntil > now ? lane.heldUntil : null;
  const run = openRun(road, taken, connection, { breaker, notBefore: held ?? waitFor(breaker, now) });
  if (!run.ended) await tryPausedChannels(run, now);
  return run;
}

/** @returns when the lane wants to run next. @throws LeaseLost */
async function runUntilIdle(run: Run, signal: AbortSignal): Promise<Date | null> {
  const lookUps = noLookUps();
  const idle = await drain(run, lookUps, signal);
  if (idle) return idle.wakeAt;
  await endLookUps(run, lookUps, signal);
  const released = await release(run, null);
  if (released === "kept") throw new LeaseLost(`another runner has the lane ${run.lease.connectionId}`);
  return released.wakeAt;
}

function release(run: Run, unlessDueAt: Date | null) {
  const { failures, slotAt } = run.lane;
  const how = { failures, slotAt, notBefore: run.notBefore, tryAt: nextTry(run), unlessDueAt };
  return releaseLease(run.road.db, run.lease, how);
}

/** @returns what the lane's release said where all was taken, and nothing has come since; else null: it is still to be released. */
async function drain(run: Run, lookUps: LookUps, signal: AbortSignal): Promise<{ wakeAt: Date | null } | null> {
  const { road, connection, lease } = run;
  const { sheet } = connection;
  const over = () => run.ended || signal.aborted || (road.timer.elapsed() >= run.until && !takesLonger(run, lookUps));
  let [lookedAt, askedIdle] = [road.timer.elapsed(), false];
  for (let turn = BigInt(lease.epoch); !over(); turn += 1n) {
    await readBreakerAgain(run);
    const now = road.clock();
    const claimed = await claim(road.db, lease.connectionId, {
      now,
      most: MOST_CLAIMED,
      byAge: turn % BY_AGE === 0n,
      needsVisitor: sheet.consent !== null || sheet.needsVisitor === true,
      customersFirst: sheet.on["customer.saved"] !== undefined,
    });
    if (claimed.length === 0) {
      if (await waitForLookUps(run, lookUps)) continue;
      return null;
    }
    const work = sort(run, await withMetafields(run, claimed), now);
    if (work.settled.length > 0) await settle(road.db, lease, work.settled, now);
    await lookUp(run, lookUps, work.lookUp);
    if (work.send.length > 0 && !(await mayRequest(run))) return null;
    await sendAll(run, forNow(run, work.send), over);
    if (!run.ended && road.timer.elapsed() - lookedAt >= DEADLINES_READ_AGAIN_MS) {
      lookedAt = road.timer.elapsed();
      if (await isAnyTooLate(road.db, lease.connectionId, road.clock()))
        await expire(road.db, lease, road.clock(), Boolean(sheet.lookUp));
    }
    if (run.lane.slotAt) await leaveOut(run);
    // Mostly that was all, and one statement less tells so; where it was not, the next claim that finds nothing does.
    if (askedIdle || claimed.length === MOST_CLAIMED || lookUps.done || over()) continue;
    askedIdle = true;
    const released = await release(run, road.clock());
    if (released !== "kept") return released;
  }
  return null;
}

/** After a failure a single delivery is the probe: the first by the channels' order, as a customer goes before its orders. */
function forNow({ lane, breaker, connection }: Run, pieces: Piece[]): Piece[] {
  if (lane.failures === 0 && !breaker?.openedAt) return pieces;
  const order = Object.keys(connection.sheet.channels);
  const placeOf = ({ message }: Piece) => order.indexOf(message.channel);
  const probe = pieces.toSorted((a, b) => placeOf(a) - placeOf(b))[0]?.delivery;
  return pieces.filter(({ delivery }) => delivery === probe);
}

async function readBreakerAgain(run: Run): Promise<void> {
  const { road, connection, breaker, breakerReadAt } = run;
  if (breaker?.probing || road.timer.elapsed() - breakerReadAt < BREAKER_READ_AGAIN_MS) return;
  noteBreaker(run, await readBreaker(road, connection.host));
}

/** While the host's breaker is open only the lane that takes the probe may; the others wait, each a little differently. */
async function mayRequest(run: Run): Promise<boolean> {
  const { road, connection } = run;
  if (letsThrough(run.breaker)) return true;
  const breaker = await takeProbe(road, connection.host);
  noteBreaker(run, breaker);
  if (letsThrough(breaker)) return true;
  endUntil(run, waitFor(breaker, road.clock()) ?? road.clock());
  return false;
}

async function ring(road: Road, connection: OpenConnection, at: Date): Promise<void> {
  const delay = Math.max(0, at.getTime() - road.clock().getTime());
  await road.bell.lanes([{ connectionId: connection.id, destination: connection.sheet.slug, delay }]);
}

const DESTINATION = statement<{ destination: string }, [connectionId: string]>("destination-of-lane")`
  SELECT destination
  FROM lane
  WHERE connection_id = $1`;

/** Somebody else runs it just now and may have looked already: look again soon. */
async function ringLater(road: Road, connectionId: string): Promise<null> {
  const [row] = await road.db.query(DESTINATION, [connectionId]);
  if (row) await road.bell.lanes([{ connectionId, destination: row.destination, delay: BUSY_RING_AGAIN_MS }]);
  return null;
}
