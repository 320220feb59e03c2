// The latest orders of a shop, and what became of each at every vendor.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlKeys } from "../../events/keys.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { DeliveryState } from "../states.ts";

export interface OrderLine {
  orderId: string;
  /** "#1001"; "Order 820982911946154" where its data is gone. */
  name: string;
  placedAt: Date;
  /** null: its data is gone, and nobody was owed its purchase. */
  worth: { amount: string; currency: string } | null;
  test: boolean;
  deliveries: DeliveryLine[];
}
interface DeliveryLine {
  id: string;
  destination: string;
  connectionId: string;
  connectionName: string;
  /** It is disconnected. */
  ended: boolean;
  kind: string;
  state: DeliveryState;
  reason: Reason | null;
  alreadyHad: boolean;
  settledAt: string | null;
}

type Stored = Omit<OrderLine, "deliveries"> & {
  deliveries: DeliveryLine[];
};

// An order's data goes when its time is over; the deliveries stay, and know what it was worth. It is unpacked once for all that is read of it.
const LATEST = statement<Stored, [shop: string, limit: number]>("latest-orders")`
  SELECT ${sqlKeys.orderId("e.subject")} AS "orderId", e.occurred_at AS "placedAt",
    coalesce(nullif(e."order" ->> 'name', ''), 'Order ' || ${sqlKeys.orderId("e.subject")}) AS name,
    coalesce((e."order" ->> 'test')::boolean, false) AS test,
    CASE
      WHEN e."order" IS NULL THEN d.worth
      ELSE jsonb_build_object('amount', e."order" #>> '{amounts,total}', 'currency', e."order" #>> '{amounts,currency}')
    END AS worth,
    coalesce(d.deliveries, '[]') AS deliveries
  FROM (
    SELECT id, shop, subject, occurred_at, data -> 'order' AS "order"
    FROM event
    WHERE shop = $1 AND kind = 'order.placed'
    ORDER BY occurred_at DESC, id DESC
    LIMIT $2
  ) e
  LEFT JOIN LATERAL (
    SELECT
      json_agg(
        json_build_object('id', d.id::text, 'destination', d.destination, 'connectionId', c.id,
          'connectionName', c.name, 'ended', c.state = 'disconnected', 'kind', d.kind,
          'state', d.state, 'reason', ${sqlReason("d")}, 'alreadyHad', d.already_had, 'settledAt', d.settled_at)
        ORDER BY c.created_at, d.id) AS deliveries,
      jsonb_agg(jsonb_build_object('amount', d.worth::text, 'currency', d.currency))
        FILTER (WHERE d.worth IS NOT NULL) -> 0 AS worth
    FROM event o
    JOIN delivery d ON d.event_id = o.id
    JOIN connection c ON c.id = d.connection_id
    WHERE o.shop = e.shop AND o.subject = e.subject AND d.state <> 'superseded'
  ) d ON true
  ORDER BY e.occurred_at DESC, e.id DESC`;

/** Those that were placed last come first. */
export async function latestOrders(road: Road, shop: string, limit: number): Promise<OrderLine[]> {
  const orders = await road.db.query(LATEST, [shop, limit]);
  return orders.map((order) => ({
    ...order,
  }));
}
