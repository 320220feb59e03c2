// Webhooks that could not be read: by topic and reason, read again (after the app was mended) or dismissed.

import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";
import { recordReplay, type WhichWebhooks } from "./replays.ts";

export interface UnreadableGroup {
  topic: string;
  reason: string;
  count: number;
  /** The newest of them, at most 20. */
  newest: { id: string; receivedAt: string }[];
}

const OPEN = "shop = $1 AND state = 'unreadable' AND dismissed_at IS NULL";

const GROUPS = statement<UnreadableGroup, [shop: string]>("groups-of-unreadable-webhooks")`
  SELECT topic, coalesce(reason, '') AS reason, count(*)::int AS count,
    (array_agg(jsonb_build_object('id', id::text, 'receivedAt', received_at) ORDER BY id DESC))[1:20] AS newest
  FROM webhook
  WHERE ${OPEN}
  GROUP BY 1, 2
  ORDER BY max(id) DESC
  LIMIT 100`;

export const unreadable = (road: Road, shop: string) => road.db.query(GROUPS, [shop]);

/** SQL: the webhooks by their ids, or those of a group; `first` is the number of its first parameter. */
const byIds = (first: number) => `id::text = ANY ($${first}::text[])`;
const byGroup = (first: number) => `topic = $${first} AND coalesce(reason, '') = $${first + 1}`;

const READ_AGAIN = (which: string) => `
  UPDATE webhook
  SET state = 'received', reason = NULL, normalized_at = NULL
  WHERE ${OPEN} AND body IS NOT NULL AND ${which}
  RETURNING id`;
const READ_IDS = statement<{ id: string }, [shop: string, ids: string[]]>(
  "read-webhooks-again",
)`${READ_AGAIN(byIds(2))}`;
const READ_GROUP = statement<{ id: string }, [shop: string, topic: string, reason: string]>(
  "read-group-of-webhooks-again",
)`${READ_AGAIN(byGroup(2))}`;

/** Receives them anew, as they are kept; those whose body is gone stay. @returns how many. */
export async function readAgain(road: Road, shop: string, which: WhichWebhooks): Promise<number> {
  const count = await road.db.transaction(async (sql) => {
    const rows =
      "webhooks" in which
        ? await sql.query(READ_IDS, [shop, which.webhooks])
        : await sql.query(READ_GROUP, [shop, which.topic, which.reason]);
    await recordReplay(sql, shop, { at: road.clock(), which, count: rows.length });
    return rows.length;
  });
  if (count > 0) await road.bell.shop(shop);
  return count;
}

const DISMISS = (which: string) => `
  UPDATE webhook
  SET dismissed_at = $2
  WHERE ${OPEN} AND ${which}
  RETURNING id`;
const DISMISS_IDS = statement<{ id: string }, [shop: string, now: Date, ids: string[]]>(
  "dismiss-webhooks",
)`${DISMISS(byIds(3))}`;
const DISMISS_GROUP = statement<{ id: string }, [shop: string, now: Date, topic: string, reason: string]>(
  "dismiss-group-of-webhooks",
)`${DISMISS(byGroup(3))}`;

/** Leaves them unread, and out of the list. @returns how many. */
export async function dismissWebhooks(road: Road, shop: string, which: WhichWebhooks): Promise<number> {
  const now = road.clock();
  const rows =
    "webhooks" in which
      ? await road.db.query(DISMISS_IDS, [shop, now, which.webhooks])
      : await road.db.query(DISMISS_GROUP, [shop, now, which.topic, which.reason]);
  return rows.length;
}
