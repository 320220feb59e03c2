// Runs a lane: claims what is due, sends it batch by batch in the channels' order, and says when to look again.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { type OpenConnection, openConnection } from "../connections/open-connection.ts";
import type { Road } from "../road.ts";
import { batches } from "./batches.ts";
import { lookAgain, lookAtHost, mayAsk, waitFor } from "./breaker.ts";
import { isClosed, nextTry, tryPausedChannels } from "./channel-pause.ts";
import { adoptOrphans, claim, expire } from "./claim.ts";
import { declareFor } from "./declare.ts";
import {
  dropLease,
  type LaneState,
  type Lease,
  LeaseLost,
  noteHost,
  RENEW_MS,
  releaseLease,
  renewLease,
  takeLease,
} from "./lane.ts";
import { leaveOut } from "./leave-out.ts";
import { endLookUps, lookUp, takesLonger, waitsForAnswer } from "./look-up.ts";
import { withMetafields } from "./metafields.ts";
import { haveSlot, heed, type Run } from "./run.ts";
import { sendBatch } from "./send.ts";
import { settle } from "./settle.ts";
import { type Piece, sort } from "./work.ts";

const MOST_CLAIMED = 200;
/** A run ends after this long, and the lane goes to the back of its queue. */
const TURN_MS = 10_000;
/** What was claimed so long ago is claimed anew: something more urgent may have come. */
const STALE_MS = 1_000;
/** One claim of so many takes what waits longest, so that nothing waits for ever behind what is more urgent. */
const BY_AGE = 10n;
const LOOK_AGAIN_MS = 250;
const OWNER = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

/**
 * Runs the lane of one connection until nothing is due, it must wait, its turn is over or `signal` says so; then rings for the next time.
 * @returns when the lane wants to run next; null: when the bell rings.
 */
export async function deliver(road: Road, connectionId: string, signal: AbortSignal): Promise<Date | null> {
  const lease = await takeLease(road.db, connectionId, OWNER);
  if (!lease) return ringLater(road, connectionId);
  const renewing = setInterval(() => void renewLease(road.db, lease).catch(() => {}), RENEW_MS);
  try {
    const run = await start(road, lease);
    if (!run) {
      await releaseLease(road.db, lease, null, null);
      return null;
    }
    await drain(run, signal);
    await endLookUps(run, signal);
    await road.db.query("UPDATE lane SET failures = $3 WHERE connection_id = $1 AND epoch = $2", [
      connectionId,
      lease.epoch,
      run.lane.failures,
    ]);
    const next = await releaseLease(road.db, lease, run.notBefore, run.lane.slotAt, nextTry(run));
    if (next && run.connection.state === "on") await ring(road, run.connection, next);
    return next;
  } catch (error) {
    if (error instanceof LeaseLost) return null; // its new owner goes on
    await dropLease(road.db, lease).catch(() => {}); // else it runs out by itself
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

async function start(road: Road, lease: Lease & LaneState): Promise<Run | null> {
  const now = road.clock();
  await adoptOrphans(road.db, lease.connectionId, lease.epoch, now);
  const connection = await openConnection(road, lease.connectionId);
  await expire(road.db, lease, now, Boolean(connection?.sheet.lookUp));
  if (!connection) return null;
  const held = lease.heldUntil && lease.heldUntil > now ? lease.heldUntil : null;
  await noteHost(road.db, lease, connection.host);
  const illness = await lookAtHost(road, connection.host);
  const notBefore = held ?? waitFor(illness, now);
  const stop = notBefore !== null || connection.state !== "on";
  return {
    road,
    lease,
    lane: lease,
    connection,
    probing: stop ? new Map() : await tryPausedChannels(road.db, lease, lease, now),
    notBefore,
    stop,
    illness,
    lookedAt: performance.now(),
    asking: null,
    until: performance.now() + TURN_MS,
  };
}

async function drain(run: Run, signal: AbortSignal): Promise<void> {
  for (let turn = BigInt(run.lease.epoch); !ends(run, signal); turn += 1n) {
    await lookAgain(run);
    const { road, connection, lease, lane } = run;
    const { sheet } = connection;
    const now = road.clock();
    const claimed = await claim(road.db, lease.connectionId, {
      now,
      most: MOST_CLAIMED,
      byAge: turn % BY_AGE === 0n,
      asksVisitor: sheet.consent !== null || sheet.needsVisitor === true,
      customersFirst: sheet.on["customer.saved"] !== undefined,
    });
    if (claimed.length === 0) {
      if (await waitsForAnswer(run)) continue;
      return;
    }
    const work = sort(await withMetafields(run, claimed), connection, { ...lane, probing: run.probing }, now);
    if (work.settled.length > 0) await settle(road.db, lease, work.settled, now, null);
    await lookUp(run, work.lookUp);
    if (work.send.length > 0 && !(await mayAsk(run))) return;
    // After a failure a single delivery is the probe.
    const probes = lane.failures > 0 || run.illness?.openedAt;
    await sendAll(
      run,
      probes ? work.send.filter(({ delivery }) => delivery === work.send[0]?.delivery) : work.send,
      signal,
    );
    if (!run.stop) await expire(road.db, lease, road.clock(), Boolean(sheet.lookUp));
    if (lane.slotAt) await leaveOut(run);
  }
}

const ends = (run: Run, signal: AbortSignal) =>
  run.stop || signal.aborted || (performance.now() >= run.until && !takesLonger(run));

async function sendAll(run: Run, pieces: Piece[], signal: AbortSignal): Promise<void> {
  let staleAt = Number.POSITIVE_INFINITY;
  for (const [channel, sheet] of Object.entries(run.connection.sheet.channels)) {
    const own = pieces.filter(({ message }) => message.channel === channel);
    if (ends(run, signal)) return;
    const ready = own.length > 0 ? await declareFor(run, channel, own) : [];
    for (const batch of batches(ready, sheet)) {
      if (ends(run, signal) || isClosed(run, channel)) break;
      if (performance.now() >= staleAt) return;
      staleAt = Math.min(staleAt, performance.now() + STALE_MS);
      await sendOrHalve(run, channel, batch);
    }
  }
}

async function sendOrHalve(run: Run, channel: string, pieces: Piece[]): Promise<void> {
  if (!(await haveSlot(run))) return;
  const verdict = await sendBatch(run.road, run.lease, run.connection, channel, pieces);
  if (verdict.is === "split") {
    const half = Math.ceil(pieces.length / 2);
    await sendOrHalve(run, channel, pieces.slice(0, half));
    if (!run.stop && !run.lane.pausedChannels[channel]) await sendOrHalve(run, channel, pieces.slice(half));
    return;
  }
  await heed(run, channel, verdict);
}

async function ring(road: Road, connection: OpenConnection, at: Date): Promise<void> {
  const delay = Math.max(0, at.getTime() - road.clock().getTime());
  await road.bell.lanes([{ connectionId: connection.id, destination: connection.sheet.slug, delay }]);
}

/** Somebody else runs it just now and may have looked already: look again soon. */
async function ringLater(road: Road, connectionId: string): Promise<null> {
  const [row] = await road.db.query<{ destination: string }>("SELECT destination FROM lane WHERE connection_id = $1", [
    connectionId,
  ]);
  if (row) await road.bell.lanes([{ connectionId, destination: row.destination, delay: LOOK_AGAIN_MS }]);
  return null;
}
