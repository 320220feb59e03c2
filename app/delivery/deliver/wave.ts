// Sends one wave: attempts are written down, their requests leave side by side, and what came back settles their deliveries.
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Answer, Outcome } from "../../destinations/destination.ts";
import { reasonOf } from "../../destinations/reasons.ts";
import { usedUp } from "../../destinations/waits.ts";
import { isAboutTheContent } from "../fault.ts";
import { UNKEPT } from "../said.ts";
import { pauseForMany } from "./foreign.ts";
import { keepLease, LeaseLost, outlivesRequest } from "./lane.ts";
import { request } from "./request.ts";
import { noteWarning, type Run } from "./run.ts";
import { type AttemptEnd, openAttempts, type Settlement, settle } from "./settle.ts";
import { settlementsOf, type Verdict, verdictOf } from "./verdict.ts";
import type { Piece } from "./work.ts";

/** One request of a wave, answered. */
interface Answered {
  outcomes: Outcome[];
  answer: Answer | undefined;
  verdict: Verdict;
  settlements: Settlement[];
  end: AttemptEnd;
}

/** Later than this after they were written down none is begun: who switches something off meanwhile sees no more of them leave. */
const BEGIN_WITHIN_MS = 250;

interface Wave {
  /** No delivery is in two of them. */
  requests: Piece[][];
  /** So many are under way at a time. */
  width: number;
  /** Must the run end? */
  over: () => boolean;
}

/** @returns a verdict for each. @throws LeaseLost */
export async function sendWave(run: Run, channel: string, wave: Wave): Promise<Verdict[]> {
  const { road, lease, connection } = run;
  const startedAt = road.clock();
  const ids = await openAttempts(road.db, lease, {
    shop: connection.shop,
    destination: connection.sheet.slug,
    channel,
    startedAt,
    requests: wave.requests.map((pieces) => ({
      deliveries: deliveriesOf(pieces),
      messages: pieces.length,
      insisted: orNull(deliveriesOf(pieces.filter(({ again }) => again !== null))),
      twice: orNull(deliveriesOf(pieces.filter(({ again }) => again === "twice"))),
    })),
  });
  if (ids.every((id) => id === null)) return ids.map(() => ({ is: "stop" }));
  // Writing down may have taken long; what is written down and never sent is in doubt for the lane's next owner.
  await keepLease(road, lease);
  const answered = await sideBySide(run, wave, async (pieces, at) => {
    const id = ids[at];
    return id ? answeredOf(run, channel, pieces, { id, startedAt }) : null;
  });
  const sent = answered.filter((one) => one != null);
  await persist(run, sent, ids.filter((id, at) => id !== null && answered[at] === undefined) as string[]);
  await keepWarning(run, sent.at(-1)?.answer);
  const foreign = sent.findLast(isForeign);
  const pause = foreign && (await pauseForForeign(run, channel, foreign));
  return answered.map((one) => {
    if (!one) return { is: one === null ? "stop" : "not begun" };
    return one === foreign && pause ? pause : one.verdict;
  });
}

const deliveriesOf = (pieces: Piece[]) => [...new Set(pieces.map(({ delivery }) => delivery.id))];
const orNull = (ids: string[]) => (ids.length > 0 ? ids : null);

type Sent = Answered | null | undefined;

/** The first leave at once, and each of the others when one came back, while all is well. @returns undefined for one that was not begun. */
async function sideBySide(
  { road, lease }: Run,
  { requests, width, over }: Wave,
  send: (pieces: Piece[], at: number) => Promise<Answered | null>,
): Promise<Sent[]> {
  const sent: Sent[] = requests.map(() => undefined);
  const until = road.timer.elapsed() + BEGIN_WITHIN_MS;
  const isWell = () => sent.every((one) => !one || one.verdict.is === "go on");
  const mayBegin = (at: number) =>
    at < width || (isWell() && !over() && road.timer.elapsed() < until && outlivesRequest(road, lease));
  let next = 0;
  const sendNext = async () => {
    for (let at = next; at < requests.length && mayBegin(at); at = next) {
      next += 1;
      sent[at] = await send(requests[at] ?? [], at);
    }
  };
  await Promise.all(Array.from({ length: width }, sendNext));
  return sent;
}

async function answeredOf(
  { road, connection }: Run,
  channel: string,
  pieces: Piece[],
  attempt: { id: string; startedAt: Date },
): Promise<Answered> {
  const { id, startedAt } = attempt;
  const { outcomes, answer, words, sent: text } = await request(connection, channel, pieces);
  const now = road.clock();
  const said = verdictOf(outcomes, !answer || answer.status >= 500);
  const verdict = said.is === "go on" && answer ? { ...said, limitFreeIn: usedUp(answer) } : said;
  const batch = { attemptId: id, pieces, outcomes, connection, channel, startedAt, now, verdict };
  const status = answer?.status ?? null;
  const failed = !outcomes.every(({ is }) => is === "delivered" || is === "skipped");
  const split = outcomes.every(({ is }) => is === "split");
  const sent = text && { startedAt, text, deliveries: pieces.map(({ delivery }) => delivery.id) };
  const end = { id, finishedAt: now, status, outcome: summary(outcomes), failed, split, answer: words, sent };
  return { outcomes, answer, verdict, settlements: settlementsOf(batch), end };
}

/** A message that was refused alone, by an answer that is not the vendor's own. */
const isForeign = ({ verdict, outcomes: [outcome] }: Answered) =>
  verdict.is === "go on" && outcome?.is === "split" && outcome.foreign === true;

/** The last of a wave tells of a streak. */
async function pauseForForeign({ road, lease }: Run, channel: string, last: Answered): Promise<Verdict | null> {
  const [outcome] = last.outcomes;
  if (!last.answer || outcome?.is !== "split") return null;
  return pauseForMany(road, lease, channel, last.answer.status, reasonOf(outcome.reason));
}

const KEEP_WARNING = statement<never, [connectionId: string, epoch: string, warning: string | null]>("keep-warning")`
  UPDATE lane
  SET warning = $3
  WHERE connection_id = $1 AND epoch = $2`;

/** Shown, and told as an alert, for as long as the vendor says so. */
async function keepWarning(run: Run, answer: Answer | undefined): Promise<void> {
  const { road, lease, lane, connection } = run;
  if (!answer || !connection.sheet.warns) return;
  const warning = connection.sheet.warns(answer);
  const kept = warning && keptJson(warning);
  if (kept === lane.warning) return;
  await road.db.query(KEEP_WARNING, [lease.connectionId, lease.epoch, kept]);
  noteWarning(run, kept);
}

/**
 * Writes what came back, again and again while the lease holds: an outcome that is lost would be a doubt.
 * Without the vendor's words for a database that refuses the write for its content, which no repetition mends.
 */
async function persist({ road, lease }: Run, sent: Answered[], unsent: string[]): Promise<void> {
  const now = road.clock();
  const settlements = sent.flatMap((one) => one.settlements);
  const ends = sent.map(({ end }) => end);
  let refused = false;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    try {
      return await (refused
        ? settle(road.db, lease, settlements.map(withoutWords), now, ends.map(withoutAnswer), unsent)
        : settle(road.db, lease, settlements, now, ends, unsent));
    } catch (error) {
      const content = isAboutTheContent(error);
      if (error instanceof LeaseLost || (content && refused) || road.timer.elapsed() + pause > lease.goodUntil)
        throw error;
      refused ||= content;
      if (!content) await road.timer.sleep(pause);
    }
  }
}

const withoutAnswer = (end: AttemptEnd): AttemptEnd => ({ ...end, answer: keptJson(UNKEPT) });
const withoutWords = (settlement: Settlement): Settlement => ({
  ...settlement,
  reason: settlement.reason === null ? null : UNKEPT,
});

function summary(outcomes: Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { is } of outcomes) counts.set(is, (counts.get(is) ?? 0) + 1);
  return [...counts].map(([is, count]) => (outcomes.length === 1 ? is : `${count} ${is}`)).join(", ");
}
