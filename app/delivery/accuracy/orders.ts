// What became of each order of some days at each connection, in SQL: every order stands in one place, so that the sums add up.
import { dayStarts, daysOf } from "../../base/days.ts";
import type { Reason } from "../../base/reason.ts";
import type { Range } from "../../destinations/destination.ts";
import { because, sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";

/** In the order in which they are told. `before`: placed before the connection was made. */
export const OUTCOMES = ["sent", "skipped", "waiting", ...LOST, "before"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the statements tell. Of the last three there is no delivery that could have a reason. */
const BECAME = [...OUTCOMES, "off", "cancelled", "unpaid"] as const;
export type Became = (typeof BECAME)[number];
const BY_ITSELF: Partial<Record<Became, { outcome: Outcome; reason: Reason }>> = {
  off: { outcome: "skipped", reason: because("off_when_it_came") },
  cancelled: { outcome: "skipped", reason: because("cancelled_unpaid") },
  unpaid: { outcome: "waiting", reason: because("not_paid_yet") },
};
export const outcomeOf = (became: Became): Outcome => BY_ITSELF[became]?.outcome ?? (became as Outcome);
export const reasonOf = (became: Became, reason: Reason | null): Reason | null => BY_ITSELF[became]?.reason ?? reason;
export const becameOf = (outcomes: readonly Outcome[]): Became[] =>
  BECAME.filter((one) => outcomes.includes(outcomeOf(one)));

/** The first parameters of every statement that has ORDERS. */
export type Asked = [shop: string, starts: Date[], sheets: string, connectionId: string | null];

export const asked = (road: Road, shop: string, range: Range, timeZone: string, id: string | null): Asked => [
  shop,
  dayStarts(daysOf(range), timeZone),
  JSON.stringify(road.destinations.map(({ slug, on }) => ({ slug, states: on["order.placed"] === undefined }))),
  id,
];

const BEFORE = because("before_connection").code;
const happened = (kind: "order.paid" | "order.cancelled") =>
  `EXISTS (SELECT FROM event x WHERE x.shop = $1 AND x.subject = p.subject AND x.kind = '${kind}')`;

/** SQL: the connections that are asked about; `of` is by what a count of one is known: another one was counted by other rules. */
export const CONNECTED = `
  connected AS (
    SELECT c.id, c.destination, c.account, c.created_at, sheet.states,
      date_trunc('second', c.created_at) AS since,
      coalesce(c.rules ->> 'purchaseWhen' = 'paid', false) AS paid,
      (c.rules ->> 'purchaseWhenSince')::timestamptz AS "paidSince",
      md5(jsonb_build_array(c.destination, c.account, extract(epoch FROM c.created_at), sheet.states,
        c.rules -> 'purchaseWhen', c.rules -> 'purchaseWhenSince')::text) AS of
    FROM connection c
    JOIN jsonb_to_recordset($3::jsonb) AS sheet (slug text, states boolean) ON sheet.slug = c.destination
    WHERE c.shop = $1 AND c.state <> 'disconnected' AND ($4::text IS NULL OR c.id::text = $4))`;

/**
 * SQL: common table expressions; `seen` has a row for each order that was placed in these days and each connection, or the one that is asked for.
 * A vendor that is told no purchases has the newest state of the order. A purchase stands under its account, whoever was connected to it then.
 * An order's deliveries are looked up once for all connections: MATERIALIZED keeps PostgreSQL from looking them up for each.
 */
export const ORDERS = `${CONNECTED},
  placed AS (
    SELECT id, subject, occurred_at AS at, width_bucket(occurred_at, $2::timestamptz[]) - 1 AS day
    FROM event
    WHERE shop = $1 AND kind = 'order.placed'
      AND occurred_at >= ($2::timestamptz[])[1] AND occurred_at < ($2::timestamptz[])[cardinality($2::timestamptz[])]),
  seen AS (
    SELECT c.id AS connection, c.created_at, p.id, p.subject, p.at, p.day, c.delivery, c.already_had, c.dismissed_at,
      ${sqlReason("c")} AS reason, c.worth, c.currency,
      CASE
        WHEN c.state = 'delivered' THEN 'sent'
        WHEN c.state = 'due' THEN 'waiting'
        WHEN c.state IN ${sqlList(LOST)} THEN c.state
        WHEN c.reason_code = '${BEFORE}' THEN 'before'
        WHEN c.state = 'skipped' THEN 'skipped'
        WHEN p.at < c.since THEN 'before'
        WHEN c.states OR c.paid = coalesce(p.at < c."paidSince", false) OR ${happened("order.paid")} THEN 'off'
        WHEN ${happened("order.cancelled")} THEN 'cancelled'
        ELSE 'unpaid'
      END AS became
    FROM placed p
    CROSS JOIN LATERAL (
      WITH told AS MATERIALIZED (
        SELECT DISTINCT ON (destination, account, kind = 'order.updated')
          id AS delivery, destination, account, kind = 'order.updated' AS states, state, reason_code, reason_values,
          already_had, dismissed_at, worth, currency
        FROM delivery
        WHERE shop = $1 AND subject = p.subject AND kind IN ('order.placed', 'order.paid', 'order.updated')
          AND state <> 'superseded'
        ORDER BY destination, account, kind = 'order.updated', version DESC, id DESC)
      SELECT c.*, d.delivery, d.state, d.reason_code, d.reason_values, d.already_had, d.dismissed_at,
        coalesce(d.worth, (SELECT max(worth) FROM told)) AS worth,
        coalesce(d.currency, (SELECT max(currency) FROM told)) AS currency
      FROM connected c
      LEFT JOIN told d ON d.destination = c.destination AND d.account = c.account AND d.states = c.states
    ) c)`;

/** SQL: `told`, what order `s` of `seen` was worth when it was heard of first; NULL where its data is gone and nobody was owed its purchase. */
export const WORTH = `
    LEFT JOIN LATERAL (
      SELECT s.worth, s.currency
      WHERE s.worth IS NOT NULL
      UNION ALL
      SELECT (data #>> '{order,amounts,total}')::numeric, data #>> '{order,amounts,currency}'
      FROM event
      WHERE s.worth IS NULL AND id = s.id AND data IS NOT NULL
      LIMIT 1
    ) told ON true`;
