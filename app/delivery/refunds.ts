// Refunds are counted where their purchase was: those that waited for one, or were left out for want of one, are owed once it is.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import { because, NO_REASON } from "./reasons.ts";
import type { Road } from "./road.ts";

/** What a refund is told whose purchase is not known yet, and one whose purchase was not counted. */
export const WAITS = because("waits_for_purchase");
export const LEFT_OUT = because("purchase_not_counted");

const PATIENCE = 72 * 3_600_000;

// Only where the purchase is due. A refund goes after it; one that the vendor's window has closed on expires, and is shown.
const OWE = statement<never, [shop: string, subjects: string[], now: Date, windows: string]>("owe-refunds")`
  UPDATE delivery d
  SET state = 'due', due_at = $3, settled_at = NULL, ${NO_REASON},
    deadline_at = CASE
      WHEN d.state = 'due' OR w.span IS NOT NULL THEN d.deadline_at
      ELSE $3::timestamptz + ${PATIENCE} * interval '1 ms'
    END
  FROM delivery p, jsonb_to_recordset($4::jsonb) AS w (slug text, span numeric), event e
  WHERE p.shop = $1 AND p.subject = ANY ($2) AND p.connection_id IN (SELECT id FROM connection WHERE shop = $1)
    AND p.state = 'due' AND p.rank = 0
    AND e.shop = $1 AND e.subject = p.subject AND d.event_id = e.id AND e.data IS NOT NULL
    AND d.destination = p.destination AND d.account = p.account AND d.rank = 1 AND w.slug = d.destination
    AND d.connection_id IN (SELECT id FROM connection WHERE shop = $1 AND state IN ('on', 'paused'))
    AND (
      (d.state = 'due' AND d.reason_code = '${WAITS.code}')
      OR (d.state = 'skipped' AND d.reason_code = '${LEFT_OUT.code}'))`;

/** Within a transaction that holds the lanes. @param subjects orders whose purchase has become due. */
export async function oweRefunds(road: Road, sql: Sql, shop: string, subjects: string[]): Promise<void> {
  if (subjects.length === 0) return;
  const windows = JSON.stringify(road.destinations.map(({ slug, window }) => ({ slug, span: window ?? null })));
  await sql.query(OWE, [shop, [...new Set(subjects)], road.clock(), windows]);
}
