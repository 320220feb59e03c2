// Takes what is due out of a lane: at most one delivery per subject, the first, with its event.

import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";
import { sqlKeys, sqlOnly } from "../../events/keys.ts";
import type { Order } from "../../events/shopping.ts";
import type { KnownVisitor } from "../../events/visitor.ts";
import { sqlReason } from "../reasons.ts";

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
  /** For a state of an order: when the last of what is owed about its customer, who goes first, may go; null: none, or by its kind it is claimed before. */
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
/** SQL: of the shop of `d`, whom the web pixel has told of, by the first of these names that it knows. The kind is a column, so that only the key's own index will do. */
const visitorNamed = (...names: string[]) => `
      SELECT s.data
      FROM unnest(ARRAY[
        ${names.join(",\n        ")}
      ], array_fill('visitor'::text, ARRAY[${names.length}])) WITH ORDINALITY AS k (id, kind, place)
      CROSS JOIN LATERAL (
        SELECT data
        FROM snapshot
        WHERE shop = d.shop AND kind = k.kind AND id = k.id AND data ->> 'from' = 'pixel'
        LIMIT 1
      ) AS s
      ORDER BY k.place
      LIMIT 1`;
/** SQL: for what a row `d` (shop, subject, rank) and its event `e` tell of: its visitor, where they are asked for. */
export const sqlVisitor = (asked: string) => `
    CASE WHEN ${asked} AND d.rank <= 1 THEN (${visitorNamed(
      sqlKeys.subject("checkout", "(o.data ->> 'checkoutToken')"),
      sqlKeys.subject("cart", "(o.data ->> 'cartToken')"),
    )}
    ) WHEN ${asked} AND (${sqlKeys.isAbout("cart", "d.subject")} OR ${sqlKeys.isAbout("checkout", "d.subject")}) THEN (
      ${visitorNamed("d.subject", sqlKeys.subject("cart", "(e.data #>> '{checkout,cartToken}')"))}
    ) END`;
/** SQL: the state of the purchase that a refund `d` (shop, destination, account, subject, rank) takes off. */
export const SQL_PURCHASE = `
    CASE WHEN d.rank = 1 THEN (
      SELECT p.state
      FROM delivery p
      WHERE p.shop = d.shop AND p.destination = d.destination AND p.account = d.account
        AND p.key_hash = sha256(convert_to(${sqlKeys.purchase("d.subject")}, 'UTF8'))
    ) END`;
/** SQL: joins `o`, whose `data` is the order of an event `e`, and `told` that of a refund's purchase. */
export const SQL_ORDER = `
  LEFT JOIN LATERAL (
    SELECT data
    FROM event
    WHERE d.rank = 1 AND shop = d.shop AND ${sqlOnly("key", sqlKeys.purchase("d.subject"))}
    LIMIT 1
  ) AS p ON true
  CROSS JOIN LATERAL (
    SELECT p.data -> 'order' AS told, coalesce(nullif(e.data -> 'order', 'null'), p.data -> 'order') AS data
    OFFSET 0
  ) AS o`;
// Each "LIMIT 1" keeps the plan, a look-up by a unique key for each row: without statistics the planner would read all of a table instead.
const CLAIM = (order: string) => `
  SELECT d.id, e.data AS event, d.kind, d.attempts, d.asked AS "lookUps", ${sqlReason("d")} AS reason,
    d.doubt_since AS "doubtSince", d.only_ask AS "onlyLookUp", d.insisted, d.settled, d.deadline_at AS "deadlineAt",
    d.created_at AS "createdAt",${SQL_PURCHASE} AS purchase,
    o.told AS "order",${sqlVisitor("$4")} AS visitor,
    CASE WHEN $5 AND d.kind = 'order.updated' THEN (
      SELECT c.due_at
      FROM delivery_waits_for(d.connection_id, ${sqlKeys.subject("customer", "(o.data #>> '{customer,id}')")}, $2, $6)
        AS c (due_at)
      WHERE c.due_at IS NOT NULL
    ) END AS "customerDueAt"
  FROM delivery_next($1, $2, $3, $6) AS first (id)
  CROSS JOIN LATERAL (SELECT * FROM delivery WHERE id = first.id LIMIT 1) AS d
  CROSS JOIN LATERAL (SELECT data FROM event WHERE id = d.event_id AND data IS NOT NULL LIMIT 1) AS e
${SQL_ORDER}
  ORDER BY ${order}d.occurred_at, d.id`;
const CLAIM_URGENT = statement<Claimed, Asked>("claim-most-urgent")`${CLAIM("d.rank, ")}`;
const CLAIM_OLDEST = statement<Claimed, Asked>("claim-longest-waiting")`${CLAIM("")}`;

/** @returns the deliveries that may be sent now, the most urgent, or the longest waiting, first. */
export const claim = (
  sql: Sql,
  connectionId: string,
  { now, most, byAge, needsVisitor, customersFirst }: ClaimOptions,
) => sql.query(byAge ? CLAIM_OLDEST : CLAIM_URGENT, [connectionId, now, most, needsVisitor, customersFirst, byAge]);
