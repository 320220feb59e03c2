// A worker's turn with a backfill: step by step until it must wait, each step saved, so that whoever comes after a crash goes on.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Road } from "../../delivery/road.ts";
import type { Ask, Manner } from "../asking.ts";
import type { Outcome } from "../outcome.ts";
import { because } from "../reasons.ts";
import { type Backfill, save, Taken, take, wait } from "./backfill.ts";
import { count } from "./count.ts";
import { dropLines, end } from "./end.ts";
import { letGo } from "./let-go.ts";
import { look, start } from "./operation.ts";
import { anew, narrower } from "./pieces.ts";
import { MOST_WAITING, putNext, waiting } from "./put.ts";
import { questionFor } from "./questions.ts";
import { readFile } from "./read-file.ts";
import { afterNo, afterOutcome, pollAfter } from "./when.ts";

export interface Way {
  askOf: (shop: string, manner?: Manner) => Ask;
  /** To the files that Shopify makes. */
  file: typeof fetch;
}

/** It can wait: half of the shop's budget is left to what somebody waits for. */
const MANNER: Manner = { patience: 5_000, leave: 0.5 };
const TURN_MS = 10_000;
const LOOK_AGAIN_MS = 500;

/** Works at one backfill that has something to do. @returns false: there was none. */
export async function tendBackfill(road: Road, way: Way, signal: AbortSignal): Promise<boolean> {
  if (await letGo(road, (shop) => way.askOf(shop, MANNER))) return true;
  const backfill = await take(road);
  if (!backfill) return false;
  const turn: Turn = { road, backfill, way, ask: way.askOf(backfill.shop, MANNER), signal };
  const until = road.timer.elapsed() + TURN_MS;
  try {
    while (await step(turn)) {
      if (signal.aborted || road.timer.elapsed() >= until) {
        await wait(road, backfill, { until: road.clock() });
        break;
      }
    }
  } catch (error) {
    if (error instanceof Taken) return true;
    await wait(road, backfill, { until: afterNo(road, backfill.tries), tries: backfill.tries + 1 }).catch(() => {});
    throw error;
  }
  return true;
}

interface Turn {
  road: Road;
  backfill: Backfill;
  way: Way;
  ask: Ask;
  signal: AbortSignal;
}

const CONNECTION = statement<{ state: string }, [connectionId: string]>("state-of-connection")`
  SELECT state
  FROM connection
  WHERE id = $1`;

/** @returns false: it waits, or has ended. */
async function step(turn: Turn): Promise<boolean> {
  const { road, backfill } = turn;
  const [connection] = await road.db.query(CONNECTION, [backfill.connectionId]);
  const state = connection?.state ?? "disconnected";
  if (state === "off" || state === "disconnected") return over(turn, "cancelled", because("connection_off"));
  if (state === "paused") return rest(turn, 10 * LOOK_AGAIN_MS, because("connection_paused"));
  const [piece] = backfill.pieces;
  if (!piece) return finish(turn);
  if (backfill.operation === null) return begin(turn, piece);
  if (!backfill.fileRead) return read(turn, backfill.operation);
  return put(turn);
}

async function over({ road, backfill }: Turn, state: "cancelled" | "failed", reason: Reason): Promise<false> {
  await end(road, backfill.shop, backfill.id, state, reason);
  return false;
}

async function rest({ road, backfill }: Turn, milliseconds: number, reason: Reason | null = null): Promise<false> {
  await wait(road, backfill, { until: new Date(road.clock().getTime() + milliseconds), reason });
  return false;
}

/** Shopify said no, or nothing: why is said, and it is asked again when it may have changed. */
async function untold({ road, backfill }: Turn, outcome: Outcome<unknown>): Promise<false> {
  const { until, reason } = afterOutcome(road, outcome, backfill.tries);
  await wait(road, backfill, { until, reason, tries: backfill.tries + 1 });
  return false;
}

async function begin(turn: Turn, piece: Backfill["pieces"][number]): Promise<boolean> {
  const { road, backfill, ask } = turn;
  const { outcome, started } = await start(ask, questionFor(piece));
  if (!started) return untold(turn, outcome);
  if (started === "too many") return rest(turn, 30_000, because("bulk_busy"));
  if ("refused" in started) return over(turn, "failed", because("shopify_refuses", { words: started.refused }));
  await dropLines(road.db, backfill.id);
  const { id } = started;
  await save(road.db, backfill, { operation: id, lines: 0, fileRead: false, sentTo: -1, tries: 0 });
  return true;
}

async function read(turn: Turn, id: string): Promise<boolean> {
  const { road, backfill, ask, way, signal } = turn;
  const { outcome, operation } = await look(ask, id);
  if (!operation) return untold(turn, outcome);
  switch (operation.is) {
    case "under way": {
      const tries = backfill.tries + 1;
      await wait(road, backfill, { until: pollAfter(road, tries), tries });
      return false;
    }
    case "denied":
      return denied(turn);
    case "failed":
      return again(turn, narrower(backfill.pieces, road.clock()), because("bulk_failed"));
    case "gone":
      return again(turn, anew(backfill.pieces), because("bulk_failed"));
    case "ready":
      break;
  }
  const became = await readFile(road, backfill, operation, way.file, signal);
  if (became === "whole") return true;
  if (became === "stopped") return rest(turn, 0);
  if (became === "over") return again(turn, anew(backfill.pieces), because("file_over"));
  const tries = backfill.tries + 1;
  // What broke off is fetched again from where it did; a file that is itself cut is made anew.
  if (tries % 3 === 0) return again(turn, anew(backfill.pieces), because("file_cut"));
  await wait(road, backfill, { until: afterNo(road, backfill.tries), tries, reason: because("file_cut") });
  return false;
}

/** @param pieces as they are to be asked for now; null: it was tried often enough. */
async function again(turn: Turn, pieces: Backfill["pieces"] | null, reason: Reason) {
  const { road, backfill } = turn;
  if (!pieces) return over(turn, "failed", reason);
  await save(road.db, backfill, { pieces, operation: null, lines: 0, tries: 0 });
  return true;
}

/** A bulk operation does not say what it lacks; a small question does. */
async function denied(turn: Turn): Promise<false> {
  const { road, backfill, ask } = turn;
  const [piece] = backfill.pieces;
  const { outcome } = piece ? await count(ask, piece) : { outcome: null };
  await save(road.db, backfill, { operation: null });
  if (outcome && outcome.is !== "done") return untold(turn, outcome);
  return untold(turn, { is: "not approved", what: [piece?.what ?? ""] });
}

async function put(turn: Turn): Promise<boolean> {
  const { road, backfill, ask } = turn;
  const { webhooks, deliveries } = await waiting(road.db, backfill.id);
  if (webhooks > 0 || deliveries >= MOST_WAITING) return rest(turn, LOOK_AGAIN_MS);
  const became = await putNext(road, backfill, ask);
  if (became.is === "untold") return untold(turn, became.outcome);
  if (became.is === "put") return true;
  const [, ...pieces] = backfill.pieces;
  await save(road.db, backfill, { pieces, operation: null, lines: 0, fileRead: false, sentTo: -1 });
  await dropLines(road.db, backfill.id);
  return true;
}

async function finish(turn: Turn): Promise<false> {
  const { road, backfill } = turn;
  const { webhooks, deliveries } = await waiting(road.db, backfill.id);
  if (webhooks > 0 || deliveries > 0) return rest(turn, LOOK_AGAIN_MS);
  await end(road, backfill.shop, backfill.id, "done");
  return false;
}
