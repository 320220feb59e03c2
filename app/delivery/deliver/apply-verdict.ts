// What a verdict means for the lane: it backs off, its channel or its connection is paused, or the vendor is well again.
import { mapTexts } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { LONGEST_WAIT } from "../../destinations/waits.ts";
import { postpone } from "../connections/pacing.ts";
import { redactorOf } from "../connections/redact.ts";
import { sqlSetReason } from "../reasons.ts";
import { backOff, bearable } from "./back-off.ts";
import { closeBreaker, noteHostFailure } from "./breaker.ts";
import { pauseChannel, reopenChannel } from "./channel-pause.ts";
import { countFailure, end, endPaused, endUntil, forgetFailures, noteBreaker, type Run } from "./run.ts";
import type { Verdict } from "./verdict.ts";

/** Of a lane, which tries with a single delivery: a vendor that is back is soon found to be. */
const LONGEST_BACK_OFF = 60_000;

export async function applyVerdict(run: Run, channel: string, verdict: Verdict): Promise<void> {
  if (verdict.is === "back off") {
    await backOffLane(run, verdict);
  } else if (verdict.is === "pause") {
    await pause(run, channel, verdict);
  } else if (verdict.is === "stop") {
    end(run);
  } else if (verdict.is === "go on") {
    await goOn(run);
    await reopenChannel(run, channel);
    if (verdict.limitFreeIn) await waitForLimit(run, verdict.limitFreeIn);
  }
}

async function backOffLane(run: Run, { after, ill }: Extract<Verdict, { is: "back off" }>): Promise<void> {
  const { road, connection } = run;
  countFailure(run);
  const least = await bearableFor(run, after);
  const pause = backOff(run.lane.failures, { after: least, longest: LONGEST_BACK_OFF });
  endUntil(run, new Date(road.clock().getTime() + pause));
  if (ill) noteBreaker(run, await noteHostFailure(road, connection.host, connection.id));
}

const FIRST_DEADLINE = statement<{ first: Date | null }, [connectionId: string, now: Date]>("first-deadline-of-lane")`
  SELECT min(deadline_at) AS first
  FROM delivery
  WHERE connection_id = $1 AND state = 'due' AND deadline_at > $2`;

/** As long as the vendor asked for, where what waits in the lane can bear it. */
async function bearableFor({ road, lease }: Run, after: number): Promise<number> {
  if (after === 0) return 0;
  const now = road.clock();
  const [row] = await road.db.query(FIRST_DEADLINE, [lease.connectionId, now]);
  return row?.first ? bearable(after, row.first, now) : after;
}

const END_BACK_OFFS = statement<never, [connectionId: string, now: Date]>("end-back-offs-of-lane")`
  UPDATE delivery
  SET due_at = least(created_at, $2)
  WHERE connection_id = $1 AND state = 'due'
    AND due_at > least(created_at, $2) AND due_at < deadline_at AND attempts > 0 AND asked = 0`;

/** The vendor took it. */
async function goOn(run: Run): Promise<void> {
  const { road, lease, lane, connection } = run;
  if (run.breaker) {
    noteBreaker(run, null);
    await closeBreaker(road, connection.host, connection.id);
  }
  if (lane.failures === 0) return;
  // The vendor is well again: what backed off while it was not goes at once, at the place of its age.
  if (lane.failures >= 3) await road.db.query(END_BACK_OFFS, [lease.connectionId, road.clock()]);
  forgetFailures(run);
}

const PAUSE = statement<never, [connectionId: string, reason: string, now: Date, epoch: string]>(
  "pause-connection-of-lane",
)`
  UPDATE connection
  SET state = 'paused', ${sqlSetReason("$2::jsonb")}, changed_at = $3
  WHERE id = $1 AND state = 'on'
    AND EXISTS (SELECT 1 FROM lane WHERE connection_id = $1 AND epoch = $4)`;

async function pause(run: Run, channel: string, verdict: Extract<Verdict, { is: "pause" }>): Promise<void> {
  const { road, lease } = run;
  const reason = mapTexts(verdict.reason, redactorOf(run.connection, []));
  if (verdict.scope === "channel") return pauseChannel(run, channel, reason);
  endPaused(run);
  await road.db.query(PAUSE, [lease.connectionId, keptJson(reason), road.clock(), lease.epoch]);
}

/** The vendor says that its limit is used up: nobody who shares the budget sends before it counts anew. */
async function waitForLimit({ road, connection }: Run, milliseconds: number): Promise<void> {
  const until = new Date(road.clock().getTime() + Math.min(milliseconds, LONGEST_WAIT));
  await postpone(road, connection.host, connection.budgets, connection.budgetKey, until);
}
