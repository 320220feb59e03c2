// The breaker: a host that fails for connection after connection is not asked by all of them; one lane at a time probes.
import { NotAsDocumented, SaidNo } from "../../destinations/answer.ts";
import type { Road } from "../road.ts";
import type { Run } from "./run.ts";

/** What is known of a host that fails; there is no row while all is well. */
export interface Illness {
  /** null: it failed, but not often enough yet. */
  openedAt: Date | null;
  probeAt: Date | null;
  /** This run is the one that may ask. */
  probing?: true;
}

const LANES = 5;
/** In a row, of two lanes or more: a lone one backs off by itself. */
const FAILURES = 10;
const FIRST_PROBE = 5_000;
const LONGEST_PAUSE = 60_000;
/** As long as one probe may take; whoever died with it is not waited for longer. */
const PROBE_TAKES = 20_000;
const LOOK_AGAIN_MS = 1_000;
/** Lanes that wait for one moment wake up to so many milliseconds after it, each a little differently. */
export const APART_MS = 5_000;

export async function lookAtHost(road: Road, host: string): Promise<Illness | null> {
  const [row] = await road.db.query<Illness>(
    `SELECT opened_at AS "openedAt", probe_at AS "probeAt" FROM host_breaker WHERE host = $1`,
    [host],
  );
  return row ?? null;
}

/** A long run hears within a second of what others met. */
export async function lookAgain(run: Run): Promise<void> {
  if (run.illness?.probing || performance.now() - run.lookedAt < LOOK_AGAIN_MS) return;
  run.illness = await lookAtHost(run.road, run.connection.host);
  run.lookedAt = performance.now();
}

/** Of a request that is no delivery's: a limit, a used-up budget or a no is no illness. */
export function isIllness(error: Error): boolean {
  const no = [error, error.cause].find((one) => one instanceof SaidNo);
  if (no) return no.answer.status >= 500;
  // NothingSent without a cause is our own budget's.
  return error.cause !== undefined && !(error instanceof NotAsDocumented);
}

/** A request failed as a whole. Enough of them, of different lanes, without a success in between open the breaker. */
export async function noteFailure(run: Run): Promise<void> {
  const { road, connection } = run;
  const now = road.clock();
  const [row] = await road.db.query<Illness>(
    `INSERT INTO host_breaker AS b (host, failures, lanes) VALUES ($1, 1, ARRAY[$2::uuid])
     ON CONFLICT (host) DO UPDATE SET failures = b.failures + 1,
       lanes = CASE WHEN $2 = ANY (b.lanes) OR b.opened_at IS NOT NULL THEN b.lanes ELSE b.lanes || $2::uuid END
     RETURNING opened_at AS "openedAt", probe_at AS "probeAt"`,
    [connection.host, connection.id],
  );
  const [open] = await road.db.query<Illness>(
    `UPDATE host_breaker SET opened_at = coalesce(opened_at, $2),
       probe_at = $2::timestamptz + least($4::float8, $3::float8 * power(2, least(probes, 10))) * interval '1 ms'
     WHERE host = $1 AND (opened_at IS NOT NULL OR cardinality(lanes) >= $5 OR (failures >= $6 AND cardinality(lanes) > 1))
     RETURNING opened_at AS "openedAt", probe_at AS "probeAt"`,
    [connection.host, now, FIRST_PROBE, LONGEST_PAUSE, LANES, FAILURES],
  );
  run.illness = open ?? row ?? null;
}

/**
 * May this lane ask the vendor now? While the breaker is open only the one that takes the probe may; the others wait, each a little differently.
 */
export async function mayAsk(run: Run): Promise<boolean> {
  const { road, connection, illness } = run;
  if (!illness?.openedAt || illness.probing) return true;
  const now = road.clock();
  const [taken] = await road.db.query<Illness>(
    `UPDATE host_breaker SET probes = probes + 1, probe_at = $2::timestamptz + $3 * interval '1 ms'
     WHERE host = $1 AND opened_at IS NOT NULL AND probe_at <= $2 RETURNING opened_at AS "openedAt", probe_at AS "probeAt"`,
    [connection.host, now, PROBE_TAKES],
  );
  if (taken) {
    run.illness = { ...taken, probing: true };
    return true;
  }
  run.illness = await lookAtHost(road, connection.host);
  if (!run.illness?.openedAt) return true;
  run.notBefore = waitFor(run.illness, now);
  run.stop = true;
  return false;
}

/** When a lane that waits looks again; null: it need not wait. */
export function waitFor(illness: Illness | null, now: Date, random = Math.random): Date | null {
  if (!illness?.openedAt || !illness.probeAt || illness.probeAt <= now) return null;
  return new Date(illness.probeAt.getTime() + Math.round(random() * APART_MS));
}

/** The vendor answered well: all is forgotten, and what waited for it goes again, not all at the same moment. */
export async function recover(run: Run): Promise<void> {
  const { road, connection } = run;
  const { host } = connection;
  const now = road.clock();
  run.illness = null;
  const woken = await road.db.transaction(async (sql) => {
    const [was] = await sql.query<Illness>(
      `DELETE FROM host_breaker WHERE host = $1 RETURNING opened_at AS "openedAt"`,
      [host],
    );
    if (!was?.openedAt) return [];
    // A lane that runs just now wakes by itself; whoever holds a row is not waited for.
    const lanes = await sql.query<{ connectionId: string; destination: string; wakeAt: Date }>(
      `UPDATE lane SET held_until = NULL, wake_at = $2::timestamptz + random() * $3 * interval '1 ms' WHERE connection_id IN (
         SELECT connection_id FROM lane WHERE host = $1 AND connection_id <> $4 AND lease_until IS NULL AND slot_at IS NULL
           AND EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = lane.connection_id AND d.state = 'due') FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING connection_id AS "connectionId", destination, wake_at AS "wakeAt"`,
      [host, now, APART_MS, connection.id],
    );
    await sql.query(
      `UPDATE delivery SET due_at = least(created_at, $2) WHERE id IN (SELECT id FROM delivery WHERE connection_id = ANY ($1::uuid[]) AND state = 'due'
         AND due_at > least(created_at, $2) AND due_at < deadline_at AND attempts > 0 AND asked = 0 FOR NO KEY UPDATE SKIP LOCKED)`,
      [lanes.map(({ connectionId }) => connectionId), now],
    );
    return lanes;
  });
  await road.bell.lanes(
    woken.map(({ connectionId, destination, wakeAt }) => ({
      connectionId,
      destination,
      delay: Math.max(1, wakeAt.getTime() - now.getTime()),
    })),
  );
}
