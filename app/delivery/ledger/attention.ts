// What needs a person: deliveries that ended without arriving, in groups; sent again.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { holdLanesOf } from "../connections/lanes.ts";
import { type RoadCode, sqlReason } from "../reasons.ts";
import { oweRefunds } from "../refunds.ts";
import type { Road } from "../road.ts";
import type { LOST } from "../states.ts";
import {
  type Asked,
  askedFor,
  byGroup,
  byIds,
  CAN_REPLAY,
  type OfGroup,
  OPEN,
  REASON,
  valuesOf,
  WINDOWS,
} from "./group.ts";
import { recordReplay, type Which } from "./replays.ts";

export interface AttentionGroup {
  destination: string;
  connectionId: string;
  connectionName: string;
  connectionState: string;
  state: (typeof LOST)[number];
  /** What they have in common; null: no reason is known. */
  reason: Reason | null;
  count: number;
  /** How many of them could be sent again now. */
  replayable: number;
  orders: number;
  worth: { amount: string; currency: string }[];
  sampleIds: string[];
  oldest: Date;
}

const GROUPS = statement<AttentionGroup, Asked>("groups-that-need-attention")`
  SELECT destination, "connectionId", "connectionName", "connectionState", state, reason,
    sum(count)::int AS count, sum(replayable)::int AS replayable,
    sum(orders)::int AS orders,
    coalesce(
      jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency)) FILTER (WHERE currency IS NOT NULL),
      '[]') AS worth,
    (array_agg(sample))[1:3] AS "sampleIds",
    min(oldest) AS oldest
  FROM (
    SELECT d.destination, d.connection_id AS "connectionId", c.name AS "connectionName",
      c.state AS "connectionState", d.state, ${REASON} AS reason,
      d.currency, count(*) AS count, count(*) FILTER (WHERE ${CAN_REPLAY}) AS replayable,
      count(d.worth) AS orders, sum(d.worth)::text AS amount,
      max(d.id)::text AS sample, min(d.created_at) AS oldest
    FROM delivery d
    JOIN connection c ON c.id = d.connection_id
    LEFT JOIN ${WINDOWS} ON w.slug = d.destination
    WHERE d.shop = $1 AND ${OPEN}
    GROUP BY 1, 2, 3, 4, 5, 6, 7
  ) AS g
  GROUP BY 1, 2, 3, 4, 5, 6
  ORDER BY min(oldest)
  LIMIT 200`;

export async function attention(road: Road, shop: string): Promise<AttentionGroup[]> {
  const groups = await road.db.query(GROUPS, await askedFor(road, shop));
  return groups;
}

const LOCK = statement<{ id: string }, [shop: string]>("hold-connections-of-shop")`
  SELECT id
  FROM connection
  WHERE shop = $1
  ORDER BY id
  FOR NO KEY UPDATE`;
interface Owed {
  connectionId: string;
  destination: string;
  purchase: string | null;
}
const REPLAYED = "replayed" satisfies RoadCode;
const REPLAY = (which: string) => `
  UPDATE delivery d
  SET state = 'due', due_at = $2, insisted = true, only_ask = false, asked = 0, settled_at = NULL,
    reason_code = '${REPLAYED}', reason_values = jsonb_strip_nulls(jsonb_build_object('before', ${sqlReason("d")})),
    deadline_at = CASE
      WHEN w.span IS NULL OR d.version IS NOT NULL THEN $2::timestamptz + interval '72 hours'
      ELSE d.occurred_at + w.span * interval '1 ms'
    END
  FROM ${WINDOWS}, connection c
  WHERE d.shop = $1 AND w.slug = d.destination AND c.id = d.connection_id
    AND ${OPEN}
    AND ${CAN_REPLAY}
    AND ${which}
  RETURNING d.connection_id AS "connectionId", d.destination, CASE WHEN d.rank = 0 THEN d.subject END AS purchase`;
const REPLAY_IDS = statement<Owed, [...Asked, ids: string[]]>("replay-deliveries")`${REPLAY(byIds(5))}`;
const REPLAY_GROUP = statement<Owed, [...Asked, ...group: OfGroup]>("replay-group")`${REPLAY(byGroup(5))}`;

/**
 * Owes them again: due now, with a new deadline where the vendor has no window of its own.
 * What may have arrived is looked up first where the vendor can be asked, also after its window.
 * A state that a newer one has followed is not sent: it would overwrite it. What is outside that window otherwise, or too old to be kept until it is sent, stays as it is; that it was asked for is written down.
 * @returns how many will be sent again, or asked about.
 */
export async function replay(road: Road, shop: string, which: Which): Promise<number> {
  const asked = await askedFor(road, shop);
  const [, now] = asked;
  const rows = await road.db.transaction(async (sql) => {
    // As who books for them does, and not at the same time.
    await sql.query(LOCK, [shop]);
    await holdLanesOf(sql, shop);
    const owed =
      "ids" in which
        ? await sql.query(REPLAY_IDS, [...asked, which.ids])
        : await sql.query(REPLAY_GROUP, [...asked, ...valuesOf(which)]);
    await oweRefunds(
      road,
      sql,
      shop,
      owed.flatMap(({ purchase }) => purchase ?? []),
    );
    await recordReplay(sql, shop, { at: now, which, count: owed.length });
    return owed;
  });
  const lanes = new Map(rows.map((row) => [row.connectionId, row]));
  await road.bell.lanes([...lanes.values()]);
  return rows.length;
}
