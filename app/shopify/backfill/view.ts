// The backfills of a connection as its page shows them: how far each is, and why it waits or has ended.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { BackfillState } from "../../delivery/normalize/open-backfills.ts";
import { sqlReason } from "../../delivery/reasons.ts";
import type { Road } from "../../delivery/road.ts";
import type { DeliveryState } from "../../delivery/states.ts";
import type { What } from "../../destinations/history.ts";

export interface BackfillView {
  id: string;
  state: BackfillState;
  /** Why it waits, or has ended. */
  says: Reason | null;
  what: What[];
  since: Date;
  until: Date;
  createdAt: Date;
  endedAt: Date | null;
  /** As many customers, products and orders as there are; null: Shopify did not tell. */
  expected: number | null;
  /** Read from Shopify. */
  seen: number;
  /** Put on the road. */
  sent: number;
  /** Of those that could not be read and were left out the first hundred, by Shopify's ids. */
  leftOut: string[];
  /** Of what it owes, by what became of it. */
  deliveries: Partial<Record<DeliveryState, number>>;
}

const ANY = statement<{ found: number }, [now: Date]>("is-any-backfill-to-be-looked-at")`
  SELECT 1 AS found
  FROM backfill
  WHERE (state IN ('planned', 'running') OR (state = 'cancelled' AND operation IS NOT NULL)) AND look_at <= $1
  LIMIT 1`;

/** Has one something to do? */
export async function isAny(road: Pick<Road, "db" | "clock">): Promise<boolean> {
  return (await road.db.query(ANY, [road.clock()])).length > 0;
}

interface Row extends Omit<BackfillView, "says" | "what" | "expected" | "deliveries"> {
  reason: Reason | null;
  what: string;
  expected: Record<string, number | null> | null;
  deliveries: BackfillView["deliveries"] | null;
}
const LIST = statement<Row, [shop: string, connectionId: string, most: number]>("backfills-of-connection")`
  SELECT b.id, b.state, ${sqlReason("b")} AS reason, b.what, b.since, b.until, b.created_at AS "createdAt",
    b.ended_at AS "endedAt", b.expected, b.seen, b.sent, b.left_out AS "leftOut",
    (SELECT jsonb_object_agg(d.state, d.count)
     FROM (SELECT state, count(*) AS count FROM delivery WHERE backfill_id = b.id GROUP BY state) AS d) AS deliveries
  FROM backfill b
  WHERE b.shop = $1 AND b.connection_id::text = $2
  ORDER BY b.created_at DESC, b.id DESC
  LIMIT $3`;

/** The newest first. */
export async function backfills(
  road: Pick<Road, "db">,
  shop: string,
  connectionId: string,
  most = 10,
): Promise<BackfillView[]> {
  const rows = await road.db.query(LIST, [shop, connectionId, most]);
  return rows.map(({ reason, what, expected, deliveries, ...row }) => ({
    ...row,
    says: reason,
    what: what.split(",") as What[],
    expected: sumOf(expected),
    deliveries: deliveries ?? {},
  }));
}

function sumOf(expected: Row["expected"]): number | null {
  const numbers = Object.values(expected ?? {});
  return numbers.length === 0 || numbers.includes(null)
    ? null
    : numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}
