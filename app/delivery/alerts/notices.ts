// What is to be told of alerts, in each of the ways that a shop has: written down with the alert, so that no crash loses it.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { sqlReason } from "../reasons.ts";
import type { AlertKind } from "./causes.ts";
import type { Way } from "./ways.ts";

export const MOST_ATTEMPTS = 3;
const AT_ONCE = 50;

const WAYS = `LATERAL (VALUES ('webhook', s.alert_url IS NOT NULL), ('slack', s.alert_slack IS NOT NULL),
    ('mail', s.alert_mail IS NOT NULL)) AS w (way, wanted)`;

// A way that is new hears of what is open.
const RAISED = statement<never, [now: Date]>("tell-alerts-raised")`
  INSERT INTO alert_notice (shop, alert_id, way, what, of, due_at)
  SELECT a.shop, a.id, w.way, 'raised', a.told_at, $1
  FROM alert a
  JOIN shop s ON s.domain = a.shop
  CROSS JOIN ${WAYS}
  WHERE a.ended_at IS NULL AND s.uninstalled_at IS NULL AND w.wanted
    AND NOT EXISTS (
      SELECT 1
      FROM alert_notice n
      WHERE n.alert_id = a.id AND n.way = w.way AND n.what = 'raised' AND n.of = a.told_at)`;
const FORGET = statement<never, [ended: string[]]>("forget-unsent-notices")`
  DELETE FROM alert_notice
  WHERE alert_id = ANY ($1::bigint[]) AND what = 'raised' AND sent_at IS NULL`;
// Whoever heard of it, hears of its end, once; what was switched off meanwhile has not recovered.
const RECOVERED = statement<never, [ended: string[], now: Date]>("tell-alerts-recovered")`
  INSERT INTO alert_notice (shop, alert_id, way, what, of, due_at)
  SELECT a.shop, a.id, n.way, 'recovered', a.told_at, $2
  FROM alert a
  JOIN alert_notice n ON n.alert_id = a.id AND n.what = 'raised' AND n.of = a.told_at AND n.sent_at IS NOT NULL
  LEFT JOIN connection c ON c.id = a.connection_id
  WHERE a.id = ANY ($1::bigint[]) AND (a.connection_id IS NULL OR c.state = 'on')
  ON CONFLICT (alert_id, way, what, of) DO NOTHING`;

export const tellRaised = (sql: Sql, now: Date) => sql.query(RAISED, [now]);

export async function tellRecovered(sql: Sql, ended: string[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  await sql.query(FORGET, [ended]);
  await sql.query(RECOVERED, [ended, now]);
}

export interface Notice {
  id: string;
  shop: string;
  way: Way;
  what: "raised" | "recovered";
  kind: AlertKind;
  reason: Reason;
  since: Date;
  connection: string | null;
  destination: string | null;
}

// Counted before it is sent: one that ends the process is not tried for ever.
const TAKE = statement<Notice, [now: Date, mostAttempts: number, atOnce: number]>("take-notices-to-send")`
  UPDATE alert_notice n
  SET attempts = attempts + 1, due_at = $1::timestamptz + (attempts * 5 + 1) * interval '50 seconds'
  FROM alert a
  LEFT JOIN connection c ON c.id = a.connection_id
  WHERE a.id = n.alert_id
    AND n.id IN (
      SELECT id
      FROM alert_notice
      WHERE sent_at IS NULL AND attempts < $2 AND due_at <= $1
      ORDER BY due_at, id
      LIMIT $3
      FOR UPDATE SKIP LOCKED)
  RETURNING n.id, n.shop, n.way, n.what, a.kind, ${sqlReason("a")} AS reason, a.since, c.name AS connection,
    a.destination`;

export const takeNotices = (sql: Sql, now: Date) => sql.query(TAKE, [now, MOST_ATTEMPTS, AT_ONCE]);

const NOTE = statement<never, [id: string, sentAt: Date | null, failure: string | null]>("note-notice-sent")`
  UPDATE alert_notice
  SET sent_at = $2, reason_code = $3::jsonb ->> 'code', reason_values = $3::jsonb -> 'values'
  WHERE id = $1`;

/** @param failure null: it got there. */
export const noteNotice = (sql: Sql, id: string, now: Date, failure: Reason | null) =>
  sql.query(NOTE, [id, failure ? null : now, failure && keptJson(failure)]);
