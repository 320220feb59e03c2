// Takes what is due out of a lane: at most one delivery per subject, the first, with its event.

import type { Database, Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { sqlKeys } from "../../events/keys.ts";
import type { Order } from "../../events/shopping.ts";
import type { KnownVisitor } from "../../events/visitor.ts";
import { because, type RoadCode, sqlReason, sqlSetCode, told } from "../reasons.ts";
import { holdLease, type Lease } from "./lane.ts";

export interface Claimed {
  id: string;
  event: Event;
  kind: string;
  attempts: number;
  /** How often the vendor was asked whether it has it. */
  lookUps: number;
  /** What was last said of it. */
  reason: Reason | null;
  doubtSince: Date | null;
  /** Its time to be sent is over; the vendor may still be asked whether it has it. */
  onlyLookUp: boolean;
  /** A person wants it sent again, also where the vendor cannot tell whether it has it. */
  insisted: boolean;
  /** Numbers of its messages that are settled. */
  settled: number[];
  deadlineAt: Date;
  createdAt: Date;
  /** For a refund: the state of its purchase's delivery; null where there is none. */
  purchase: string | null;
  /** For a refund that came without its order: the order as its purchase told it. */
  order: Order | null;
  /** For a cart, a checkout, a purchase or a refund: whom the web pixel has told of by now. */
  visitor: KnownVisitor | null;
  /** For a state of an order: when its customer, who goes first, is tried again. */
  customerDueAt: Date | null;
}

export interface ClaimOptions {
  now: Date;
  most: number;
  /** What waits longest, whatever its kind; else the most urgent kinds go first. */
  byAge: boolean;
  /** The destination's events depend on who the visitor was, or on their consent. */
  needsVisitor: boolean;
  /** The destination keeps customers: an order goes after its customer. */
  customersFirst: boolean;
}

type Asked = [
  connectionId: string,
  now: Date,
  most: number,
  needsVisitor: boolean,
  customersFirst: boolean,
  byAge: boolean,
];
/** SQL: whom the web pixel has told of, by the first of these names that it knows. */
const visitorNamed = (...names: string[]) => `
      SELECT s.data
      FROM snapshot s
      JOIN unnest(ARRAY[
        ${names.join(",\n        ")}
      ]) WITH ORDINALITY AS k (id, place) ON s.id = k.id
      WHERE s.shop = d.shop AND s.kind = 'visitor' AND s.data ->> 'from' = 'pixel'
      ORDER BY k.place
      LIMIT 1`;
const CLAIM = (order: string) => `
  SELECT d.id, e.data AS event, d.kind, d.attempts, d.asked AS "lookUps", ${sqlReason("d")} AS reason, d.doubt_since AS "doubtSince",
    d.only_ask AS "onlyLookUp", d.insisted, d.settled, d.deadline_at AS "deadlineAt", d.created_at AS "createdAt",
    CASE WHEN d.rank = 1 THEN (
      SELECT p.state
      FROM delivery p
      WHERE p.shop = d.shop AND p.destination = d.destination AND p.account = d.account
        AND p.key_hash = sha256(convert_to(${sqlKeys.purchase("d.subject")}, 'UTF8'))
    ) END AS purchase,
    o.told AS "order",
    CASE WHEN $4 AND d.rank <= 1 THEN (${visitorNamed(
      sqlKeys.subject("checkout", "(o.data ->> 'checkoutToken')"),
      sqlKeys.subject("cart", "(o.data ->> 'cartToken')"),
    )}
    ) WHEN $4 AND (${sqlKeys.isAbout("cart", "d.subject")} OR ${sqlKeys.isAbout("checkout", "d.subject")}) THEN (
      ${visitorNamed("d.subject", sqlKeys.subject("cart", "(e.data #>> '{checkout,cartToken}')"))}
    ) END AS visitor,
    CASE WHEN $5 AND d.kind = 'order.updated' THEN (
      SELECT greatest(max(c.due_at), CASE WHEN $6 THEN $2 + interval '1 s' END)
      FROM delivery c
      WHERE c.connection_id = d.connection_id AND c.state = 'due'
        AND c.subject = ${sqlKeys.subject("customer", "(o.data #>> '{customer,id}')")}
        AND (c.due_at > $2 OR $6) AND c.due_at < c.deadline_at
      HAVING count(*) > 0
    ) END AS "customerDueAt"
  FROM delivery_next($1, $2, $3, $6) AS first (id)
  JOIN delivery d ON d.id = first.id
  JOIN event e ON e.id = d.event_id AND e.data IS NOT NULL
  LEFT JOIN event p ON d.rank = 1 AND p.shop = d.shop AND p.key = ${sqlKeys.purchase("d.subject")}
  CROSS JOIN LATERAL (
    SELECT p.data -> 'order' AS told, coalesce(nullif(e.data -> 'order', 'null'), p.data -> 'order') AS data
  ) AS o
  ORDER BY ${order}d.occurred_at, d.id`;
const CLAIM_URGENT = statement<Claimed, Asked>("claim-most-urgent")`${CLAIM("d.rank, ")}`;
const CLAIM_OLDEST = statement<Claimed, Asked>("claim-longest-waiting")`${CLAIM("")}`;

/** @returns the deliveries that may be sent now, the most urgent, or the longest waiting, first. */
export const claim = (
  sql: Sql,
  connectionId: string,
  { now, most, byAge, needsVisitor, customersFirst }: ClaimOptions,
) => sql.query(byAge ? CLAIM_OLDEST : CLAIM_URGENT, [connectionId, now, most, needsVisitor, customersFirst, byAge]);

// While a vendor is ill only a probe is tried: what waited behind it tells of the probe's failure.
const LAST_FAILURE = `(SELECT ${sqlReason("o")} FROM lane l
   CROSS JOIN LATERAL (SELECT deliveries FROM attempt a WHERE a.connection_id = l.connection_id AND a.finished_at IS NOT NULL
     AND a.failed ORDER BY a.started_at DESC LIMIT 1) AS failed
   JOIN delivery o ON o.id = ANY (failed.deliveries) WHERE l.connection_id = $1 AND l.failures > 0 AND o.reason_code IS NOT NULL LIMIT 1)`;

// An order that waited for its customer to the end: what failed was the customer's.
const WAITS_FOR_CUSTOMER = because("waits_for_customer").code;
const OTHERS_FAILURE = `(SELECT ${sqlReason("o")} FROM delivery o WHERE o.connection_id = $1 AND o.state = 'due' AND o.deadline_at <= $2
   AND o.reason_code <> '${WAITS_FOR_CUSTOMER}' LIMIT 1)`;

/** So long a vendor that is away is asked about what is in doubt and may not be sent any more. */
const LOOKED_UP_FOR_MS = 72 * 3_600_000;
const LAST = `coalesce(CASE WHEN d.reason_code <> '${WAITS_FOR_CUSTOMER}' THEN ${sqlReason("d")} END, ${LAST_FAILURE}, ${OTHERS_FAILURE})`;
const EXPIRE = `
  UPDATE delivery d SET state = e.state, only_ask = d.only_ask OR e.state = 'due',
    settled_at = CASE WHEN e.state <> 'due' THEN $2::timestamptz END,
    due_at = CASE WHEN e.state = 'due' THEN $2 ELSE d.due_at END,
    deadline_at = CASE WHEN e.state = 'due' THEN $2::timestamptz + $4 * interval '1 ms' ELSE d.deadline_at END,
    reason_code = CASE e.state WHEN 'expired' THEN CASE WHEN e.last IS NULL THEN '${because("too_late").code}' ELSE '${"too_late_last" satisfies RoadCode}' END
      WHEN 'unknown' THEN '${because("doubt_over").code}' ELSE '${because("only_asked").code}' END,
    reason_values = CASE WHEN e.state = 'expired' AND e.last IS NOT NULL THEN jsonb_build_object('last', e.last) ELSE '{}' END
  FROM (SELECT d.id, s.state, CASE WHEN s.state = 'expired' THEN ${LAST} END AS last FROM delivery d
    CROSS JOIN LATERAL (SELECT CASE WHEN doubt_since IS NULL THEN 'expired' WHEN $3 AND NOT only_ask THEN 'due' ELSE 'unknown' END AS state) AS s
    WHERE connection_id = $1 AND d.state = 'due' AND deadline_at <= $2) AS e
  WHERE d.id = e.id`;

/**
 * Ends what nobody may send any more: the vendor's window, or the time that we try, is over.
 * @param canLookUp what is in doubt is not given up yet: the vendor is asked about it first. @throws LeaseLost
 */
export async function expire(db: Database, lease: Lease, now: Date, canLookUp: boolean): Promise<void> {
  const { connectionId } = lease;
  const [row] = await db.query<{ late: boolean | null }>("SELECT delivery_next_deadline($1) <= $2 AS late", [
    connectionId,
    now,
  ]);
  if (!row?.late) return;
  await db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await sql.query(EXPIRE, [connectionId, now, canLookUp, LOOKED_UP_FOR_MS]);
  });
}

/**
 * Attempts whose runner died before the answer: what they carried is in doubt since they began.
 * Only the lane's new owner may say so; the old one cannot write any more.
 */
export async function adoptOrphans(sql: Sql, connectionId: string, epoch: string, now: Date): Promise<void> {
  await sql.query(
    `WITH orphan AS (
       UPDATE attempt SET finished_at = $3, outcome = 'doubt', failed = true, answer = $4
       WHERE connection_id = $1 AND finished_at IS NULL AND epoch < $2 RETURNING deliveries, started_at)
     UPDATE delivery d SET doubt_since = least(d.doubt_since, o.started_at), insisted = false, ${sqlSetCode("worker_ended")}
     FROM (SELECT unnest(deliveries) AS id, min(started_at) AS started_at FROM orphan GROUP BY 1) o
     WHERE d.id = o.id AND d.state = 'due'`,
    [connectionId, epoch, now, told({ destinations: [] }, because("worker_ended"))],
  );
}
