// What needs a person: deliveries that ended without arriving, by what they have in common.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { LOST } from "../states.ts";
import { type Asked, askedFor, CAN_REPLAY, keyOf, OPEN, REASON_KEY, WINDOWS } from "./group.ts";
import type { Which } from "./replays.ts";

export interface AttentionGroup {
  destination: string;
  connectionId: string;
  connectionName: string;
  connectionState: string;
  state: (typeof LOST)[number];
  /** Of one of them: they differ in times and numbers only; null: no reason is known. */
  reason: Reason | null;
  /** By it the group is known. */
  key: string;
  count: number;
  /** Of the newest twenty, how many could be sent again now. */
  replayable: number;
  orders: number;
  worth: { amount: string; currency: string }[];
  /** The newest of them. */
  sampleId: string;
  oldest: Date;
}
/** So many of a group are looked at, whether they could be sent again. */
export const LOOKED_AT = 20;

const OF_GROUP = `d.connection_id = g.connection_id AND d.state = g.state AND ${REASON_KEY} = g.reason_key AND ${OPEN}`;
interface Row extends AttentionGroup {
  groups: number;
}
type Page = [
  ...Asked,
  connectionId: string | null,
  most: number,
  skip: number,
  state: string | null,
  key: string | null,
];
const GROUPS = statement<Row, Page>("groups-that-need-attention")`
  SELECT c.destination, c.id AS "connectionId", c.name AS "connectionName", c.state AS "connectionState", g.state,
    ${sqlReason("oldest")} AS reason, g.reason_key AS key, g.count, newest.replayable, g.orders, g.worth,
    newest.sample AS "sampleId", oldest.created_at AS oldest, g.groups
  FROM (
    SELECT connection_id, state, reason_key, sum(count)::int AS count, sum(orders)::int AS orders,
      coalesce(
        jsonb_agg(jsonb_build_object('amount', worth::text, 'currency', currency)) FILTER (WHERE currency <> ''),
        '[]') AS worth,
      (count(*) OVER ())::int AS groups
    FROM attention_count
    WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1 AND ($5::text IS NULL OR id::text = $5))
      AND ($8::text IS NULL OR state = $8 AND reason_key = $9)
    GROUP BY 1, 2, 3
    HAVING sum(count) > 0
    ORDER BY sum(count) DESC, 1, 2, 3
    LIMIT $6
    OFFSET $7
  ) g
  JOIN connection c ON c.id = g.connection_id
  CROSS JOIN LATERAL (
    SELECT d.reason_code, d.reason_values, d.created_at FROM delivery d WHERE ${OF_GROUP} ORDER BY d.id LIMIT 1
  ) oldest
  CROSS JOIN LATERAL (
    SELECT max(d.id)::text AS sample,
      (count(*) FILTER (WHERE ${CAN_REPLAY}))::int AS replayable
    FROM (SELECT * FROM delivery d WHERE ${OF_GROUP} ORDER BY d.id DESC LIMIT ${LOOKED_AT}) d
    LEFT JOIN ${WINDOWS} ON w.slug = d.destination
  ) newest
  ORDER BY g.count DESC, 2, 5, 7`;

interface Wanted {
  /** Of one connection only. */
  connectionId?: string | null;
  /** Only this one group. */
  state?: string | null;
  key?: string | null;
  most?: number;
  skip?: number;
}

/** The largest first. @returns them, and how many there are in all. */
export async function attentionPage(
  road: Road,
  shop: string,
  { connectionId = null, state = null, key = null, most = 20, skip = 0 }: Wanted = {},
): Promise<{ groups: AttentionGroup[]; all: number }> {
  const rows = await road.db.query(GROUPS, [...(await askedFor(road, shop)), connectionId, most, skip, state, key]);
  return { groups: rows.map(({ groups: _, ...group }) => group), all: rows[0]?.groups ?? 0 };
}

/** All of them, up to a thousand. */
export const attention = async (road: Road, shop: string): Promise<AttentionGroup[]> =>
  (await attentionPage(road, shop, { most: 1_000 })).groups;

export interface InAll {
  deliveries: number;
  /** Of them may have arrived. */
  unknown: number;
  worth: AttentionGroup["worth"];
}
const IN_ALL = statement<InAll, [shop: string]>("deliveries-that-need-attention")`
  SELECT coalesce(sum(count), 0)::int AS deliveries, coalesce(sum(unknown), 0)::int AS unknown,
    coalesce(
      jsonb_agg(jsonb_build_object('amount', worth::text, 'currency', currency)) FILTER (WHERE currency <> ''),
      '[]') AS worth
  FROM (
    SELECT currency, sum(count) AS count, sum(count) FILTER (WHERE state = 'unknown') AS unknown, sum(worth) AS worth
    FROM attention_count
    WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1)
    GROUP BY currency
  ) s`;

export async function inAll(road: Road, shop: string): Promise<InAll> {
  const [row] = await road.db.query(IN_ALL, [shop]);
  return row ?? { deliveries: 0, unknown: 0, worth: [] };
}

const OF = statement<{ count: number }, [shop: string, connectionId: string, state: string, reason: string | null]>(
  "count-of-group",
)`
  SELECT coalesce(sum(count), 0)::int AS count
  FROM attention_count
  WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1 AND id::text = $2)
    AND state = $3 AND reason_key = ${keyOf(4)}`;

/** How many a decision is about; undefined: as many as are named. */
export async function attentionOf(road: Road, shop: string, which: Which): Promise<number | undefined> {
  if ("all" in which) return (await inAll(road, shop)).deliveries;
  if (!("connectionId" in which)) return undefined;
  const reason = which.reason && keptJson(which.reason);
  const [row] = await road.db.query(OF, [shop, which.connectionId, which.state, reason]);
  return row?.count ?? 0;
}

/** The one of this key; null: nothing of it needs a person. */
export async function attentionGroup(
  road: Road,
  shop: string,
  { connectionId, state, key }: { connectionId: string; state: string; key: string },
): Promise<AttentionGroup | null> {
  const { groups } = await attentionPage(road, shop, { connectionId, state, key, most: 1 });
  return groups[0] ?? null;
}
