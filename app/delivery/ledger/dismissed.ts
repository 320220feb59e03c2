// Deliveries that a person dismissed: out of the list of what needs a person, told for themselves, and taken back.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { byIds, IS_LOST, OPEN } from "./group.ts";

const DISMISS = statement<{ id: string }, [shop: string, now: Date, by: string | null, ids: string[]]>(
  "dismiss-deliveries",
)`
  UPDATE delivery d
  SET dismissed_at = $2, dismissed_by = $3
  WHERE d.shop = $1 AND ${OPEN} AND ${byIds(4)}
  RETURNING d.id`;

/** @param at of the whole decision, by which it can be taken back. @param by the user of the shop's staff. @returns how many. */
export async function leave(sql: Sql, shop: string, ids: string[], at: Date, by: string | null): Promise<number> {
  return (await sql.query(DISMISS, [shop, at, by, ids])).length;
}

const TAKE_BACK = statement<{ id: string }, [shop: string, ids: string[]]>("take-back-deliveries")`
  UPDATE delivery d
  SET dismissed_at = NULL, dismissed_by = NULL
  WHERE d.shop = $1 AND ${IS_LOST} AND d.dismissed_at IS NOT NULL AND ${byIds(2)}
  RETURNING d.id`;

/** They are open again. @returns how many. */
export async function takeBackSome(sql: Sql, shop: string, ids: string[]): Promise<number> {
  return (await sql.query(TAKE_BACK, [shop, ids])).length;
}

/** What was dismissed at once and is dismissed still. */
export interface Dismissed {
  dismissedAt: Date;
  by: string | null;
  count: number;
  /** It was about all that needed a person. */
  ofAll: boolean;
  /** Of one of them. */
  sampleId: string;
  connectionName: string;
  state: string;
  reason: Reason | null;
}

/** Of more than this it is said for how many it was done; of fewer, how many are left of them. */
const COUNTED = 200;
const LIST = statement<Dismissed, [shop: string]>("dismissed-at-once")`
  SELECT r.at AS "dismissedAt", r."by", CASE WHEN l.left > ${COUNTED} THEN r.count ELSE l.left END AS count,
    r.of_all AS "ofAll", d.id AS "sampleId", c.name AS "connectionName", d.state,
    ${sqlReason("d")} AS reason
  FROM (
    SELECT at, "by", sum(count)::int AS count, bool_or(which ? 'all') AS of_all
    FROM replay
    WHERE shop = $1 AND what = 'dismiss' AND count > 0
    GROUP BY 1, 2
    ORDER BY 1 DESC
    LIMIT 20
  ) r
  CROSS JOIN LATERAL (
    SELECT *
    FROM delivery d
    WHERE d.shop = $1 AND d.dismissed_at = r.at AND d.dismissed_by IS NOT DISTINCT FROM r."by" AND ${IS_LOST}
    ORDER BY d.id DESC
    LIMIT 1
  ) d
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS left
    FROM (
      SELECT
      FROM delivery d
      WHERE d.shop = $1 AND d.dismissed_at = r.at AND d.dismissed_by IS NOT DISTINCT FROM r."by" AND ${IS_LOST}
      LIMIT ${COUNTED} + 1
    ) d
  ) l
  JOIN connection c ON c.id = d.connection_id
  ORDER BY r.at DESC`;

/** The newest first. */
export const dismissed = (road: Road, shop: string): Promise<Dismissed[]> => road.db.query(LIST, [shop]);
