// The deliveries of a group that needs a person, a page at a time, with what each is about.
import { statement } from "../../base/statement.ts";
import { sqlName } from "../about.ts";
import type { Road } from "../road.ts";
import { type Asked, askedFor, CAN_REPLAY, isConnectionId, OPEN, REASON_KEY, WINDOWS } from "./group.ts";

export interface Member {
  id: string;
  kind: string;
  /** "order:1" */
  subject: string;
  /** The order's name or the product's title; null: only the subject is known. Nothing personal. */
  name: string | null;
  occurredAt: Date;
  worth: { amount: string; currency: string } | null;
  requests: number;
  /** Could it be sent again now? */
  replayable: boolean;
}
export interface OfGroup {
  connectionId: string;
  state: string;
  key: string;
}

type Page = [...Asked, connectionId: string, state: string, key: string, before: string | null, most: number];
const MEMBERS = statement<Member, Page>("members-of-group")`
  SELECT d.id, d.kind, d.occurred_at AS "occurredAt", d.attempts AS requests,
    d.subject, ${sqlName} AS name,
    CASE
      WHEN d.worth IS NOT NULL THEN jsonb_build_object('amount', d.worth::text, 'currency', d.currency)
    END AS worth,
    coalesce(${CAN_REPLAY}, false) AS replayable
  FROM (
    SELECT *
    FROM delivery d
    WHERE d.connection_id = $5 AND d.shop = $1 AND d.state = $6 AND ${REASON_KEY} = $7 AND ${OPEN}
      AND ($8::bigint IS NULL OR d.id < $8)
    ORDER BY d.id DESC
    LIMIT $9
  ) d
  JOIN connection c ON c.id = d.connection_id
  LEFT JOIN ${WINDOWS} ON w.slug = d.destination
  LEFT JOIN event e ON e.id = d.event_id
  ORDER BY d.id DESC`;

/** The newest first. @param before a delivery's id, of which only older ones are wanted. */
export async function membersOf(
  road: Road,
  shop: string,
  { connectionId, state, key }: OfGroup,
  before: string | null,
  most: number,
): Promise<Member[]> {
  if (!isConnectionId(connectionId)) return [];
  return road.db.query(MEMBERS, [...(await askedFor(road, shop)), connectionId, state, key, before, most]);
}
