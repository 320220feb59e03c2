// Orders that grew or shrank after they were placed: why the shop's money is not the money that a vendor was told.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Range } from "../../destinations/destination.ts";
import type { Decimal } from "../../events/facts.ts";
import { sqlKeys } from "../../events/keys.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import type { DeliveryState } from "../states.ts";
import { type Asked, asked, ORDERS } from "./orders.ts";

export interface Change {
  deliveryId: string;
  name: string;
  kind: "order.raised" | "order.reduced";
  /** By how much; null: it is not kept any more. */
  worth: { amount: Decimal; currency: string } | null;
  at: Date;
  /** Of an order that became less: whether the vendor was told. */
  state: DeliveryState;
  reason: Reason | null;
}
export interface Changes {
  /** The newest first, at most so many as were asked for. */
  newest: Change[];
  /** All of them, by kind, currency and whether the vendor was told. */
  sums: { kind: Change["kind"]; told: boolean; currency: string | null; count: number; amount: Decimal | null }[];
}

/** SQL: by how much; the event's data goes when its time is over, the reason of what was not told stays. */
const amountOf = (kind: string, field: "more" | "less") =>
  `WHEN '${kind}' THEN coalesce(e.data ->> '${field}', d.reason_values ->> '${field}')`;
// Few orders change: their events are found by their kind, and then the order that each is about.
const CHANGED = `
  changed AS (
    SELECT d.id, e.kind, e.occurred_at AS at, d.state, ${sqlReason("d")} AS reason, s.subject, e.data,
      (CASE e.kind ${amountOf("order.raised", "more")} ${amountOf("order.reduced", "less")} END)::numeric AS amount,
      coalesce(e.data #>> '{order,amounts,currency}', d.reason_values ->> 'currency') AS currency
    FROM event e
    JOIN delivery d ON d.event_id = e.id
    JOIN seen s ON s.subject = e.subject AND s.connection = d.connection_id
    WHERE e.shop = $1 AND e.kind IN ('order.raised', 'order.reduced') AND e.occurred_at >= ($2::timestamptz[])[1]
      AND NOT (e.kind = 'order.reduced' AND d.reason_code IS NOT DISTINCT FROM 'never_told')
      AND d.shop = $1 AND d.connection_id::text = $4)`;

const NEWEST = statement<Change, [...Asked, limit: number]>("newest-changes-of-orders")`
  WITH ${ORDERS}, ${CHANGED}
  SELECT id::text AS "deliveryId", kind, at, state, reason,
    coalesce(nullif(data #>> '{order,name}', ''), 'Order ' || ${sqlKeys.orderId("subject")}) AS name,
    CASE
      WHEN amount IS NOT NULL AND currency IS NOT NULL
      THEN jsonb_build_object('amount', amount::text, 'currency', currency)
    END AS worth
  FROM changed
  ORDER BY at DESC, id DESC
  LIMIT $5`;
const SUMS = statement<Changes["sums"][number], Asked>("changes-of-orders-in-sum")`
  WITH ${ORDERS}, ${CHANGED}
  SELECT kind, state = 'delivered' AS told, currency, count(*)::int AS count, sum(amount)::text AS amount
  FROM changed
  GROUP BY 1, 2, 3
  ORDER BY 1, 2, 3`;

/** Of orders that were placed in these days, whenever they changed. */
export async function changesOf(road: Road, shop: string, range: Range, id: string, limit: number): Promise<Changes> {
  const { timeZone } = await shopFacts(road.db, shop);
  const values = asked(road, shop, range, timeZone, id);
  const [newest, sums] = await Promise.all([road.db.query(NEWEST, [...values, limit]), road.db.query(SUMS, values)]);
  return { newest, sums };
}
