// The single orders behind the figure, the newest first, a page at a time.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Range } from "../../destinations/destination.ts";
import type { Decimal } from "../../events/facts.ts";
import { sqlKeys } from "../../events/keys.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { daysThatMayHave } from "./days.ts";
import {
  type Asked,
  asked,
  type Became,
  becameOf,
  ORDERS,
  type Outcome,
  outcomeOf,
  reasonOf,
  WORTH,
} from "./orders.ts";

export interface OrderOf {
  orderId: string;
  /** "#1001"; null where its data is gone. */
  name: string | null;
  placedAt: Date;
  worth: { amount: Decimal; currency: string } | null;
  outcome: Outcome;
  alreadyHad: boolean;
  reason: Reason | null;
  /** null: nothing was ever owed for it. */
  deliveryId: string | null;
  dismissed: boolean;
}
export interface OrderPage {
  orders: OrderOf[];
  /** Where the next page begins; null: there is none. */
  next: string | null;
}

type Stored = Omit<OrderOf, "outcome"> & { id: string; became: Became };
type Values = [...Asked, became: string[], before: Date | null, beforeId: string | null, limit: number, days: number[]];
const LIST = statement<Stored, Values>("orders-with-outcome")`
  WITH ${ORDERS}
  SELECT s.id, ${sqlKeys.orderId("s.subject")} AS "orderId", s.at AS "placedAt", s.became, s.reason,
    nullif(e.data #>> '{order,name}', '') AS name,
    CASE
      WHEN told.currency IS NOT NULL THEN jsonb_build_object('amount', told.worth::text, 'currency', told.currency)
    END AS worth,
    coalesce(s.already_had, false) AS "alreadyHad", s.delivery::text AS "deliveryId",
    s.dismissed_at IS NOT NULL AS dismissed
  FROM (
    SELECT *
    FROM seen
    WHERE day = ANY ($9::int[])
      AND became = ANY ($5::text[]) AND ($6::timestamptz IS NULL OR (at, id) < ($6, $7::bigint))
    ORDER BY at DESC, id DESC
    LIMIT $8
  ) s
  JOIN event e ON e.id = s.id
  ${WORTH}
  ORDER BY s.at DESC, s.id DESC`;

export interface Wanted {
  connectionId: string;
  range: Range;
  outcomes: readonly Outcome[];
  /** Where the page begins, as the page before told it. */
  after: string | null;
  limit: number;
}

/** An address may hold anything: what is no cursor is the first page. */
export async function orderList(road: Road, shop: string, wanted: Wanted): Promise<OrderPage> {
  const { connectionId, range, outcomes, after, limit } = wanted;
  const { timeZone } = await shopFacts(road.db, shop);
  const [, time = null, id = null] = /^(\d{1,14})-(\d{1,18})$/.exec(after ?? "") ?? [];
  const which = asked(road, shop, range, timeZone, connectionId);
  const became = becameOf(outcomes);
  const rows = await road.db.query(LIST, [
    ...which,
    became,
    time === null ? null : new Date(Number(time)),
    id,
    limit + 1,
    await daysThatMayHave(road, which, became),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    orders: shown.map(({ id: _, became, reason, ...order }) => ({
      ...order,
      outcome: outcomeOf(became),
      reason: reasonOf(became, reason),
    })),
    next: last ? `${last.placedAt.getTime()}-${last.id}` : null,
  };
}
