// The latest orders of a shop, and what became of each at every vendor.

import type { Road } from "../road.ts";
import type { DeliveryState } from "./ledger.ts";

export interface OrderLine {
  orderId: string;
  name: string;
  placedAt: Date;
  total: string;
  currency: string;
  test: boolean;
  deliveries: DeliveryLine[];
}
export interface DeliveryLine {
  id: string;
  destination: string;
  connectionName: string;
  kind: string;
  state: DeliveryState;
  reason: string | null;
  alreadyHad: boolean;
  settledAt: Date | null;
}

/** The newest orders first; `before` is the event number of the last one of the page before. */
export async function latestOrders(
  road: Road,
  shop: string,
  page: { limit: number; before?: string },
): Promise<OrderLine[]> {
  return road.db.query<OrderLine>(
    `SELECT substr(e.subject, 7) AS "orderId", e.occurred_at AS "placedAt", coalesce(e.data #>> '{order,name}', '') AS name,
       coalesce(e.data #>> '{order,amounts,total}', '') AS total, coalesce(e.data #>> '{order,amounts,currency}', '') AS currency,
       coalesce((e.data #>> '{order,test}')::boolean, false) AS test, coalesce(d.deliveries, '[]') AS deliveries
     FROM (SELECT * FROM event WHERE shop = $1 AND kind = 'order.placed' AND ($3::bigint IS NULL OR id < $3) ORDER BY occurred_at DESC, id DESC LIMIT $2) e
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('id', d.id::text, 'destination', d.destination, 'connectionName', c.name, 'kind', d.kind,
         'state', d.state, 'reason', d.reason, 'alreadyHad', d.already_had, 'settledAt', d.settled_at) ORDER BY c.created_at, d.id) AS deliveries
       FROM event o JOIN delivery d ON d.event_id = o.id JOIN connection c ON c.id = d.connection_id
       WHERE o.shop = e.shop AND o.subject = e.subject AND d.state <> 'superseded'
     ) d ON true
     ORDER BY e.occurred_at DESC, e.id DESC`,
    [shop, page.limit, page.before ?? null],
  );
}
