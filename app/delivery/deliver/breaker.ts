// The breaker: a host that fails for connection after connection is not asked by all of them; one lane at a time probes.
import { statement } from "../../base/statement.ts";
import { NotAsDocumented, SaidNo } from "../../destinations/answer.ts";
import type { Road } from "../road.ts";

/** What is known of a host that fails; there is no row while all is well. */
export interface Breaker {
  /** null: it failed, but not often enough yet. */
  openedAt: Date | null;
  probeAt: Date | null;
  /** Whoever holds this may send the probe. */
  probing?: true;
}

const LANES = 5;
/** In a row, of two lanes or more: a lone one backs off by itself. */
const FAILURES = 10;
const FIRST_PROBE = 5_000;
const LONGEST_PAUSE = 60_000;
/** As long as one probe may take; whoever died with it is not waited for longer. */
const PROBE_TAKES = 20_000;
/** Lanes that wait for one moment wake up to so many milliseconds after it, each a little differently. */
export const APART_MS = 5_000;

/** Who probes is not written down. */
type Row = Omit<Breaker, "probing">;
const BREAKER = 'opened_at AS "openedAt", probe_at AS "probeAt"';
const READ = statement<Row, [host: string]>("breaker-of-host")`
  SELECT ${BREAKER}
  FROM host_breaker
  WHERE host = $1`;

export async function readBreaker({ db }: Pick<Road, "db">, host: string): Promise<Breaker | null> {
  const [row] = await db.query(READ, [host]);
  return row ?? null;
}

/** Of a request that is no delivery's: a limit, a used-up budget or a no says nothing of the host's health. */
export function isHostFailure(error: Error): boolean {
  const no = [error, error.cause].find((one) => one instanceof SaidNo);
  if (no) return no.answer.status >= 500;
  // NothingSent without a cause is our own budget's.
  return error.cause !== undefined && !(error instanceof NotAsDocumented);
}

const COUNT = statement<Row, [host: string, connectionId: string]>("count-failure-of-host")`
  INSERT INTO host_breaker AS b (host, failures, lanes)
  VALUES ($1, 1, ARRAY[$2::uuid])
  ON CONFLICT (host) DO UPDATE
    SET failures = b.failures + 1,
      lanes = CASE WHEN $2 = ANY (b.lanes) OR b.opened_at IS NOT NULL THEN b.lanes ELSE b.lanes || $2::uuid END
  RETURNING ${BREAKER}`;
const OPEN = statement<
  Row,
  [host: string, now: Date, firstProbe: number, longestPause: number, lanes: number, failures: number]
>("open-breaker-of-host")`
  UPDATE host_breaker
  SET opened_at = coalesce(opened_at, $2),
    probe_at = $2::timestamptz + least($4::float8, $3::float8 * power(2, least(probes, 10))) * interval '1 ms'
  WHERE host = $1
    AND (opened_at IS NOT NULL OR cardinality(lanes) >= $5 OR (failures >= $6 AND cardinality(lanes) > 1))
  RETURNING ${BREAKER}`;

/** A request of a lane failed as a whole. Enough of them, of different lanes, without a success in between open the breaker. */
export async function noteHostFailure(road: Road, host: string, connectionId: string): Promise<Breaker | null> {
  const [row] = await road.db.query(COUNT, [host, connectionId]);
  const [open] = await road.db.query(OPEN, [host, road.clock(), FIRST_PROBE, LONGEST_PAUSE, LANES, FAILURES]);
  return open ?? row ?? null;
}

/** May a request leave now? While the breaker is open only the one that took the probe may. */
export const letsThrough = (breaker: Breaker | null): boolean => !breaker?.openedAt || breaker.probing === true;

const TAKE_PROBE = statement<Row, [host: string, now: Date, takes: number]>("take-probe-of-host")`
  UPDATE host_breaker
  SET probes = probes + 1, probe_at = $2::timestamptz + $3 * interval '1 ms'
  WHERE host = $1 AND opened_at IS NOT NULL AND probe_at <= $2
  RETURNING ${BREAKER}`;

/** Takes the probe where it is time for one. @returns the breaker as it is then. */
export async function takeProbe(road: Road, host: string): Promise<Breaker | null> {
  const [taken] = await road.db.query(TAKE_PROBE, [host, road.clock(), PROBE_TAKES]);
  return taken ? { ...taken, probing: true } : readBreaker(road, host);
}

/** When a lane that waits looks again; null: it need not wait. */
export function waitFor(breaker: Breaker | null, now: Date, random = Math.random): Date | null {
  if (!breaker?.openedAt || !breaker.probeAt || breaker.probeAt <= now) return null;
  return new Date(breaker.probeAt.getTime() + Math.round(random() * APART_MS));
}

const CLOSE = statement<Row, [host: string]>("close-breaker-of-host")`
  DELETE FROM host_breaker
  WHERE host = $1
  RETURNING ${BREAKER}`;
const WAKE = statement<
  { connectionId: string; destination: string; wakeAt: Date | null },
  [host: string, now: Date, apart: number, butNot: string]
>("wake-lanes-of-host")`
  UPDATE lane
  SET held_until = NULL, wake_at = $2::timestamptz + random() * $3 * interval '1 ms'
  WHERE connection_id IN (
    SELECT connection_id
    FROM lane
    WHERE host = $1 AND connection_id <> $4 AND lease_until IS NULL AND slot_at IS NULL
      AND EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = lane.connection_id AND d.state = 'due')
    FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING connection_id AS "connectionId", destination, wake_at AS "wakeAt"`;
const END_BACK_OFFS = statement<never, [connectionIds: string[], now: Date]>("end-back-offs-of-lanes")`
  UPDATE delivery
  SET due_at = least(created_at, $2)
  WHERE id IN (
    SELECT id
    FROM delivery
    WHERE connection_id = ANY ($1::uuid[]) AND state = 'due'
      AND due_at > least(created_at, $2) AND due_at < deadline_at AND attempts > 0 AND asked = 0
    FOR NO KEY UPDATE SKIP LOCKED)`;

/** The host answered a lane well: all is forgotten, and what waited for it goes again, not all at the same moment. */
export async function closeBreaker(road: Road, host: string, connectionId: string): Promise<void> {
  const now = road.clock();
  const woken = await road.db.transaction(async (sql) => {
    const [was] = await sql.query(CLOSE, [host]);
    if (!was?.openedAt) return [];
    // A lane that runs just now wakes by itself; whoever holds a row is not waited for.
    const lanes = await sql.query(WAKE, [host, now, APART_MS, connectionId]);
    await sql.query(END_BACK_OFFS, [lanes.map((lane) => lane.connectionId), now]);
    return lanes;
  });
  await road.bell.lanes(
    woken.map((lane) => ({
      connectionId: lane.connectionId,
      destination: lane.destination,
      delay: Math.max(1, (lane.wakeAt ?? now).getTime() - now.getTime()),
    })),
  );
}
