// What needs a person: deliveries that ended without arriving; replayed or dismissed.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { holdLanesOf } from "../connections/lanes.ts";
import { type RoadCode, sqlReason, toldOrNull } from "../reasons.ts";
import { oweRefunds } from "../refunds.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";
import { keptBy } from "../upkeep/keep.ts";
import { replayableFor } from "../upkeep/retention.ts";
import { recordReplay, type Which } from "./replays.ts";

export interface AttentionGroup {
  destination: string;
  connectionId: string;
  connectionName: string;
  state: (typeof LOST)[number];
  /** What they have in common; null: no reason is known. */
  reason: Reason | null;
  /** It as a sentence. */
  says: string;
  count: number;
  orders: number;
  worth: { amount: string; currency: string }[];
  sampleIds: string[];
  oldest: Date;
}

/** SQL: delivery `d` needs a person, and nobody has dismissed it. */
const OPEN = `d.state IN ${sqlList(LOST)} AND d.dismissed_at IS NULL`;
// Dates in a reason would make every delivery a group of its own.
const VALUES = `regexp_replace(d.reason_values::text, '\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z', '…', 'g')::jsonb`;
const REASON = `CASE WHEN d.reason_code IS NOT NULL THEN jsonb_build_object('code', d.reason_code, 'values', ${VALUES}) END`;

const GROUPS = statement<Omit<AttentionGroup, "says">, [shop: string]>("groups-that-need-attention")`
  SELECT destination, "connectionId", "connectionName", state, reason,
    sum(count)::int AS count,
    sum(orders)::int AS orders,
    coalesce(
      jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency)) FILTER (WHERE currency IS NOT NULL),
      '[]') AS worth,
    (array_agg(sample))[1:3] AS "sampleIds",
    min(oldest) AS oldest
  FROM (
    SELECT d.destination, d.connection_id AS "connectionId", c.name AS "connectionName", d.state, ${REASON} AS reason,
      d.currency, count(*) AS count, count(d.worth) AS orders, sum(d.worth)::text AS amount,
      max(d.id)::text AS sample, min(d.created_at) AS oldest
    FROM delivery d
    JOIN connection c ON c.id = d.connection_id
    WHERE d.shop = $1 AND ${OPEN}
    GROUP BY 1, 2, 3, 4, 5, 6
  ) AS g
  GROUP BY 1, 2, 3, 4, 5
  ORDER BY min(oldest)
  LIMIT 200`;

export async function attention(road: Road, shop: string): Promise<AttentionGroup[]> {
  const groups = await road.db.query(GROUPS, [shop]);
  return groups.map((group) => ({ ...group, says: toldOrNull(road, group.reason) ?? "" }));
}

/** SQL: the deliveries by their ids, or those of a group; `first` is the number of its first parameter. */
const byIds = (first: number) => `d.id::text = ANY ($${first}::text[])`;
const byGroup = (first: number) => `d.connection_id::text = $${first} AND d.state = $${first + 1}
    AND ${REASON} IS NOT DISTINCT FROM $${first + 2}::jsonb`;
type OfGroup = [connectionId: string, state: string, reason: string | null];
const valuesOf = ({ connectionId, state, reason }: Exclude<Which, { ids: string[] }>): OfGroup => [
  connectionId,
  state,
  reason && keptJson(reason),
];

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
type Asked = [shop: string, now: Date, windows: string, replayableSince: Date];
const REPLAYED = "replayed" satisfies RoadCode;
const REPLAY = (which: string) => `
  UPDATE delivery d
  SET state = 'due', due_at = $2, insisted = true, only_ask = false, asked = 0, settled_at = NULL,
    reason_code = '${REPLAYED}', reason_values = jsonb_strip_nulls(jsonb_build_object('before', ${sqlReason("d")})),
    deadline_at = CASE
      WHEN w.span IS NULL OR d.version IS NOT NULL THEN $2::timestamptz + interval '72 hours'
      ELSE d.occurred_at + w.span * interval '1 ms'
    END
  FROM jsonb_to_recordset($3::jsonb) AS w (slug text, span numeric, asks boolean), connection c
  WHERE d.shop = $1 AND w.slug = d.destination AND c.id = d.connection_id AND c.state IN ('on', 'paused')
    AND EXISTS (SELECT 1 FROM event e WHERE e.id = d.event_id AND e.data IS NOT NULL AND e.created_at > $4)
    AND ${OPEN}
    AND (w.span IS NULL OR d.version IS NOT NULL OR d.occurred_at + w.span * interval '1 ms' > $2
      OR (w.asks AND d.doubt_since IS NOT NULL))
    AND NOT EXISTS (
      SELECT 1
      FROM high_water h
      WHERE h.connection_id = d.connection_id AND h.subject = d.subject AND h.version > d.version)
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
  const now = road.clock();
  const { data } = await keptBy(road, shop);
  const windows = JSON.stringify(
    road.destinations.map(({ slug, window, lookUp }) => ({ slug, span: window ?? null, asks: Boolean(lookUp) })),
  );
  const rows = await road.db.transaction(async (sql) => {
    // As who books for them does, and not at the same time.
    await sql.query(LOCK, [shop]);
    await holdLanesOf(sql, shop);
    const asked: Asked = [shop, now, windows, new Date(now.getTime() - replayableFor(data))];
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

const DISMISS = (which: string) => `
  UPDATE delivery d
  SET dismissed_at = $2
  WHERE d.shop = $1 AND ${OPEN} AND ${which}
  RETURNING d.id`;
const DISMISS_IDS = statement<{ id: string }, [shop: string, now: Date, ids: string[]]>(
  "dismiss-deliveries",
)`${DISMISS(byIds(3))}`;
const DISMISS_GROUP = statement<{ id: string }, [shop: string, now: Date, ...group: OfGroup]>(
  "dismiss-group",
)`${DISMISS(byGroup(3))}`;

/** Leaves them as they ended, and out of the list. @returns how many. */
export async function dismiss(road: Road, shop: string, which: Which): Promise<number> {
  const now = road.clock();
  const rows =
    "ids" in which
      ? await road.db.query(DISMISS_IDS, [shop, now, which.ids])
      : await road.db.query(DISMISS_GROUP, [shop, now, ...valuesOf(which)]);
  return rows.length;
}
