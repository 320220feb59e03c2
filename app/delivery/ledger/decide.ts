// What a person decides about deliveries, for one or for a hundred thousand: done in steps, each of which commits what it did and how far it is.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Road } from "../road.ts";
import { leave, takeBackSome } from "./dismissed.ts";
import { askedFor, idsOf, keyOf } from "./group.ts";
import { type OpenDecision, pageOf } from "./meant.ts";
import type { Replay, Which } from "./replays.ts";
import { holdShop, sendAgain } from "./send-again.ts";

/** Deliveries in one step: some hundred milliseconds. */
export const STEP = 500;

export interface Begun {
  id: string;
  /** For so many it is done. */
  count: number;
  /** It is about so many. */
  total: number;
  ended: boolean;
}

interface Beginning {
  what: OpenDecision["what"];
  which: Which;
  by: string | null;
}

type Fields = [shop: string, at: Date, which: string, what: string, by: string | null, reason: string | null];
const BEGIN = statement<Omit<OpenDecision, "what" | "which">, Fields>("begin-decision")`
  INSERT INTO replay (shop, at, which, count, what, "by", reason_key, last, ended_at)
  VALUES ($1, $2, $3, 0, $4, $5, ${keyOf(6)}, (SELECT max(id) FROM delivery), NULL)
  RETURNING id, shop, at, "by", reason_key AS key, up_to AS "upTo", last`;
const TOTAL = statement<never, [id: string, total: number]>("note-total-of-decision")`
  UPDATE replay
  SET total = $2
  WHERE id = $1`;

/**
 * Writes the decision down and does its first step in the same transaction; a worker does the rest.
 * @param total how many it is about, as the pages count them; absent: as many as are named.
 */
export async function begin(road: Road, shop: string, what: Beginning, total?: number): Promise<Begun> {
  const { which, by } = what;
  const reason = "reason" in which ? which.reason && keptJson(which.reason) : null;
  const now = road.clock();
  const done = await road.db.transaction(async (sql) => {
    const [row] = await sql.query(BEGIN, [shop, now, keptJson(which), what.what, by, reason]);
    if (!row) throw new Error("a decision was not written down");
    const step = await stepOf(road, sql, { ...row, what: what.what, which });
    const all = Math.max(total ?? ("ids" in which ? idsOf(which.ids).length : 0), step.looked);
    await sql.query(TOTAL, [row.id, all]);
    return { id: row.id, total: all, ...step };
  });
  await road.bell.lanes(done.lanes);
  return { id: done.id, total: done.total, count: done.count, ended: done.ended };
}

interface Step {
  count: number;
  looked: number;
  ended: boolean;
  lanes: { connectionId: string; destination: string }[];
}

const NOTE = statement<never, [id: string, looked: number, count: number, upTo: string | null, endedAt: Date | null]>(
  "note-step-of-decision",
)`
  UPDATE replay
  SET looked = looked + $2, count = count + $3, up_to = coalesce($4, up_to), ended_at = $5
  WHERE id = $1`;

async function stepOf(road: Road, sql: Sql, open: OpenDecision): Promise<Step> {
  const { shop, what } = open;
  if (what === "replay") await holdShop(sql, shop);
  const ids = await pageOf(sql, open, STEP);
  const owed = what === "replay" ? await sendAgain(road, sql, await askedFor(road, shop, sql), ids) : [];
  const count = await countOf(sql, open, ids, owed.length);
  const ended = ids.length < STEP;
  await sql.query(NOTE, [open.id, ids.length, count, ids.at(-1) ?? null, ended ? road.clock() : null]);
  const lanes = new Map(owed.map(({ connectionId, destination }) => [connectionId, { connectionId, destination }]));
  return { count, looked: ids.length, ended, lanes: [...lanes.values()] };
}

async function countOf(sql: Sql, { shop, what, at, by }: OpenDecision, ids: string[], owed: number): Promise<number> {
  if (what === "dismiss") return leave(sql, shop, ids, at, by);
  return what === "restore" ? takeBackSome(sql, shop, ids) : owed;
}

// The one that has come least far: a short one does not wait for a long one of another shop.
const TAKE = statement<OpenDecision, [failed: string[]]>("take-open-decision")`
  SELECT id, shop, at, what, "by", which, reason_key AS key, up_to AS "upTo", last
  FROM replay
  WHERE ended_at IS NULL AND NOT id = ANY ($1::bigint[])
  ORDER BY looked, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED`;

/**
 * Does one step after the other until none is left. Whoever dies in the middle of one leaves it as it was before.
 * @throws at the end, the first fault: a decision that fails holds up no other. @returns how many steps were done.
 */
export async function goOnDeciding(road: Road, signal: AbortSignal): Promise<number> {
  const failed: string[] = [];
  let fault: unknown;
  let steps = 0;
  while (!signal.aborted) {
    const taken: string[] = [];
    try {
      const done = await road.db.transaction(async (sql) => {
        const [open] = await sql.query(TAKE, [failed]);
        if (open) taken.push(open.id);
        return open ? stepOf(road, sql, open) : null;
      });
      if (!done) break;
      steps += 1;
      await road.bell.lanes(done.lanes);
    } catch (error) {
      if (taken.length === 0) throw error;
      fault ??= error;
      failed.push(...taken);
    }
  }
  if (fault) throw fault;
  return steps;
}

/** @returns for how many it was done, to the end. */
async function decide(road: Road, shop: string, what: Beginning): Promise<number> {
  const begun = await begin(road, shop, what);
  if (begun.ended) return begun.count;
  await goOnDeciding(road, new AbortController().signal);
  const [row] = await road.db.query(COUNT, [begun.id]);
  return row?.count ?? begun.count;
}
const COUNT = statement<Pick<Replay, "count">, [id: string]>("count-of-decision")`
  SELECT count
  FROM replay
  WHERE id = $1`;

export const replay = (road: Road, shop: string, which: Which, by: string | null = null) =>
  decide(road, shop, { what: "replay", which, by });
/** Leaves them as they ended, and out of the list. */
export const dismiss = (road: Road, shop: string, which: Which, by: string | null = null) =>
  decide(road, shop, { what: "dismiss", which, by });
