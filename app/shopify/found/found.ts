// What was found that Shopify had not told, for the page: how much, when, and which orders; and how it stands with the looks.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlReason } from "../../delivery/reasons.ts";
import type { Road } from "../../delivery/road.ts";
import { shopFacts } from "../../delivery/shop-facts.ts";
import type { DeliveryState } from "../../delivery/states.ts";

const DAY = 86_400_000;
/** So many days back, as long as it is told that a webhook came. */
const SHOWN_DAYS = 30;
const MOST = 100;

export interface FoundThing {
  /** "order:450789469" */
  subject: string;
  /** An order's, "#1001"; null: of a customer or product, or no longer kept. */
  name: string | null;
  /** Nothing had been told of it; else a later change of it had not. */
  whole: boolean;
  foundAt: Date;
  changedAt: Date | null;
  deliveries: { id: string; connection: string; state: DeliveryState }[];
}
export interface FoundDay {
  day: string;
  orders: number;
  changes: number;
  others: number;
}
export interface LookState {
  lookedAt: Date | null;
  nextAt: Date | null;
  beganAt: Date | null;
  /** Looked at so far, of the look that is under way. */
  seen: number;
  /** Why it does not go on; null: it does. */
  says: Reason | null;
}
export interface Found {
  timeZone: string;
  look: LookState;
  days: FoundDay[];
  latest: FoundThing[];
}

// The webhook's id begins with what it is about. One that told nothing new is not told of: it was in the books under another time.
const EVENTS = `
  FROM webhook w
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, bool_or(e.kind = 'order.placed') AS whole, max(e.occurred_at) AS "changedAt",
      max(e.data #>> '{order,name}') AS name
    FROM event e
    WHERE e.shop = w.shop AND e.subject = split_part(w.webhook_id, '@', 1) AND e.webhook_id = w.id) AS made
  WHERE w.shop = $1 AND w.origin = 'reconciliation' AND w.received_at >= $2 AND made.count > 0`;

const COUNTS = statement<
  { day: string; subject: string; whole: boolean; count: number },
  [shop: string, since: Date, zone: string]
>("count-found")`
  SELECT to_char(w.received_at AT TIME ZONE $3, 'YYYY-MM-DD') AS day, split_part(w.webhook_id, ':', 1) AS subject,
    coalesce(made.whole, false) AS whole, count(*)::int AS count
  ${EVENTS}
  GROUP BY 1, 2, 3
  ORDER BY 1 DESC`;

const LATEST = statement<FoundThing, [shop: string, since: Date, most: number]>("latest-found")`
  SELECT split_part(w.webhook_id, '@', 1) AS subject, made.name, coalesce(made.whole, false) AS whole,
    w.received_at AS "foundAt", made."changedAt",
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', d.id::text, 'connection', d.name, 'state', d.state) ORDER BY d.name)
      FROM (
        SELECT DISTINCT ON (d.connection_id) d.id, c.name, d.state
        FROM delivery d
        JOIN connection c ON c.id = d.connection_id
        WHERE d.shop = w.shop AND d.subject = split_part(w.webhook_id, '@', 1)
          AND d.kind IN ('order.placed', 'order.paid', 'order.updated')
        ORDER BY d.connection_id, d.kind = 'order.updated', d.id DESC) AS d), '[]') AS deliveries
  ${EVENTS}
  ORDER BY w.id DESC
  LIMIT $3`;

interface Stored extends Omit<LookState, "says" | "nextAt"> {
  nextAt: Date;
  reason: Reason | null;
}
const STATE = statement<Stored, [shop: string]>("look-state")`
  SELECT looked_at AS "lookedAt", next_at AS "nextAt", began_at AS "beganAt",
    (SELECT coalesce(sum(seen), 0)::int FROM reconciliation_mark m WHERE m.shop = r.shop) AS seen,
    ${sqlReason("r")} AS reason
  FROM reconciliation r
  WHERE shop = $1`;

export async function lookState(road: Road, shop: string): Promise<LookState> {
  const [row] = await road.db.query(STATE, [shop]);
  if (!row) return { lookedAt: null, nextAt: null, beganAt: null, seen: 0, says: null };
  const { reason, ...state } = row;
  return { ...state, says: reason };
}

export async function found(road: Road, shop: string): Promise<Found> {
  const { timeZone } = await shopFacts(road.db, shop);
  const since = new Date(road.clock().getTime() - SHOWN_DAYS * DAY);
  const [look, counts, latest] = await Promise.all([
    lookState(road, shop),
    road.db.query(COUNTS, [shop, since, timeZone]),
    road.db.query(LATEST, [shop, since, MOST]),
  ]);
  const days = new Map<string, FoundDay>();
  for (const { day, subject, whole, count } of counts) {
    const of = days.get(day) ?? { day, orders: 0, changes: 0, others: 0 };
    of[subject === "order" ? (whole ? "orders" : "changes") : "others"] += count;
    days.set(day, of);
  }
  return { timeZone, look, days: [...days.values()], latest };
}

/** Orders of which Shopify had told nothing, or not the last change, since yesterday. */
export async function foundLately(road: Road, shop: string): Promise<number> {
  const { timeZone } = await shopFacts(road.db, shop);
  const since = new Date(road.clock().getTime() - DAY);
  const counts = await road.db.query(COUNTS, [shop, since, timeZone]);
  return counts.filter(({ subject }) => subject === "order").reduce((sum, { count }) => sum + count, 0);
}
