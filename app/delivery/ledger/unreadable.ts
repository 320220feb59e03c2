// Webhooks that could not be read: by topic and reason, read again (after the app was mended) or dismissed.

import type { Reason } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import { NO_REASON, sqlReason, toldOrNull } from "../reasons.ts";
import type { Road } from "../road.ts";
import { recordReplay, type WhichWebhooks } from "./replays.ts";

export interface UnreadableGroup {
  topic: string;
  reason: Reason | null;
  /** It as a sentence. */
  says: string;
  count: number;
  /** The newest of them, at most 20. */
  newest: { id: string; receivedAt: Date }[];
}

const OPEN = "shop = $1 AND state = 'unreadable' AND dismissed_at IS NULL";

export async function unreadable(road: Road, shop: string): Promise<UnreadableGroup[]> {
  const groups = await road.db.query<Omit<UnreadableGroup, "says">>(
    `SELECT topic, ${sqlReason("webhook")} AS reason, count(*)::int AS count,
       (array_agg(jsonb_build_object('id', id::text, 'receivedAt', received_at) ORDER BY id DESC))[1:20] AS newest
     FROM webhook WHERE ${OPEN} GROUP BY 1, 2 ORDER BY max(id) DESC LIMIT 100`,
    [shop],
  );
  return groups.map((group) => ({ ...group, says: toldOrNull(road, group.reason) ?? "" }));
}

/** Receives them anew, as they are kept; those whose body is gone stay. @returns how many. */
export async function readAgain(road: Road, shop: string, which: WhichWebhooks): Promise<number> {
  const count = await road.db.transaction(async (sql) => {
    const rows = await sql.query(
      `UPDATE webhook SET state = 'received', ${NO_REASON}, normalized_at = NULL WHERE ${OPEN} AND body IS NOT NULL AND ${sqlOf(which, 2)} RETURNING 1`,
      [shop, ...valuesOf(which)],
    );
    await recordReplay(sql, shop, { at: road.clock(), which, count: rows.length });
    return rows.length;
  });
  if (count > 0) await road.bell.shop(shop);
  return count;
}

/** Leaves them unread, and out of the list. @returns how many. */
export async function dismissWebhooks(road: Road, shop: string, which: WhichWebhooks): Promise<number> {
  const rows = await road.db.query(
    `UPDATE webhook SET dismissed_at = $2 WHERE ${OPEN} AND ${sqlOf(which, 3)} RETURNING 1`,
    [shop, road.clock(), ...valuesOf(which)],
  );
  return rows.length;
}

/** @param first the number of its first parameter. */
const sqlOf = (which: WhichWebhooks, first: number) =>
  "webhooks" in which
    ? `id::text = ANY ($${first}::text[])`
    : `topic = $${first} AND ${sqlReason("webhook")} IS NOT DISTINCT FROM $${first + 1}::jsonb`;
const valuesOf = (which: WhichWebhooks) =>
  "webhooks" in which ? [which.webhooks] : [which.topic, which.reason && keptJson(which.reason)];
