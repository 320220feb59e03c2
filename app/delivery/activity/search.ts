// Looks for what was typed, each way by an index of its own.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Meant } from "./typed.ts";
import { type Found, sqlHasWanted } from "./walks.ts";
import type { Wanted } from "./wanted.ts";

/** Of one thing or person no more are looked at. */
const MOST = 5_000;

const ROW = "id, kind, occurred_at";
/** Where the planner may choose, it takes the index of persons, and looks at the shop afterwards. */
const STANDING = (keys: string) => `
      SELECT ${ROW}, shop, data
      FROM event
      WHERE persons && ${keys}::bigint[]
      OFFSET 0`;
/** SQL: what orders of these names are about, by the index of names. */
export const sqlNamed = (names: string) => `
    SELECT o.subject
    FROM unnest(${names}::text[]) AS n (name)
    CROSS JOIN LATERAL (
      SELECT subject
      FROM event
      WHERE shop = $1 AND kind = 'order.placed' AND lower(data #>> '{order,name}') = lower(n.name)
      LIMIT 20
    ) AS o`;
const NUMBER = "regexp_replace(phone #>> '{}', '\\D', '', 'g')";

type Values = [
  ...[shop: string, subjects: string[], names: string[], keys: string[], numbers: string[], persons: string[]],
  ...[phone: string[], digits: string | null, kind: string | null, from: Date, at: Date, id: string],
  ...[ofDeliveries: boolean, connectionId: string | null, state: string | null, code: string | null, most: number],
];
const SEARCH = statement<Found, Values>("search-activity")`
  WITH about AS (
    SELECT subject
    FROM unnest($2::text[]) AS s (subject)
    UNION${sqlNamed("$3")}),
  found AS (
    SELECT e.*
    FROM about
    CROSS JOIN LATERAL (SELECT ${ROW} FROM event WHERE shop = $1 AND subject = about.subject LIMIT ${MOST}) AS e
    UNION
    SELECT ${ROW}
    FROM event
    WHERE shop = $1 AND key = ANY ($4)
    UNION
    SELECT e.id, e.kind, e.occurred_at
    FROM unnest($5::bigint[]) AS n (id)
    CROSS JOIN LATERAL (
      SELECT ${ROW}, shop
      FROM event
      WHERE id = n.id OR id = (SELECT event_id FROM delivery WHERE id = n.id LIMIT 1)
      LIMIT 2
    ) AS e
    WHERE e.shop = $1
    UNION (
    SELECT ${ROW}
    FROM (${STANDING("$6")}) AS e
    WHERE shop = $1
    LIMIT ${MOST})
    UNION (
    SELECT ${ROW}
    FROM (${STANDING("$7")}) AS e
    WHERE shop = $1
      AND EXISTS (SELECT 1 FROM jsonb_path_query(data, 'strict $.**.phone') AS p (phone) WHERE ${NUMBER} LIKE '%' || $8)
    LIMIT ${MOST}))
  SELECT f.id, f.occurred_at AS at
  FROM found f
  WHERE ($9::text IS NULL OR f.kind = $9) AND f.occurred_at >= $10 AND f.occurred_at <= $11
    AND (f.occurred_at < $11 OR f.id < $12)
    AND (NOT $13 OR ${sqlHasWanted("f", 14)})
  ORDER BY f.occurred_at DESC, f.id DESC
  LIMIT $17`;

/** @param from, at, id the first moment, and the place behind which it goes on. */
export function search(
  sql: Sql,
  shop: string,
  { subjects, names, keys, numbers, persons, phone }: Meant,
  { kind, connectionId, state, reasonCode }: Wanted,
  [from, at, id]: [from: Date, at: Date, id: string],
  most: number,
): Promise<Found[]> {
  const ofDeliveries = connectionId !== null || state !== null || reasonCode !== null;
  return sql.query(SEARCH, [
    ...([shop, subjects, names, keys, numbers, persons, phone ? [phone.key] : [], phone?.digits ?? null] as const),
    ...([kind, from, at, id, ofDeliveries, connectionId, state, reasonCode, most] as const),
  ]);
}
