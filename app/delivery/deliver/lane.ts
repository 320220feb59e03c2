// The lane of a connection: who may run it (a lease by the database's clock), and when it runs next.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { REQUEST_TIMEOUT } from "../../destinations/http.ts";

export const LEASE_MS = 15_000;
export const RENEW_MS = 5_000;

/** The right to run a lane. Every write of the run names the epoch; a later runner has a higher one. */
export interface Lease {
  connectionId: string;
  epoch: string;
  /** Until when by performance.now(): counted from before the database was asked, so never too long. */
  goodUntil: number;
}

export interface LaneState {
  /** Nothing of it leaves before: it backs off, or waits for its slot. */
  heldUntil: Date | null;
  failures: number;
  slotAt: Date | null;
  /** The host that it asks, as of its last run. */
  host: string | null;
  pausedChannels: Record<string, Reason>;
  /** Channel → when it is tried again. */
  channelTries: Record<string, string>;
  declared: Record<string, string>;
}

/** @returns null while another runner holds the lane. */
export async function takeLease(sql: Sql, connectionId: string, owner: string): Promise<(Lease & LaneState) | null> {
  const asked = performance.now();
  const [row] = await sql.query<LaneState & { epoch: string }>(
    `UPDATE lane SET owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms', epoch = epoch + 1
     WHERE connection_id = $1 AND (lease_until IS NULL OR lease_until < clock_timestamp())
     RETURNING epoch, held_until AS "heldUntil", failures, slot_at AS "slotAt", host, paused_channels AS "pausedChannels", channel_tries AS "channelTries", declared`,
    [connectionId, owner, LEASE_MS],
  );
  return row ? { ...row, connectionId, goodUntil: asked + LEASE_MS } : null;
}

/** By it the sweep and a host that is well again find the lane. */
export async function noteHost(sql: Sql, lease: Lease & LaneState, host: string): Promise<void> {
  if (lease.host !== host)
    await sql.query("UPDATE lane SET host = $3 WHERE connection_id = $1 AND epoch = $2", [
      lease.connectionId,
      lease.epoch,
      host,
    ]);
  lease.host = host;
}

/** @returns false when the lease was lost: the run must end without another write. */
export async function renewLease(sql: Sql, lease: Lease): Promise<boolean> {
  const asked = performance.now();
  const rows = await sql.query(
    `UPDATE lane SET lease_until = clock_timestamp() + $3 * interval '1 ms'
     WHERE connection_id = $1 AND epoch = $2 AND lease_until >= clock_timestamp() RETURNING 1`,
    [lease.connectionId, lease.epoch, LEASE_MS],
  );
  if (rows.length > 0) lease.goodUntil = asked + LEASE_MS;
  return rows.length > 0;
}

/** Makes sure that the lease outlives a request that begins now. @throws LeaseLost */
export async function keepLease(sql: Sql, lease: Lease): Promise<void> {
  if (lease.goodUntil - performance.now() > REQUEST_TIMEOUT || (await renewLease(sql, lease))) return;
  throw new LeaseLost(`the lease of ${lease.connectionId} ran out before a request`);
}

/** Says within a transaction that the lane is still ours, and keeps it so until the commit. @throws LeaseLost */
export async function holdLease(sql: Sql, lease: Lease): Promise<void> {
  const rows = await sql.query("SELECT 1 FROM lane WHERE connection_id = $1 AND epoch = $2 FOR NO KEY UPDATE", [
    lease.connectionId,
    lease.epoch,
  ]);
  if (rows.length === 0) throw new LeaseLost(`another runner has the lane ${lease.connectionId}`);
}

export class LeaseLost extends Error {}

/** Gives the lane back and says when it runs next: never before `notBefore`, else as soon as something is due, or a closed channel is tried for what it holds. */
export async function releaseLease(
  sql: Sql,
  lease: Lease,
  notBefore: Date | null,
  slotAt: Date | null,
  tryAt: Date | null = null,
): Promise<Date | null> {
  const [row] = await sql.query<{ wakeAt: Date | null }>(
    `UPDATE lane SET owner = NULL, lease_until = NULL, slot_at = $4, held_until = $3, wake_at = (
       SELECT greatest(least(next, $5::timestamptz), $3::timestamptz) FROM delivery_next_due($1) AS next WHERE next IS NOT NULL
     ) WHERE connection_id = $1 AND epoch = $2 RETURNING wake_at AS "wakeAt"`,
    [lease.connectionId, lease.epoch, notBefore, slotAt, tryAt],
  );
  return row?.wakeAt ?? null;
}

/** After a fault of our own: nothing more is done under this lease, and what it left open is in doubt for the next one. */
export async function dropLease(sql: Sql, lease: Lease): Promise<void> {
  await sql.query("UPDATE lane SET owner = NULL, lease_until = NULL WHERE connection_id = $1 AND epoch = $2", [
    lease.connectionId,
    lease.epoch,
  ]);
}

const HOUR = 3_600_000;

/** Full jitter: anything from 0 to the ceiling, which doubles from 1 s up to `longest`; at least what the vendor asked for. */
export function backOff(failures: number, { after = 0, longest = HOUR, random = Math.random } = {}): number {
  const ceiling = Math.min(longest, 1_000 * 2 ** Math.min(failures, 12));
  return Math.max(after, Math.round(random() * ceiling));
}
