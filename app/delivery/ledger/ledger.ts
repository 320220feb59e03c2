// The ledger as a person reads it: the state of the sync, for each connection.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { type ConnectionView, listConnections } from "../connections/connections.ts";
import { sheetNamed } from "../connections/open-connection.ts";
import { type Overlap, overlapOf, type Purchases } from "../connections/overlap.ts";
import { sqlReason, toldOrNull } from "../reasons.ts";
import type { Road } from "../road.ts";
import { DELIVERY_STATES, type DeliveryState, LOST, sqlList } from "../states.ts";

export interface ConnectionState extends ConnectionView, Facts {
  counts: Record<DeliveryState, number>;
  due: number;
  /** How much of it the vendor had already; null where nothing can be said. */
  overlap: Overlap | null;
  /** What waits in a pause, and what of it is lost first. */
  waiting: { orders: number; worth: { amount: string; currency: string }[]; firstDeadline: Date | null } | null;
}
interface Facts {
  /** refused, expired and unknown ones that nobody has dismissed. */
  attention: number;
  lastDeliveredAt: Date | null;
  oldestDueAt: Date | null;
  lastError: { at: string; says: string } | null;
}
interface StoredFacts extends Omit<Facts, "lastError"> {
  id: string;
  lastError: { at: string; reason: Reason | null; says: string } | null;
}
interface Counted extends Purchases {
  id: string;
  state: DeliveryState;
  count: number;
}

/** Of each connection of a shop that is not disconnected, the oldest first. */
export async function syncState(road: Road, shop: string): Promise<ConnectionState[]> {
  const [connections, counted, facts] = await Promise.all([
    listConnections(road, shop),
    road.db.query(COUNTED, [shop]),
    road.db.query(FACTS, [shop]),
  ]);
  return Promise.all(
    connections.map(async (connection) => {
      const { id: _, lastError, ...found } = facts.find(({ id }) => id === connection.id) ?? NO_FACTS;
      const waits = connection.state === "paused" || Object.keys(connection.pausedChannels).length > 0;
      return {
        ...connection,
        ...found,
        lastError: lastError && { at: lastError.at, says: toldOrNull(road, lastError.reason) ?? lastError.says },
        ...countsOf(
          road,
          connection,
          counted.filter(({ id }) => id === connection.id),
        ),
        waiting: waits ? await whatWaits(road, connection.id) : null,
      };
    }),
  );
}

function countsOf(road: Road, { destination, rules }: ConnectionView, own: Counted[]) {
  const of = (state: DeliveryState) => own.find((one) => one.state === state);
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, of(state)?.count ?? 0]));
  const delivered = of("delivered");
  return {
    counts: counts as Record<DeliveryState, number>,
    due: counts.due ?? 0,
    overlap: delivered ? overlapOf(sheetNamed(road, destination), rules, delivered) : null,
  };
}

const COUNTED = statement<Counted, [shop: string]>("deliveries-counted")`
  SELECT connection_id AS id, state, count::float8 AS count, purchases::float8 AS purchases, had::float8 AS had
  FROM delivery_count
  WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1)`;

/** Of a connection that was made between the questions. */
const NO_FACTS = { id: "", attention: 0, lastDeliveredAt: null, oldestDueAt: null, lastError: null };
const FACTS = statement<StoredFacts, [shop: string]>("facts-of-connections")`
  SELECT
    c.id,
    (SELECT count(*)::int
     FROM delivery
     WHERE shop = c.shop AND destination = c.destination AND connection_id = c.id
       AND state IN ${sqlList(LOST)} AND dismissed_at IS NULL) AS attention,
    (SELECT max(settled_at) FROM delivery WHERE connection_id = c.id AND state = 'delivered') AS "lastDeliveredAt",
    (SELECT min(created_at) FROM delivery WHERE connection_id = c.id AND state = 'due') AS "oldestDueAt",
    (SELECT jsonb_build_object('at', a.finished_at, 'reason', d.reason, 'says', coalesce(a.answer, a.outcome))
     FROM attempt a
     LEFT JOIN LATERAL (
       SELECT ${sqlReason("o")} AS reason
       FROM delivery o
       WHERE o.id = ANY (a.deliveries) AND o.reason_code IS NOT NULL
       LIMIT 1
     ) d ON true
     WHERE a.connection_id = c.id AND a.finished_at IS NOT NULL AND a.failed
     ORDER BY a.started_at DESC
     LIMIT 1) AS "lastError"
  FROM connection c
  WHERE c.shop = $1 AND c.state <> 'disconnected'`;

interface Waiting {
  orders: number;
  currency: string | null;
  amount: string | null;
  first: Date | null;
}
const WAITING = statement<Waiting, [connectionId: string]>("what-waits")`
  SELECT
    count(*) FILTER (WHERE worth IS NOT NULL)::int AS orders,
    currency,
    sum(worth)::text AS amount,
    min(deadline_at) AS first
  FROM delivery
  WHERE connection_id = $1 AND state = 'due'
  GROUP BY currency`;

async function whatWaits(road: Road, connectionId: string): Promise<ConnectionState["waiting"]> {
  const rows = await road.db.query(WAITING, [connectionId]);
  const deadlines = rows.flatMap(({ first }) => (first ? [first.getTime()] : []));
  return {
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    worth: rows.flatMap(({ currency, amount }) => (currency && amount ? [{ amount, currency }] : [])),
    firstDeadline: deadlines.length > 0 ? new Date(Math.min(...deadlines)) : null,
  };
}
