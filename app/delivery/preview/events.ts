// What a shop has to preview with: its latest events, those of an order by its name, and all that the road would know of one of them.
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { sqlKeys } from "../../events/keys.ts";
import type { Order } from "../../events/shopping.ts";
import type { KnownVisitor } from "../../events/visitor.ts";
import { sqlName } from "../about.ts";
import { byIndex } from "../activity/by-index.ts";
import { sqlNamed } from "../activity/search.ts";
import { namesIn } from "../activity/typed.ts";
import { SQL_ORDER, SQL_PURCHASE, sqlVisitor } from "../deliver/claim.ts";
import type { Road } from "../road.ts";

export interface EventLine {
  id: string;
  kind: string;
  /** "order:1" */
  subject: string;
  /** The order's name or the product's title; null: only the subject is known. Nothing personal. */
  name: string | null;
  occurredAt: Date;
}

const LINE = `e.id, e.kind, e.occurred_at AS "occurredAt",
    e.subject, ${sqlName} AS name`;
const LATEST = statement<EventLine, [shop: string, kinds: string[], each: number, most: number]>(
  "latest-events-to-preview",
)`
  SELECT ${LINE}
  FROM (
    SELECT recent.id
    FROM unnest($2::text[]) AS taken (kind)
    CROSS JOIN LATERAL (
      SELECT id, occurred_at
      FROM event
      WHERE shop = $1 AND kind = taken.kind AND data IS NOT NULL
      ORDER BY occurred_at DESC
      LIMIT $3
    ) AS recent
    ORDER BY recent.occurred_at DESC, recent.id DESC
    LIMIT $4
  ) AS newest
  JOIN event e ON e.id = newest.id
  ORDER BY e.occurred_at DESC, e.id DESC`;

/** The newest first; of each kind some, so that what is rare is there, too. */
export const latestEvents = (road: Road, shop: string, kinds: string[]): Promise<EventLine[]> =>
  road.db.query(LATEST, [shop, kinds, 4, 24]);

const OF_ORDER = statement<EventLine, [shop: string, id: string, kinds: string[], names: string[]]>(
  "events-of-order-to-preview",
)`
  SELECT ${LINE}
  FROM event e
  WHERE e.shop = $1 AND e.kind = ANY ($3) AND e.data IS NOT NULL AND e.subject IN (${sqlNamed("$4")}
    UNION ALL
    SELECT ${sqlKeys.subject("order", "$2")})
  ORDER BY e.occurred_at DESC, e.id DESC
  LIMIT 24`;

/** @param name "#1001", "1001", or the order's id. */
export function eventsOfOrder(road: Road, shop: string, name: string, kinds: string[]): Promise<EventLine[]> {
  const typed = name.trim().slice(0, 100);
  return byIndex(road.db, (sql) => sql.query(OF_ORDER, [shop, typed, kinds, namesIn(typed)]));
}

export interface KnownOf {
  event: Event;
  heardAt: Date;
  purchase: string | null;
  order: Order | null;
  visitor: KnownVisitor | null;
  pixelOn: boolean;
}
const KNOWN = statement<
  KnownOf,
  [shop: string, id: string, destination: string, account: string, needsVisitor: boolean]
>("event-as-road-knows-it")`
  SELECT e.data AS event, d.created_at AS "heardAt",${SQL_PURCHASE} AS purchase,
    o.told AS "order",${sqlVisitor("$5::boolean")} AS visitor,
    EXISTS (SELECT 1 FROM shop WHERE domain = $1 AND pixel_endpoint IS NOT NULL) AS "pixelOn"
  FROM (
    SELECT shop, subject, data, created_at, delivery_rank(kind) AS rank, $3::text AS destination, $4::text AS account
    FROM event
    WHERE shop = $1 AND id = $2::bigint AND data IS NOT NULL
  ) AS d
  CROSS JOIN LATERAL (SELECT d.data AS data) AS e
${SQL_ORDER}`;

/** @returns null where the shop has no such event, or its data is gone. */
export async function knownOf(
  road: Road,
  shop: string,
  id: string,
  to: { destination: string; account: string; needsVisitor: boolean },
): Promise<KnownOf | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await road.db.query(KNOWN, [shop, id, to.destination, to.account, to.needsVisitor]);
  return row ?? null;
}
