// Webhooks that could not be read: by topic and reason, read again (after the app was mended) or dismissed.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { NO_REASON, sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { recordReplay, type WhichWebhooks } from "./replays.ts";

export interface UnreadableGroup {
  topic: string;
  reason: Reason | null;
  count: number;
  /** The newest of them, at most 20. */
  newest: { id: string; receivedAt: string }[];
}

const OPEN = "shop = $1 AND state = 'unreadable' AND dismissed_at IS NULL";

const GROUPS = statement<UnreadableGroup, [shop: string]>("groups-of-unreadable-webhooks")`
  SELECT topic, ${sqlReason("webhook")} AS reason, count(*)::int AS count,
    (array_agg(jsonb_build_object('id', id::text, 'receivedAt', received_at) ORDER BY id DESC))[1:20] AS newest
  FROM webhook
  WHERE ${OPEN}
  GROUP BY 1, 2
  ORDER BY max(id) DESC
  LIMIT 100`;

export async function unreadable(road: Road, shop: string): Promise<UnreadableGroup[]> {
  const groups = await road.db.query(GROUPS, [shop]);
  return groups;
}

const COUNT = statement<{ count: number }, [shop: string]>("count-of-unreadable-webhooks")`
  SELECT count(*)::int AS count
  FROM webhook
  WHERE ${OPEN}`;

export async function countUnreadable(road: Road, shop: string): Promise<number> {
  const [row] = await road.db.query(COUNT, [shop]);
  return row?.count ?? 0;
}

/** SQL: the webhooks by their ids, or those of a group; `first` is the number of its first parameter. */
const byIds = (first: number) => `id::text = ANY ($${first}::text[])`;
const byGroup = (first: number) =>
  `topic = $${first} AND ${sqlReason("webhook")} IS NOT DISTINCT FROM $${first + 1}::jsonb`;
type OfGroup = [topic: string, reason: string | null];
const valuesOf = ({ topic, reason }: Exclude<WhichWebhooks, { webhooks: string[] }>): OfGroup => [
  topic,
  reason && keptJson(reason),
];

const READ_AGAIN = (which: string) => `
  UPDATE webhook
  SET state = 'received', ${NO_REASON}, normalized_at = NULL
  WHERE ${OPEN} AND body IS NOT NULL AND ${which}
  RETURNING id`;
const READ_IDS = statement<{ id: string }, [shop: string, ids: string[]]>(
  "read-webhooks-again",
)`${READ_AGAIN(byIds(2))}`;
const READ_GROUP = statement<{ id: string }, [shop: string, ...group: OfGroup]>(
  "read-group-of-webhooks-again",
)`${READ_AGAIN(byGroup(2))}`;

/** Receives them anew, as they are kept; those whose body is gone stay. @returns how many. */
export async function readAgain(
  road: Road,
  shop: string,
  which: WhichWebhooks,
  by: string | null = null,
): Promise<number> {
  const count = await road.db.transaction(async (sql) => {
    const rows =
      "webhooks" in which
        ? await sql.query(READ_IDS, [shop, which.webhooks])
        : await sql.query(READ_GROUP, [shop, ...valuesOf(which)]);
    await recordReplay(sql, shop, { at: road.clock(), which, count: rows.length, what: "read", by });
    return rows.length;
  });
  if (count > 0) await road.bell.shop(shop);
  return count;
}

const DISMISS = (which: string) => `
  UPDATE webhook
  SET dismissed_at = $2, dismissed_by = $3
  WHERE ${OPEN} AND ${which}
  RETURNING id`;
const DISMISS_IDS = statement<{ id: string }, [shop: string, now: Date, by: string | null, ids: string[]]>(
  "dismiss-webhooks",
)`${DISMISS(byIds(4))}`;
const DISMISS_GROUP = statement<{ id: string }, [shop: string, now: Date, by: string | null, ...group: OfGroup]>(
  "dismiss-group-of-webhooks",
)`${DISMISS(byGroup(4))}`;

export interface DismissedWebhooks {
  topic: string;
  count: number;
  dismissedAt: Date;
  by: string | null;
}

const DISMISSED = statement<DismissedWebhooks, [shop: string]>("dismissed-webhooks")`
  SELECT topic, count(*)::int AS count, dismissed_at AS "dismissedAt", dismissed_by AS by
  FROM webhook
  WHERE shop = $1 AND state = 'unreadable' AND dismissed_at IS NOT NULL
  GROUP BY 1, 3, 4
  ORDER BY dismissed_at DESC
  LIMIT 20`;

/** The newest first; what was dismissed at once, by topic. */
export const dismissedWebhooks = (road: Road, shop: string): Promise<DismissedWebhooks[]> =>
  road.db.query(DISMISSED, [shop]);

const TAKE_BACK = statement<{ id: string }, [shop: string, topic: string, dismissedAt: Date]>("take-back-webhooks")`
  UPDATE webhook
  SET dismissed_at = NULL, dismissed_by = NULL
  WHERE shop = $1 AND state = 'unreadable' AND topic = $2 AND dismissed_at = $3
  RETURNING id`;

/** They are open again. @returns how many. */
export async function takeBackWebhooks(road: Road, shop: string, topic: string, dismissedAt: Date): Promise<number> {
  return (await road.db.query(TAKE_BACK, [shop, topic, dismissedAt])).length;
}

/** Leaves them unread, and out of the list. @returns how many. */
export async function dismissWebhooks(
  road: Road,
  shop: string,
  which: WhichWebhooks,
  by: string | null = null,
): Promise<number> {
  const now = road.clock();
  return road.db.transaction(async (sql) => {
    const rows =
      "webhooks" in which
        ? await sql.query(DISMISS_IDS, [shop, now, by, which.webhooks])
        : await sql.query(DISMISS_GROUP, [shop, now, by, ...valuesOf(which)]);
    await recordReplay(sql, shop, { at: now, which, count: rows.length, what: "dismiss", by });
    return rows.length;
  });
}
