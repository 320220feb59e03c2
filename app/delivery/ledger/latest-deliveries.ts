// What a connection was owed last, of every kind, and what became of it.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlName } from "../about.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { DeliveryState } from "../states.ts";

export interface LatestDelivery {
  id: string;
  kind: string;
  /** "order:1" */
  subject: string;
  /** The order's name or the product's title; null: only the subject is known. Nothing personal. */
  name: string | null;
  state: DeliveryState;
  reason: Reason | null;
  alreadyHad: boolean;
  occurredAt: Date;
  /** Of a purchase. */
  worth: { amount: string; currency: string } | null;
}

// By way of the events, whose index knows the latest of a shop: deliveries have none by connection, which each insert would pay for.
const LATEST = statement<LatestDelivery, [shop: string, connectionId: string, kinds: string[], limit: number]>(
  "latest-deliveries",
)`
  SELECT d.id::text AS id, d.kind, d.state, ${sqlReason("d")} AS reason, d.already_had AS "alreadyHad",
    d.occurred_at AS "occurredAt",
    d.subject, ${sqlName} AS name,
    CASE
      WHEN d.worth IS NOT NULL THEN jsonb_build_object('amount', d.worth::text, 'currency', d.currency)
    END AS worth
  FROM (
    SELECT d.*
    FROM unnest($3::text[]) AS taken (kind)
    CROSS JOIN LATERAL (
      SELECT id FROM event WHERE shop = $1 AND kind = taken.kind ORDER BY occurred_at DESC LIMIT $4
    ) AS recent
    JOIN delivery d ON d.event_id = recent.id AND d.shop = $1 AND d.connection_id::text = $2
    ORDER BY d.occurred_at DESC, d.id DESC
    LIMIT $4
  ) AS d
  LEFT JOIN event e ON e.id = d.event_id
  ORDER BY d.occurred_at DESC, d.id DESC`;

/** The newest happening first. @param limit of the whole, and of how far back each kind is looked at. */
export async function latestDeliveries(
  road: Road,
  shop: string,
  connectionId: string,
  limit: number,
): Promise<LatestDelivery[]> {
  const kinds = new Set(road.destinations.flatMap(({ on }) => Object.keys(on)));
  // An order that counts when it is paid is told as a purchase.
  if (kinds.has("order.placed")) kinds.add("order.paid");
  const rows = await road.db.query(LATEST, [shop, connectionId, [...kinds], limit]);
  return rows;
}
