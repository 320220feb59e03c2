// The ledger as a person reads it: the state of the sync, for each connection.
import { statement } from "../../base/statement.ts";
import { type ConnectionView, listConnections } from "../connections/connections.ts";
import { sheetNamed } from "../connections/open-connection.ts";
import { type Overlap, overlapOf, type Purchases } from "../connections/overlap.ts";
import { sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { DELIVERY_STATES, type DeliveryState, LOST, sqlList } from "../states.ts";
import { dayBegins } from "./day.ts";
import { type FailedAttempt, type LastError, lastErrorOf, sqlFailedAttempt } from "./last-error.ts";
import { sqlTooLittle, type TooLittle } from "./too-little.ts";
import { NOTHING_WAITS, type Waiting, whatWaitsFor } from "./waiting.ts";

export interface ConnectionState extends ConnectionView, Facts {
  counts: Record<DeliveryState, number>;
  due: number;
  /** How many purchases were delivered. */
  purchases: number;
  /** How much of it the vendor had already; null where nothing can be said. */
  overlap: Overlap | null;
  /** What waits where it does not just go, and what of it is lost first. */
  waiting: Waiting | null;
  /** Paused channel → what waits for it. */
  waitingFor: Record<string, Waiting>;
  /** What the purchases that are due are worth. */
  dueWorth: { amount: string; currency: string }[];
}
interface Facts {
  /** refused, expired and unknown ones that nobody has dismissed. */
  attention: number;
  lastDeliveredAt: Date | null;
  oldestDueAt: Date | null;
  lastError: LastError | null;
  /** When the first of what is due is lost. */
  firstDeadline: Date | null;
  /** Nothing gets through: since when, and when it is tried next (null: at once). Read off the lane. */
  struggle: { since: string; nextTry: string | null } | null;
  /** Of the last twenty-four hours; null: enough was delivered. */
  tooLittle: TooLittle | null;
}
interface StoredFacts extends Omit<Facts, "lastError"> {
  id: string;
  lastError: FailedAttempt | null;
  dueWorth: ConnectionState["dueWorth"];
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
    road.db.query(FACTS, [shop, dayBegins(road.clock())]),
  ]);
  return Promise.all(
    connections.map(async (connection) => {
      const { id: _, lastError, ...found } = facts.find(({ id }) => id === connection.id) ?? NO_FACTS;
      const channels = Object.keys(connection.pausedChannels);
      const own = counted.filter(({ id }) => id === connection.id);
      const waits = connection.state === "paused" || channels.length > 0 || found.struggle;
      const by = channels.length > 0 ? await whatWaitsFor(road, connection.id) : {};
      const vendor = sheetNamed(road, connection.destination).name;
      return {
        ...connection,
        ...found,
        lastError: lastErrorOf(vendor, lastError),
        ...countsOf(road, connection, own),
        waiting: waits ? waitingOf(own, found) : null,
        waitingFor: Object.fromEntries(channels.map((channel) => [channel, by[channel] ?? NOTHING_WAITS])),
      };
    }),
  );
}

/** From the counts: however much waits, it costs the same. */
function waitingOf(
  own: Counted[],
  { dueWorth, firstDeadline }: Pick<StoredFacts, "dueWorth" | "firstDeadline">,
): Waiting {
  const due = own.find(({ state }) => state === "due");
  return { due: due?.count ?? 0, orders: due?.purchases ?? 0, worth: dueWorth, firstDeadline };
}

function countsOf(road: Road, { destination, rules }: ConnectionView, own: Counted[]) {
  const of = (state: DeliveryState) => own.find((one) => one.state === state);
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, of(state)?.count ?? 0]));
  const delivered = of("delivered");
  return {
    counts: counts as Record<DeliveryState, number>,
    due: counts.due ?? 0,
    purchases: delivered?.purchases ?? 0,
    overlap: delivered ? overlapOf(sheetNamed(road, destination), rules, delivered) : null,
  };
}

const COUNTED = statement<Counted, [shop: string]>("deliveries-counted")`
  SELECT connection_id AS id, state, count::float8 AS count, purchases::float8 AS purchases, had::float8 AS had
  FROM delivery_count
  WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1)`;

/** Of a connection that was made between the questions. */
const NO_FACTS = {
  ...{ id: "", attention: 0, lastDeliveredAt: null, oldestDueAt: null, firstDeadline: null, lastError: null },
  ...{ struggle: null, tooLittle: null, dueWorth: [] },
};
const FACTS = statement<StoredFacts, [shop: string, dayBegins: Date]>("facts-of-connections")`
  SELECT
    c.id,
    (SELECT coalesce(sum(count - dismissed), 0)::int
     FROM delivery_count
     WHERE connection_id = c.id AND state IN ${sqlList(LOST)}) AS attention,
    (SELECT max(settled_at) FROM delivery WHERE connection_id = c.id AND state = 'delivered') AS "lastDeliveredAt",
    (SELECT min(created_at) FROM delivery WHERE connection_id = c.id AND state = 'due') AS "oldestDueAt",
    (SELECT min(deadline_at) FROM delivery WHERE connection_id = c.id AND state = 'due') AS "firstDeadline",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', worth::text, 'currency', currency) ORDER BY currency), '[]')
     FROM due_worth
     WHERE connection_id = c.id AND worth <> 0) AS "dueWorth",
    ${sqlFailedAttempt(sqlReason)} AS "lastError",
    (SELECT jsonb_build_object('nextTry', greatest(l.wake_at, l.held_until), 'since', coalesce((
       SELECT min(a.started_at)
       FROM attempt a
       WHERE a.connection_id = c.id AND a.failed AND a.finished_at IS NOT NULL AND a.started_at > coalesce((
         SELECT max(well.started_at)
         FROM attempt well
         WHERE well.connection_id = c.id AND well.finished_at IS NOT NULL AND NOT well.failed), '-infinity')
     ), b.opened_at, l.wake_at))
     FROM lane l
     LEFT JOIN host_breaker b ON b.host = l.host AND b.opened_at IS NOT NULL
     WHERE l.connection_id = c.id AND c.state = 'on' AND (l.failures > 0 OR b.host IS NOT NULL)
       AND EXISTS (SELECT 1 FROM delivery d WHERE d.connection_id = c.id AND d.state = 'due')) AS struggle,
    ${sqlTooLittle("$2")} AS "tooLittle"
  FROM connection c
  WHERE c.shop = $1 AND c.state <> 'disconnected'`;
