// Deliveries that a person dismissed: out of the list of what needs a person, listed for themselves, and taken back.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { byGroup, byIds, type Group, IS_LOST, type OfGroup, OPEN, REASON, valuesOf } from "./group.ts";
import type { Which } from "./replays.ts";

const DISMISS = (which: string) => `
  UPDATE delivery d
  SET dismissed_at = $2, dismissed_by = $3
  WHERE d.shop = $1 AND ${OPEN} AND ${which}
  RETURNING d.id`;
type By = [shop: string, now: Date, by: string | null];
const DISMISS_IDS = statement<{ id: string }, [...By, ids: string[]]>("dismiss-deliveries")`${DISMISS(byIds(4))}`;
const DISMISS_GROUP = statement<{ id: string }, [...By, ...group: OfGroup]>("dismiss-group")`${DISMISS(byGroup(4))}`;

/** Leaves them as they ended, and out of the list. @param by the user of the shop's staff. @returns how many. */
export async function dismiss(road: Road, shop: string, which: Which, by: string | null = null): Promise<number> {
  const values: By = [shop, road.clock(), by];
  const rows =
    "ids" in which
      ? await road.db.query(DISMISS_IDS, [...values, which.ids])
      : await road.db.query(DISMISS_GROUP, [...values, ...valuesOf(which)]);
  return rows.length;
}

/** What was dismissed at once, of one connection and for one reason. */
export interface DismissedGroup extends Group {
  connectionName: string;
  destination: string;
  dismissedAt: Date;
  by: string | null;
  count: number;
  sampleId: string;
}

const LIST = statement<DismissedGroup, [shop: string]>("dismissed-groups")`
  SELECT d.connection_id AS "connectionId", c.name AS "connectionName", d.destination, d.state, ${REASON} AS reason,
    d.dismissed_at AS "dismissedAt", d.dismissed_by AS by, count(*)::int AS count, max(d.id)::text AS "sampleId"
  FROM delivery d
  JOIN connection c ON c.id = d.connection_id
  WHERE d.shop = $1 AND ${IS_LOST} AND d.dismissed_at IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7
  ORDER BY d.dismissed_at DESC
  LIMIT 20`;

/** The newest first. */
export async function dismissed(road: Road, shop: string): Promise<DismissedGroup[]> {
  const rows = await road.db.query(LIST, [shop]);
  return rows;
}

const TAKE_BACK = (which: string) => `
  UPDATE delivery d
  SET dismissed_at = NULL, dismissed_by = NULL
  WHERE d.shop = $1 AND ${IS_LOST} AND d.dismissed_at IS NOT NULL AND ${which}
  RETURNING d.id`;
const TAKE_BACK_IDS = statement<{ id: string }, [shop: string, ids: string[]]>(
  "take-back-deliveries",
)`${TAKE_BACK(byIds(2))}`;
const TAKE_BACK_GROUP = statement<{ id: string }, [shop: string, ...group: OfGroup, dismissedAt: Date]>(
  "take-back-group",
)`${TAKE_BACK(`${byGroup(2)} AND d.dismissed_at = $5`)}`;

export type WhichDismissed = { ids: string[] } | (Group & { dismissedAt: Date; reason: Reason | null });

/** They are open again. @returns how many. */
export async function takeBack(road: Road, shop: string, which: WhichDismissed): Promise<number> {
  const rows =
    "ids" in which
      ? await road.db.query(TAKE_BACK_IDS, [shop, which.ids])
      : await road.db.query(TAKE_BACK_GROUP, [shop, ...valuesOf(which), which.dismissedAt]);
  return rows.length;
}
