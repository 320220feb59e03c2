// A channel that we paused is tried again with one delivery every hour: a plan that was bought is noticed without a person.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import type { LaneState, Lease } from "./lane.ts";
import type { Run } from "./run.ts";

const TRY_EVERY = 3_600_000;

/** Channels that this run tries, each with one delivery: chosen yet, or not. */
export type Probing = Map<string, "to be chosen" | "chosen">;

/** A channel that is still closed: nothing goes out on it, unless what is tried. */
export const isClosed = ({ lane, probing }: Run, channel: string): boolean =>
  channel in lane.pausedChannels && probing.get(channel) !== "chosen";

/** May this delivery go out to try all the closed channels that it needs? It is then the one that does. */
export function isProbe(probing: Probing, closed: string[]): boolean {
  if (closed.length === 0 || !closed.every((channel) => probing.get(channel) === "to be chosen")) return false;
  for (const channel of closed) probing.set(channel, "chosen");
  return true;
}

/** @param reason what the vendor said, without what it echoes */
export async function pauseChannel({ road, lease, lane, probing }: Run, channel: string, reason: Reason) {
  lane.failures = 0; // it answered: its other channels are not held back
  lane.pausedChannels[channel] = reason;
  probing.delete(channel);
  await tryAgainAt(road.db, lease, lane, channel, new Date(road.clock().getTime() + TRY_EVERY));
  await road.db.query(
    "UPDATE lane SET paused_channels = paused_channels || jsonb_build_object($3::text, $4::jsonb) WHERE connection_id = $1 AND epoch = $2",
    [lease.connectionId, lease.epoch, channel, keptJson(reason)],
  );
}

/** The vendor has taken something on it: what waited goes now. */
export async function reopenChannel({ road, lease, lane, probing }: Run, channel: string): Promise<void> {
  if (!(channel in lane.pausedChannels)) return;
  delete lane.pausedChannels[channel];
  probing.delete(channel);
  await road.db.query(
    "UPDATE lane SET paused_channels = paused_channels - $3::text, channel_tries = channel_tries - $3::text WHERE connection_id = $1 AND epoch = $2",
    [lease.connectionId, lease.epoch, channel],
  );
  await road.db.query(
    "UPDATE delivery SET due_at = $3 WHERE connection_id = $1 AND state = 'due' AND held_by = $2 AND due_at >= deadline_at AND deadline_at > $3",
    [lease.connectionId, channel, road.clock()],
  );
}

/** Makes the oldest delivery that a closed channel holds due, where it is time to try it; what comes new may try it as well. */
export async function tryPausedChannels(sql: Sql, lease: Lease, lane: LaneState, now: Date): Promise<Probing> {
  const probing: Probing = new Map();
  for (const channel of Object.keys(lane.pausedChannels)) {
    if (Date.parse(lane.channelTries[channel] ?? "") > now.getTime()) continue;
    probing.set(channel, "to be chosen");
    await tryAgainAt(sql, lease, lane, channel, new Date(now.getTime() + TRY_EVERY));
    await sql.query(
      `UPDATE delivery SET due_at = $2 WHERE id = (
         SELECT id FROM delivery WHERE connection_id = $1 AND state = 'due' AND head
           AND due_at >= deadline_at AND deadline_at > $2 AND held_by = $3 ORDER BY occurred_at, id LIMIT 1)`,
      [lease.connectionId, now, channel],
    );
  }
  return probing;
}

async function tryAgainAt(sql: Sql, lease: Lease, lane: LaneState, channel: string, at: Date): Promise<void> {
  lane.channelTries[channel] = at.toISOString();
  await sql.query(
    "UPDATE lane SET channel_tries = channel_tries || jsonb_build_object($3::text, $4::text) WHERE connection_id = $1 AND epoch = $2",
    [lease.connectionId, lease.epoch, channel, at.toISOString()],
  );
}

/** When the next closed channel is tried; null: none is closed, or nothing is sent anyway. */
export function nextTry({ lane, connection }: Run): Date | null {
  const times = Object.keys(lane.pausedChannels).map((channel) => Date.parse(lane.channelTries[channel] ?? "") || 0);
  return times.length > 0 && connection.state === "on" ? new Date(Math.min(...times)) : null;
}
