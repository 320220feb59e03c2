// The book of what people decided about deliveries and webhooks: who, when, what and for how many; also how far a long one is.

import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Road } from "../road.ts";

/** Deliveries that stand together: of one connection, in one state, for one reason. */
export interface Group {
  connectionId: string;
  state: string;
  reason: Reason | null;
}
/** Which deliveries a decision is for: named ones, a group, all that need a person, or what was dismissed at once. */
export type Which = { ids: string[] } | Group | { all: true } | { dismissedAt: string; by: string | null };

/** Named ones, or all of a group. Only unreadable ones that nobody dismissed are ever touched. */
export type WhichWebhooks = { webhooks: string[] } | { topic: string; reason: Reason | null };

export type Deed = "replay" | "dismiss" | "restore" | "read";

export interface Replay {
  at: Date;
  what: Deed;
  /** The session token's user; null: nobody's, or not kept. */
  by: string | null;
  /** As the verb was asked. */
  which: Which | WhichWebhooks;
  count: number;
}
export interface ReplayView extends Replay {
  id: string;
  /** How many it is about, as they were counted when it began; null: it was done at once. */
  total: number | null;
  looked: number;
  /** null: there is more to do. */
  endedAt: Date | null;
}

const RECORD = statement<
  never,
  [shop: string, at: Date, which: string, count: number, what: string, by: string | null]
>("record-replay")`
  INSERT INTO replay (shop, at, which, count, what, "by")
  VALUES ($1, $2, $3, $4, $5, $6)`;

/** Of what was done at once. */
export const recordReplay = (sql: Sql, shop: string, { at, which, count, what, by }: Replay) =>
  sql.query(RECORD, [shop, at, keptJson(which), count, what, by]);

const NEWEST = statement<ReplayView, [shop: string]>("replays-of-shop")`
  SELECT id, at, what, "by", which, count, total, looked, ended_at AS "endedAt"
  FROM replay
  WHERE shop = $1
  ORDER BY at DESC, id DESC
  LIMIT 20`;

/** The newest first. */
export const replays = (road: Road, shop: string): Promise<ReplayView[]> => road.db.query(NEWEST, [shop]);

const UNDER_WAY = statement<ReplayView, [shop: string]>("replays-under-way")`
  SELECT id, at, what, "by", which, count, total, looked, ended_at AS "endedAt"
  FROM replay
  WHERE shop = $1 AND ended_at IS NULL
  ORDER BY id`;

/** Those that are not done yet, the oldest first. */
export const underWay = (road: Road, shop: string): Promise<ReplayView[]> => road.db.query(UNDER_WAY, [shop]);
