// Sends one batch: an attempt is written down, one request leaves, and what came back settles its deliveries.
import type { Sql } from "../../base/database.ts";
import type { Outcome } from "../../destinations/destination.ts";
import { reasonOf } from "../../destinations/reasons.ts";
import { usedUp } from "../../destinations/waits.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { isAboutTheContent } from "../fault.ts";
import { because, told } from "../reasons.ts";
import type { Road } from "../road.ts";
import { ask } from "./ask.ts";
import { pauseForMany } from "./foreign.ts";
import { keepLease, type Lease, LeaseLost } from "./lane.ts";
import { openAttempt, type Settlement, settle } from "./settle.ts";
import { settlementsOf, type Verdict, verdictOf } from "./verdict.ts";
import type { Piece } from "./work.ts";

export async function sendBatch(
  road: Road,
  lease: Lease,
  connection: OpenConnection,
  channel: string,
  pieces: Piece[],
): Promise<Verdict> {
  const startedAt = road.clock();
  const attempt = await openAttempt(road.db, lease, {
    shop: connection.shop,
    destination: connection.sheet.slug,
    channel,
    deliveries: [...new Set(pieces.map(({ delivery }) => delivery.id))],
    messages: pieces.length,
    startedAt,
  });
  if (attempt === null) return { is: "stop" };
  // Writing down may have taken long; what is written down and never sent is in doubt for the lane's next owner.
  await keepLease(road.db, lease);
  const { outcomes, answer, words } = await ask(connection, channel, pieces);
  const now = road.clock();
  const verdict = verdictOf(outcomes, !answer || answer.status >= 500);
  const settlements = settlementsOf({ pieces, outcomes, connection, channel, startedAt, now, verdict });
  const end = {
    id: attempt,
    finishedAt: now,
    status: answer?.status ?? null,
    outcome: summary(outcomes),
    failed: !outcomes.every(({ is }) => is === "delivered" || is === "skipped"),
    split: outcomes.every(({ is }) => is === "split"),
    answer: words,
  };
  await persist(
    lease,
    () => settle(road.db, lease, settlements, now, end),
    () => settle(road.db, lease, settlements.map(withoutWords), now, { ...end, answer: told(road, UNKEPT) }),
  );
  if (answer && connection.sheet.warns) await keepWarning(road.db, lease, connection.sheet.warns(answer));
  if (verdict.is !== "go on" || !answer) return verdict;
  const [outcome] = outcomes;
  if (outcome?.is === "split" && outcome.foreign) {
    const pause = await pauseForMany(road, lease, channel, answer.status, reasonOf(outcome.reason));
    if (pause) return pause;
  }
  return { ...verdict, rest: usedUp(answer) };
}

/** Shown, and told as an alert, for as long as the vendor says so. */
async function keepWarning(sql: Sql, lease: Lease, warning: string | null): Promise<void> {
  await sql.query(
    "UPDATE lane SET warning = $3 WHERE connection_id = $1 AND epoch = $2 AND warning IS DISTINCT FROM $3::text",
    [lease.connectionId, lease.epoch, warning],
  );
}

const UNKEPT = because("words_unkept");

const withoutWords = (settlement: Settlement): Settlement => ({
  ...settlement,
  reason: settlement.reason === null ? null : UNKEPT,
});

/**
 * Writes what came back, again and again while the lease holds: an outcome that is lost would be a doubt.
 * @param plainly the same without the vendor's words: for a database that refuses the write for its content, which no repetition mends.
 */
async function persist(lease: Lease, write: () => Promise<void>, plainly: () => Promise<void>): Promise<void> {
  let refused = false;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    try {
      return await (refused ? plainly() : write());
    } catch (error) {
      const content = isAboutTheContent(error);
      if (error instanceof LeaseLost || (content && refused) || performance.now() + pause > lease.goodUntil)
        throw error;
      refused ||= content;
      if (!content) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function summary(outcomes: Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { is } of outcomes) counts.set(is, (counts.get(is) ?? 0) + 1);
  return [...counts].map(([is, count]) => (outcomes.length === 1 ? is : `${count} ${is}`)).join(", ");
}
