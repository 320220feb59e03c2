// The book of what was sent or read again because somebody wished it.

import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import type { Road } from "../road.ts";

/** Which deliveries a verb is for: named ones, or all of a group. Only those that need attention are ever touched. */
export type Which = { ids: string[] } | { connectionId: string; state: string; reason: Reason | null };

/** Named ones, or all of a group. Only unreadable ones that nobody dismissed are ever touched. */
export type WhichWebhooks = { webhooks: string[] } | { topic: string; reason: Reason | null };

export interface Replay {
  at: Date;
  /** As the verb was asked. */
  which: Which | WhichWebhooks;
  count: number;
}
export interface ReplayView extends Replay {}

const RECORD = statement<never, [shop: string, at: Date, which: string, count: number]>("record-replay")`
  INSERT INTO replay (shop, at, which, count)
  VALUES ($1, $2, $3, $4)`;

export const recordReplay = (sql: Sql, shop: string, { at, which, count }: Replay) =>
  sql.query(RECORD, [shop, at, keptJson(which), count]);

const NEWEST = statement<Replay, [shop: string]>("replays-of-shop")`
  SELECT at, which, count
  FROM replay
  WHERE shop = $1
  ORDER BY at DESC, id DESC
  LIMIT 100`;

/** The newest first. */
export async function replays(road: Road, shop: string): Promise<ReplayView[]> {
  const rows = await road.db.query(NEWEST, [shop]);
  return rows;
}
