// A run of a lane: what holds while it lasts, and what the vendor's answers mean for the lane as a whole.

import { mapTexts } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import { LONGEST_WAIT } from "../../destinations/waits.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { postpone, reserve } from "../connections/pacing.ts";
import { redactorOf } from "../connections/redact.ts";
import { sqlSetReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { type Illness, noteFailure, recover } from "./breaker.ts";
import { type Probing, pauseChannel, reopenChannel } from "./channel-pause.ts";
import { backOff, type LaneState, type Lease } from "./lane.ts";
import type { Asking } from "./look-up.ts";
import { bearable, type Verdict } from "./verdict.ts";

/** Of a lane, which tries with a single delivery: a vendor that is back is soon found to be. */
const LONGEST_BACK_OFF = 60_000;

/** A lane under its lease. `stop` is set where the run must end. */
export interface Run {
  road: Road;
  lease: Lease;
  lane: LaneState;
  connection: OpenConnection;
  /** Paused channels that it is time to try. */
  probing: Probing;
  /** Not before this time again: a vendor that is ill, or a slot of its budget. */
  notBefore: Date | null;
  stop: boolean;
  /** Look-ups that are under way beside its requests. */
  asking: Asking | null;
  /** When its turn is over, by performance.now(). */
  until: number;
  /** The vendor's host fails for connection after connection; null: all is well, as far as was seen lately. */
  illness: Illness | null;
  /** When that was, by performance.now(). */
  lookedAt: number;
}

/** What a verdict means for the lane. */
export async function heed(run: Run, channel: string, verdict: Verdict): Promise<void> {
  const { road, lane } = run;
  if (verdict.is === "back off") {
    lane.failures += 1;
    run.notBefore = new Date(
      road.clock().getTime() +
        backOff(lane.failures, { after: await wishOf(run, verdict.after), longest: LONGEST_BACK_OFF }),
    );
    run.stop = true;
    if (verdict.ill) await noteFailure(run);
  } else if (verdict.is === "pause") {
    await pause(run, channel, verdict);
  } else if (verdict.is === "stop") {
    run.stop = true;
  } else if (verdict.is === "go on") {
    await goOn(run);
    await reopenChannel(run, channel);
    if (verdict.rest) await rest(run, verdict.rest);
  }
}

/** As long as the vendor asked for, where what waits in the lane can bear it. */
async function wishOf({ road, lease }: Run, after: number): Promise<number> {
  if (after === 0) return 0;
  const now = road.clock();
  const [row] = await road.db.query<{ first: Date | null }>(
    "SELECT min(deadline_at) AS first FROM delivery WHERE connection_id = $1 AND state = 'due' AND deadline_at > $2",
    [lease.connectionId, now],
  );
  return row?.first ? bearable(after, row.first, now) : after;
}

/** The vendor took it. */
async function goOn(run: Run): Promise<void> {
  const { road, lease, lane } = run;
  if (run.illness) await recover(run);
  if (lane.failures > 0) {
    // The vendor is well again: what backed off while it was ill goes at once, at the place of its age.
    if (lane.failures >= 3) {
      await road.db.query(
        `UPDATE delivery SET due_at = least(created_at, $2) WHERE connection_id = $1 AND state = 'due'
           AND due_at > least(created_at, $2) AND due_at < deadline_at AND attempts > 0 AND asked = 0`,
        [lease.connectionId, road.clock()],
      );
    }
    lane.failures = 0;
  }
}

async function pause(run: Run, channel: string, verdict: Extract<Verdict, { is: "pause" }>): Promise<void> {
  const { road, lease } = run;
  const reason = mapTexts(verdict.reason, redactorOf(run.connection, []));
  if (verdict.scope === "connection") {
    run.stop = true;
    run.connection.state = "paused";
    await road.db.query(
      `UPDATE connection SET state = 'paused', ${sqlSetReason("$2::jsonb")}, changed_at = $3 WHERE id = $1 AND state = 'on'
         AND EXISTS (SELECT 1 FROM lane WHERE connection_id = $1 AND epoch = $4)`,
      [lease.connectionId, keptJson(reason), road.clock(), lease.epoch],
    );
    return;
  }
  await pauseChannel(run, channel, reason);
}

/** @returns false where the vendor's budget has no slot yet: the lane waits for the one that is kept for it. */
export async function haveSlot(run: Run): Promise<boolean> {
  const { road, lane, connection } = run;
  const now = road.clock();
  const slot = lane.slotAt ?? (await reserve(road, connection.host, connection.budgets, connection.budgetKey, now));
  lane.slotAt = slot > now ? slot : null;
  if (slot <= now) return true;
  run.notBefore = slot;
  run.stop = true;
  return false;
}

/** The vendor says that its limit is used up: nobody who shares the budget asks before it counts anew. */
async function rest({ road, connection }: Run, milliseconds: number): Promise<void> {
  const until = new Date(road.clock().getTime() + Math.min(milliseconds, LONGEST_WAIT));
  await postpone(road, connection.host, connection.budgets, connection.budgetKey, until);
}
