// Runs a lane: claims what is due, has it sent, and says when to look again.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { statement } from "../../base/statement.ts";
import { type OpenConnection, openConnection } from "../connections/open-connection.ts";
import type { Road } from "../road.ts";
import { letsThrough, readBreaker, takeProbe, waitFor } from "./breaker.ts";
import { nextTry, tryPausedChannels } from "./channel-pause.ts";
import { claim } from "./claim.ts";
import { expire } from "./expire.ts";
import {
  dropLease,
  keepRenewing,
  type Lane,
  type Lease,
  LeaseLost,
  noteHost,
  releaseLease,
  takeLease,
} from "./lane.ts";
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
      await releaseLease(road.db, lease, { failures: taken.lane.failures, slotAt: null, notBefore: null, tryAt: null });
      return null;
    }
    const lookUps = noLookUps();
    await drain(run, lookUps, signal);
    await endLookUps(run, lookUps, signal);
    const { failures, slotAt } = run.lane;
    const next = await releaseLease(road.db, lease, {
      failures,
      slotAt,
      notBefore: run.notBefore,
      tryAt: nextTry(run),
    });
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

async function start(road: Road, taken: { lease: Lease; lane: Lane }): Promise<Run | null> {
  const { lease, lane } = taken;
  const now = road.clock();
  const [connection, known] = await Promise.all([
    openConnection(road, lease.connectionId),
    lane.host === null ? null : readBreaker(road, lane.host),
    adoptOrphans(road.db, lease.connectionId, lease.epoch, now),
  ]);
  await expire(road.db, lease, now, Boolean(connection?.sheet.lookUp));
  if (!connection) return null;
  await noteHost(road.db, lease, lane, connection.host);
  const breaker = connection.host === lane.host ? known : await readBreaker(road, connection.host);
  const held = lane.heldUntil && lane.heldUntil > now ? lane.heldUntil : null;
  const run = openRun(road, taken, connection, { breaker, notBefore: held ?? waitFor(breaker, now) });
  if (!run.ended) await tryPausedChannels(run, now);
  return run;
}

async function drain(run: Run, lookUps: LookUps, signal: AbortSignal): Promise<void> {
  const { road, connection, lease } = run;
  const { sheet } = connection;
  const over = () => run.ended || signal.aborted || (road.timer.elapsed() >= run.until && !takesLonger(run, lookUps));
  let lookedAt = road.timer.elapsed();
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
      return;
    }
    const work = sort(run, await withMetafields(run, claimed), now);
    if (work.settled.length > 0) await settle(road.db, lease, work.settled, now);
    await lookUp(run, lookUps, work.lookUp);
    if (work.send.length > 0 && !(await mayRequest(run))) return;
    await sendAll(run, forNow(run, work.send), over);
    if (!run.ended && road.timer.elapsed() - lookedAt >= DEADLINES_READ_AGAIN_MS) {
      lookedAt = road.timer.elapsed();
      await expire(road.db, lease, road.clock(), Boolean(sheet.lookUp));
    }
    if (run.lane.slotAt) await leaveOut(run);
  }
}

/** After a failure a single delivery is the probe. */
const forNow = ({ lane, breaker }: Run, pieces: Piece[]) =>
  lane.failures > 0 || breaker?.openedAt ? pieces.filter(({ delivery }) => delivery === pieces[0]?.delivery) : pieces;

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
