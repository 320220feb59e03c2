// Refunds are counted where their purchase was: those that waited for one, or were left out for want of one, are owed once it is.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import { sqlKeys, sqlOnly } from "../events/keys.ts";
import { because, NO_REASON } from "./reasons.ts";
import type { Road } from "./road.ts";

/** What a refund is told whose purchase is not known yet, and one whose purchase was not counted. */
export const WAITS = because("waits_for_purchase");
export const LEFT_OUT = because("purchase_not_counted");

const PATIENCE = 72 * 3_600_000;

const OF_ORDERS = statement<{ id: string }, [shop: string, subjects: string[]]>("refunds-of-orders")`
  SELECT e.id
  FROM unnest($2::text[]) AS o (subject)
  CROSS JOIN LATERAL (
    SELECT id, kind, data IS NOT NULL AS kept
    FROM event
    WHERE shop = $1 AND ${sqlOnly("subject", "o.subject")}
    OFFSET 0
  ) AS e
  WHERE delivery_rank(e.kind) = 1 AND e.kept`;

// By a CASE, for an OR the planner may read all that is due. Only where the purchase is due. A refund goes after it; one that the vendor's window has closed on expires, and is shown.
const OWE = statement<never, [shop: string, events: string[], now: Date, windows: string]>("owe-refunds")`
  UPDATE delivery d
  SET state = 'due', due_at = $3, settled_at = NULL, ${NO_REASON},
    deadline_at = CASE
      WHEN d.state = 'due' OR w.span IS NOT NULL THEN d.deadline_at
      ELSE $3::timestamptz + ${PATIENCE} * interval '1 ms'
    END
  FROM jsonb_to_recordset($4::jsonb) AS w (slug text, span numeric)
  WHERE d.event_id = ANY ($2::bigint[]) AND d.rank = 1 AND w.slug = d.destination AND (
      SELECT p.state = 'due' AND p.connection_id IN (SELECT id FROM connection WHERE shop = $1)
      FROM delivery p
      WHERE p.shop = $1 AND p.destination = d.destination AND p.account = d.account
        AND p.key_hash = sha256(convert_to(${sqlKeys.purchase("d.subject")}, 'UTF8')))
    AND d.connection_id IN (SELECT id FROM connection WHERE shop = $1 AND state IN ('on', 'paused'))
    AND CASE d.state
      WHEN 'due' THEN d.reason_code = '${WAITS.code}'
      WHEN 'skipped' THEN d.reason_code = '${LEFT_OUT.code}'
    END`;

/** Within a transaction that holds the lanes. @param subjects orders whose purchase has become due. */
export async function oweRefunds(road: Road, sql: Sql, shop: string, subjects: string[]): Promise<void> {
  if (subjects.length === 0) return;
  const refunds = await sql.query(OF_ORDERS, [shop, [...new Set(subjects)]]);
  if (refunds.length === 0) return;
  const windows = JSON.stringify(road.destinations.map(({ slug, window }) => ({ slug, span: window ?? null })));
  await sql.query(OWE, [shop, refunds.map(({ id }) => id), road.clock(), windows]);
}
