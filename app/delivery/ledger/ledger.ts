// The ledger as a person reads it: the state of the sync, for each connection and for the webhooks.
import { PIXEL_POST } from "../../events/read.ts";
import { type ConnectionView, listConnections } from "../connections/connections.ts";
import type { Road } from "../road.ts";

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
     UNION ALL SELECT 'received', count(*) FROM webhook WHERE shop = $1 AND state = 'received' AND topic <> '${PIXEL_POST}'`,
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
