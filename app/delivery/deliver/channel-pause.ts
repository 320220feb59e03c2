// A channel that we paused is tried again with one delivery every hour: a plan that was bought is noticed without a person.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { closeChannel, forgetFailures, noteNextTry, openChannel, planTrial, type Run } from "./run.ts";

const TRY_EVERY = 3_600_000;

const PAUSE = statement<never, [connectionId: string, epoch: string, channel: string, reason: string]>("pause-channel")`
  UPDATE lane
  SET paused_channels = paused_channels || jsonb_build_object($3::text, $4::jsonb)
  WHERE connection_id = $1 AND epoch = $2`;

/** @param reason what the vendor said, without what it echoes */
export async function pauseChannel(run: Run, channel: string, reason: Reason): Promise<void> {
  const { road, lease } = run;
  forgetFailures(run); // it answered: its other channels are not held back
  closeChannel(run, channel, reason);
  await tryInAnHour(run, channel, road.clock());
  await road.db.query(PAUSE, [lease.connectionId, lease.epoch, channel, keptJson(reason)]);
}

const REOPEN = statement<never, [connectionId: string, epoch: string, channel: string]>("reopen-channel")`
  UPDATE lane
  SET paused_channels = paused_channels - $3::text, channel_tries = channel_tries - $3::text
  WHERE connection_id = $1 AND epoch = $2`;
const FREE = statement<never, [connectionId: string, channel: string, now: Date]>("free-held-by-channel")`
  UPDATE delivery
  SET due_at = $3
  WHERE connection_id = $1 AND state = 'due' AND held_by = $2 AND due_at >= deadline_at AND deadline_at > $3`;

/** The vendor has taken something on it: what waited goes now. */
export async function reopenChannel(run: Run, channel: string): Promise<void> {
  const { road, lease, lane } = run;
  if (!(channel in lane.pausedChannels)) return;
  openChannel(run, channel);
  await road.db.query(REOPEN, [lease.connectionId, lease.epoch, channel]);
  await road.db.query(FREE, [lease.connectionId, channel, road.clock()]);
}

const TRY = statement<never, [connectionId: string, now: Date, channel: string]>("try-oldest-held-by-channel")`
  UPDATE delivery
  SET due_at = $2
  WHERE id = (
    SELECT id
    FROM delivery
    WHERE connection_id = $1 AND state = 'due' AND head
      AND due_at >= deadline_at AND deadline_at > $2 AND held_by = $3
    ORDER BY occurred_at, id
    LIMIT 1)`;

/** Makes the oldest delivery that a closed channel holds due, where it is time to try it; what comes new may try it as well. */
export async function tryPausedChannels(run: Run, now: Date): Promise<void> {
  const { road, lease, lane } = run;
  for (const channel of Object.keys(lane.pausedChannels)) {
    if (Date.parse(lane.channelTries[channel] ?? "") > now.getTime()) continue;
    planTrial(run, channel);
    await tryInAnHour(run, channel, now);
    await road.db.query(TRY, [lease.connectionId, now, channel]);
  }
}

const NEXT_TRY = statement<never, [connectionId: string, epoch: string, channel: string, at: string]>(
  "set-next-try-of-channel",
)`
  UPDATE lane
  SET channel_tries = channel_tries || jsonb_build_object($3::text, $4::text)
  WHERE connection_id = $1 AND epoch = $2`;

async function tryInAnHour(run: Run, channel: string, now: Date): Promise<void> {
  const { road, lease } = run;
  const at = new Date(now.getTime() + TRY_EVERY);
  noteNextTry(run, channel, at);
  await road.db.query(NEXT_TRY, [lease.connectionId, lease.epoch, channel, at.toISOString()]);
}

/** When the next closed channel is tried; null: none is closed, or nothing is sent anyway. */
export function nextTry({ lane, on }: Run): Date | null {
  const times = Object.keys(lane.pausedChannels).map((channel) => Date.parse(lane.channelTries[channel] ?? "") || 0);
  return times.length > 0 && on ? new Date(Math.min(...times)) : null;
}
