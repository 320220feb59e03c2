// The lane of a connection: who may run it (a lease by the database's clock), and when it runs next.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { REQUEST_TIMEOUT } from "../../destinations/http.ts";
import type { Road } from "../road.ts";
import type { Breaker } from "./breaker.ts";

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** The right to run a lane. Every write of the run names the epoch; a later runner has a higher one. */
export interface Lease {
  connectionId: string;
  epoch: string;
  /** Until when by the road's timer: counted from before the database granted it, so never too long. */
  goodUntil: number;
}

/** What the lane's row says, as far as its run goes by it. */
export interface Lane {
  /** Nothing of it leaves before: it backs off, or waits for its slot. */
  readonly heldUntil: Date | null;
  readonly failures: number;
  readonly slotAt: Date | null;
  /** The host that it sends to, as of its last run. */
  readonly host: string | null;
  /** Channel → why. */
  readonly pausedChannels: Readonly<Record<string, Reason>>;
  /** Channel → when it is tried again. */
  readonly channelTries: Readonly<Record<string, string>>;
  readonly declared: Readonly<Record<string, string>>;
  /** What its vendor warned of last, as it is kept. */
  readonly warning: string | null;
}

/** A lane that somebody may run from now on, and what was there at that moment. */
export interface TakenLane {
  lease: Lease;
  lane: Lane;
  /** A runner died with requests under way. */
  orphaned: boolean;
  /** When the next of its deliveries is too late. */
  nextDeadline: Date | null;
  /** Of the lane's host. */
  breaker: Breaker | null;
}

type Timed = Pick<Road, "db" | "timer">;

type Taken = Omit<TakenLane, "lease" | "lane" | "breaker"> &
  Lane & { epoch: string; failed: boolean; openedAt: Date | null; probeAt: Date | null };

// It does not wait for the disk: what is sent under it is written down before by a commit that does, and takes this one along. One
// that a crash of the database takes back is no danger either, for no other lease has the same epoch: it is the time, and only its
// last digit counts the lane's runs.
const TAKE = statement<Taken, [connectionId: string, owner: string, milliseconds: number]>("take-lease")`
  WITH settings AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS changed),
  taken AS (
    UPDATE lane
    SET owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms',
      epoch = greatest(epoch + 1, (extract(epoch FROM clock_timestamp()) * 100000)::bigint * 10 + (epoch + 1) % 10)
    FROM settings
    WHERE connection_id = $1 AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND changed IS NOT NULL
    RETURNING lane.*
  )
  SELECT l.epoch, l.held_until AS "heldUntil", l.failures, l.slot_at AS "slotAt", l.host,
    l.paused_channels AS "pausedChannels", l.channel_tries AS "channelTries", l.declared, l.warning,
    EXISTS (SELECT 1 FROM attempt WHERE connection_id = $1 AND finished_at IS NULL) AS orphaned,
    delivery_next_deadline($1) AS "nextDeadline",
    b.host IS NOT NULL AS failed, b.opened_at AS "openedAt", b.probe_at AS "probeAt"
  FROM taken l
  LEFT JOIN host_breaker b ON b.host = l.host`;

/** @returns null while another runner holds the lane. */
export async function takeLease({ db, timer }: Timed, connectionId: string, owner: string): Promise<TakenLane | null> {
  const began = timer.elapsed();
  const [row] = await db.query(TAKE, [connectionId, owner, LEASE_MS]);
  if (!row) return null;
  const { epoch, orphaned, nextDeadline, failed, openedAt, probeAt, ...lane } = row;
  const breaker = failed ? { openedAt, probeAt } : null;
  return { lease: { connectionId, epoch, goodUntil: began + LEASE_MS }, lane, orphaned, nextDeadline, breaker };
}

const NOTE_HOST = statement<never, [connectionId: string, epoch: string, host: string]>("note-host-of-lane")`
  UPDATE lane
  SET host = $3
  WHERE connection_id = $1 AND epoch = $2`;

/** By it the sweep and a host that is well again find the lane. */
export async function noteHost(sql: Sql, lease: Lease, lane: Lane, host: string): Promise<void> {
  if (lane.host === host) return;
  await sql.query(NOTE_HOST, [lease.connectionId, lease.epoch, host]);
}

/** @returns what ends it. */
export const keepRenewing = (road: Timed, lease: Lease): (() => void) =>
  road.timer.every(RENEW_MS, () => void renewLease(road, lease).catch(() => {}));

const RENEW = statement<{ renewed: number }, [connectionId: string, epoch: string, milliseconds: number]>(
  "renew-lease",
)`
  UPDATE lane
  SET lease_until = clock_timestamp() + $3 * interval '1 ms'
  WHERE connection_id = $1 AND epoch = $2 AND lease_until >= clock_timestamp()
  RETURNING 1 AS renewed`;

/** @returns false when the lease was lost: the run must end without another write. */
async function renewLease({ db, timer }: Timed, lease: Lease): Promise<boolean> {
  const began = timer.elapsed();
  const rows = await db.query(RENEW, [lease.connectionId, lease.epoch, LEASE_MS]);
  if (rows.length > 0) lease.goodUntil = began + LEASE_MS;
  return rows.length > 0;
}

/** Does the lease hold longer than a request may take that begins now? */
export const outlivesRequest = ({ timer }: Pick<Road, "timer">, { goodUntil }: Lease): boolean =>
  goodUntil - timer.elapsed() > REQUEST_TIMEOUT;

/** Makes sure that the lease outlives a request that begins now. @throws LeaseLost */
export async function keepLease(road: Timed, lease: Lease): Promise<void> {
  if (outlivesRequest(road, lease) || (await renewLease(road, lease))) return;
  throw new LeaseLost(`the lease of ${lease.connectionId} ran out before a request`);
}

const HOLD = statement<{ held: number }, [connectionId: string, epoch: string]>("hold-lease")`
  SELECT 1 AS held
  FROM lane
  WHERE connection_id = $1 AND epoch = $2
  FOR NO KEY UPDATE`;

/** Says within a transaction that the lane is still ours, and keeps it so until the commit. @throws LeaseLost */
export async function holdLease(sql: Sql, lease: Lease): Promise<void> {
  const rows = await sql.query(HOLD, [lease.connectionId, lease.epoch]);
  if (rows.length === 0) throw new LeaseLost(`another runner has the lane ${lease.connectionId}`);
}

export class LeaseLost extends Error {}

interface Release {
  failures: number;
  slotAt: Date | null;
  /** It never runs before. */
  notBefore: Date | null;
  /** A closed channel is tried for what it holds then. */
  tryAt: Date | null;
  /** It is kept where something is due by then; null: it is given back in any case. */
  unlessDueAt: Date | null;
}

const RELEASE = statement<
  { wakeAt: Date | null },
  [
    connectionId: string,
    epoch: string,
    notBefore: Date | null,
    slotAt: Date | null,
    tryAt: Date | null,
    failures: number,
    unlessDueAt: Date | null,
  ]
>("release-lease")`
  WITH settings AS MATERIALIZED (
    SELECT set_config('synchronous_commit', 'off', true) AS changed, delivery_next_due($1) AS next
  )
  UPDATE lane
  SET owner = NULL, lease_until = NULL, slot_at = $4, held_until = $3, failures = $6,
    wake_at = CASE WHEN next IS NOT NULL THEN greatest(least(next, $5::timestamptz), $3::timestamptz) END
  FROM settings
  WHERE connection_id = $1 AND epoch = $2 AND changed IS NOT NULL AND (next <= $7) IS NOT TRUE
  RETURNING wake_at AS "wakeAt"`;

/**
 * Gives the lane back, without waiting for the disk: one that a crash of the database takes back ends with its lease.
 * @returns when it runs next: as soon as something is due; "kept": it was not given back, or is another's.
 */
export async function releaseLease(
  sql: Sql,
  { connectionId, epoch }: Lease,
  { failures, slotAt, notBefore, tryAt, unlessDueAt }: Release,
): Promise<{ wakeAt: Date | null } | "kept"> {
  const [row] = await sql.query(RELEASE, [connectionId, epoch, notBefore, slotAt, tryAt, failures, unlessDueAt]);
  return row ?? "kept";
}

const DROP = statement<never, [connectionId: string, epoch: string]>("drop-lease")`
  UPDATE lane
  SET owner = NULL, lease_until = NULL
  WHERE connection_id = $1 AND epoch = $2`;

/** After a fault of our own: nothing more is done under this lease, and what it left open is in doubt for the next one. */
export async function dropLease(sql: Sql, lease: Lease): Promise<void> {
  await sql.query(DROP, [lease.connectionId, lease.epoch]);
}
