// The lines of the activity: events with what became of them, in the order in which they were found.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { EventKind } from "../../events/event.ts";
import { sqlName } from "../about.ts";
import { sqlReason } from "../reasons.ts";
import type { DeliveryState } from "../states.ts";
import { sqlIsWanted, sqlOf } from "./walks.ts";

export interface Line {
  /** null: the event is not kept any more. */
  eventId: string | null;
  kind: EventKind;
  subject: string;
  /** The order's name or the product's title; null: only its subject is known. Nothing personal. */
  name: string | null;
  occurredAt: Date;
  deliveries: LineDelivery[];
}
export interface LineDelivery {
  id: string;
  destination: string;
  connectionId: string;
  connectionName: string;
  /** It is disconnected. */
  ended: boolean;
  state: DeliveryState;
  reason: Reason | null;
  alreadyHad: boolean;
  /** Of what is owed: how long it is tried. */
  deadlineAt: string;
}

/** SQL: delivery `d` of connection `c`. */
export const sqlDelivery = `jsonb_build_object('id', d.id::text, 'destination', d.destination,
      'connectionId', c.id, 'connectionName', c.name, 'ended', c.state = 'disconnected', 'state', d.state,
      'reason', ${sqlReason("d")}, 'alreadyHad', d.already_had, 'deadlineAt', d.deadline_at)`;

const OF_EVENTS = statement<
  Line & { id: string; eventId: string },
  [shop: string, ids: string[], connectionId: string | null, state: string | null, code: string | null]
>("lines-of-events")`
  SELECT e.id, e.id AS "eventId", e.kind, e.subject, ${sqlName} AS name, e.occurred_at AS "occurredAt",
    coalesce((
      SELECT jsonb_agg(${sqlDelivery} ORDER BY c.created_at, d.id)
      FROM ${sqlOf("e")} AS d
      JOIN connection c ON c.id = d.connection_id
      WHERE ${sqlIsWanted(3)}), '[]') AS deliveries
  FROM unnest($2::bigint[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT * FROM event WHERE id = wanted.id LIMIT 1) AS e
  WHERE e.shop = $1`;
const OF_DELIVERIES = statement<Line & { id: string }, [shop: string, ids: string[]]>("lines-of-deliveries")`
  SELECT d.id, e.id AS "eventId", d.kind, d.subject, ${sqlName} AS name, d.occurred_at AS "occurredAt",
    jsonb_build_array(${sqlDelivery}) AS deliveries
  FROM unnest($2::bigint[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT * FROM delivery WHERE id = wanted.id LIMIT 1) AS d
  JOIN connection c ON c.id = d.connection_id
  LEFT JOIN event e ON e.id = d.event_id
  WHERE d.shop = $1`;

type Filter = [connectionId: string | null, state: string | null, code: string | null];
export const linesOfEvents = async (sql: Sql, shop: string, ids: string[], filter: Filter): Promise<Line[]> =>
  inOrder(ids, await sql.query(OF_EVENTS, [shop, ids, ...filter]));
export const linesOfDeliveries = async (sql: Sql, shop: string, ids: string[]): Promise<Line[]> =>
  inOrder(ids, await sql.query(OF_DELIVERIES, [shop, ids]));

function inOrder(ids: string[], rows: (Line & { id: string })[]): Line[] {
  const byId = new Map(rows.map(({ id, ...line }) => [id, line]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
