// The ledger as a person reads it: the state of the sync, the latest orders and what became of them, and one delivery's proof.
import { type ConnectionView, listConnections } from "./connections.ts";
import type { Road } from "./road.ts";

export type DeliveryState = "due" | "delivered" | "skipped" | "superseded" | "expired" | "refused" | "unknown";

export interface ConnectionState extends ConnectionView {
  counts: Record<DeliveryState, number>;
  due: number;
  /** refused, expired and unknown ones that nobody has dismissed. */
  attention: number;
  alreadyHad: number;
  lastDeliveredAt: Date | null;
  oldestDueAt: Date | null;
  lastError: { at: Date; says: string } | null;
  /** What waits in a pause, and what of it is lost first. */
  waiting: { orders: number; worth: { amount: string; currency: string }[]; firstDeadline: Date | null } | null;
}
export interface SyncState {
  connections: ConnectionState[];
  webhooks: Record<"received" | "normalized" | "ignored" | "waiting" | "unreadable", number>;
}

const NONE: Record<DeliveryState, number> = {
  due: 0,
  delivered: 0,
  skipped: 0,
  superseded: 0,
  expired: 0,
  refused: 0,
  unknown: 0,
};

export async function syncState(road: Road, shop: string): Promise<SyncState> {
  const [connections, counts, facts, webhooks] = await Promise.all([
    listConnections(road, shop),
    road.db.query<{ id: string; state: DeliveryState; count: string }>(
      "SELECT connection_id AS id, state, count FROM delivery_count WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1)",
      [shop],
    ),
    road.db.query<Facts>(FACTS, [shop]),
    webhookCounts(road, shop),
  ]);
  return {
    webhooks,
    connections: await Promise.all(
      connections.map(async (connection) => {
        const own = { ...NONE };
        for (const { id, state, count } of counts) if (id === connection.id) own[state] = Number(count);
        const { id: _, ...found } = facts.find(({ id }) => id === connection.id) ?? NO_FACTS;
        const waiting = connection.state === "paused" || Object.keys(connection.pausedChannels).length > 0;
        return {
          ...connection,
          ...found,
          counts: own,
          due: own.due,
          waiting: waiting ? await whatWaits(road, connection.id) : null,
        };
      }),
    ),
  };
}

interface Facts {
  id: string;
  attention: number;
  alreadyHad: number;
  lastDeliveredAt: Date | null;
  oldestDueAt: Date | null;
  lastError: { at: Date; says: string } | null;
}
const NO_FACTS: Facts = {
  id: "",
  attention: 0,
  alreadyHad: 0,
  lastDeliveredAt: null,
  oldestDueAt: null,
  lastError: null,
};
const FACTS = `
  SELECT c.id,
    (SELECT count(*)::int FROM delivery WHERE shop = c.shop AND destination = c.destination AND connection_id = c.id
       AND state IN ('refused', 'expired', 'unknown') AND dismissed_at IS NULL) AS attention,
    (SELECT count(*)::int FROM delivery WHERE connection_id = c.id AND state = 'delivered' AND already_had) AS "alreadyHad",
    (SELECT max(settled_at) FROM delivery WHERE connection_id = c.id AND state = 'delivered') AS "lastDeliveredAt",
    (SELECT min(created_at) FROM delivery WHERE connection_id = c.id AND state = 'due') AS "oldestDueAt",
    (SELECT jsonb_build_object('at', a.finished_at, 'says', coalesce(d.reason, a.answer, a.outcome)) FROM attempt a
       LEFT JOIN LATERAL (SELECT reason FROM delivery WHERE id = ANY (a.deliveries) AND reason IS NOT NULL LIMIT 1) d ON true
     WHERE a.connection_id = c.id AND a.finished_at IS NOT NULL AND a.outcome !~ '^([0-9]+ )?delivered$'
     ORDER BY a.started_at DESC LIMIT 1) AS "lastError"
  FROM connection c WHERE c.shop = $1 AND c.state <> 'disconnected'`;

async function webhookCounts(road: Road, shop: string): Promise<SyncState["webhooks"]> {
  const rows = await road.db.query<{ state: keyof SyncState["webhooks"]; count: string }>(
    `SELECT state, count FROM webhook_count WHERE shop = $1
     UNION ALL SELECT 'received', count(*) FROM webhook WHERE shop = $1 AND state = 'received'`,
    [shop],
  );
  const counts = { received: 0, normalized: 0, ignored: 0, waiting: 0, unreadable: 0 };
  for (const { state, count } of rows) counts[state] = Number(count);
  return counts;
}

async function whatWaits(road: Road, connectionId: string): Promise<ConnectionState["waiting"]> {
  const rows = await road.db.query<{
    orders: number;
    currency: string | null;
    amount: string | null;
    first: Date | null;
  }>(
    `SELECT count(*) FILTER (WHERE worth IS NOT NULL)::int AS orders, currency, sum(worth)::text AS amount, min(deadline_at) AS first
     FROM delivery WHERE connection_id = $1 AND state = 'due' GROUP BY currency`,
    [connectionId],
  );
  const deadlines = rows.flatMap(({ first }) => (first ? [first.getTime()] : []));
  return {
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    worth: rows.flatMap(({ currency, amount }) => (currency && amount ? [{ amount, currency }] : [])),
    firstDeadline: deadlines.length > 0 ? new Date(Math.min(...deadlines)) : null,
  };
}

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

export interface Story {
  id: string;
  destination: string;
  connectionId: string;
  connectionName: string;
  kind: string;
  subject: string;
  state: DeliveryState;
  reason: string | null;
  alreadyHad: boolean;
  occurredAt: Date;
  createdAt: Date;
  dueAt: Date;
  deadlineAt: Date;
  settledAt: Date | null;
  webhook: { topic: string; webhookId: string; receivedAt: Date } | null;
  attempts: {
    id: string;
    channel: string;
    startedAt: Date;
    finishedAt: Date | null;
    status: number | null;
    outcome: string | null;
    answer: string | null;
    deliveries: number;
  }[];
}

/** The proof: how it came in, and each request that carried it with the vendor's own answer. */
export async function deliveryStory(road: Road, shop: string, id: string): Promise<Story | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [row] = await road.db.query<Story>(
    `SELECT d.id, d.destination, d.connection_id AS "connectionId", c.name AS "connectionName", d.kind, d.subject, d.state, d.reason,
       d.already_had AS "alreadyHad", d.occurred_at AS "occurredAt", d.created_at AS "createdAt", d.due_at AS "dueAt",
       d.deadline_at AS "deadlineAt", d.settled_at AS "settledAt",
       CASE WHEN w.id IS NOT NULL THEN jsonb_build_object('topic', w.topic, 'webhookId', w.webhook_id, 'receivedAt', w.received_at) END AS webhook,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id::text, 'channel', a.channel, 'startedAt', a.started_at, 'finishedAt', a.finished_at,
         'status', a.status, 'outcome', a.outcome, 'answer', a.answer, 'deliveries', cardinality(a.deliveries)) ORDER BY a.id)
         FROM attempt a WHERE a.deliveries @> ARRAY[d.id]), '[]') AS attempts
     FROM delivery d JOIN connection c ON c.id = d.connection_id LEFT JOIN event e ON e.id = d.event_id LEFT JOIN webhook w ON w.id = e.webhook_id
     WHERE d.shop = $1 AND d.id = $2`,
    [shop, id],
  );
  return row ?? null;
}
