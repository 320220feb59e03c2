// What is a cause for an alert now: each a statement on sets, over all shops.
import type { Sql } from "../../base/database.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { PAUSED_BY_MERCHANT, type RoadCode, sqlReason } from "../reasons.ts";
import { WAITS } from "../refunds.ts";
import { LOST, sqlList } from "../states.ts";
import { sqlLimit } from "./limits.ts";

/** paused: a pause that we made · late: something waits too long · failing: too much of it ends without arriving · quota: the vendor warns that a limit is nearly used up · silent: orders came and nothing was delivered · accuracy: too few of the last days' orders arrived · embed: the theme app embed is off again · reconnect: Shopify takes the app's token no more. The last two are the shop's, not a connection's. */
export type AlertKind = "paused" | "late" | "failing" | "quota" | "silent" | "accuracy" | "embed" | "reconnect";

export interface Cause {
  shop: string;
  /** null: of the shop as a whole. */
  connectionId: string | null;
  kind: AlertKind;
  reason: Reason;
}

type OfConnection = Cause & { connectionId: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATE_MINUTES = 15;
/** Fewer are no share to judge by. */
const ENOUGH = 20;

/** SQL: the columns of a cause of the connection `c`. @param values beside its name: an expression of jsonb. */
const cause = (kind: AlertKind, code: RoadCode, values = "'{}'") =>
  `c.shop, c.id AS "connectionId", '${kind}' AS kind,
    jsonb_build_object('code', '${code}', 'values', jsonb_build_object('name', c.name) || ${values}) AS reason`;
const ofShop = (kind: AlertKind, code: RoadCode) =>
  `s.domain AS shop, NULL::uuid AS "connectionId", '${kind}' AS kind,
    jsonb_build_object('code', '${code}', 'values', jsonb_build_object()) AS reason`;

const WHY = `jsonb_build_object('reason', ${sqlReason("c")})`;
const CHANNEL = `jsonb_build_object(
          'code', '${"sheet_word" satisfies RoadCode}',
          'values', jsonb_build_object('slug', c.destination, 'key', 'channels.' || key, 'english', key))`;
const PAUSED_CHANNEL = `jsonb_build_object(
        'code', '${"paused_channel" satisfies RoadCode}',
        'values', jsonb_build_object('channel', ${CHANNEL}, 'reason', value))`;
const CHANNELS = `jsonb_build_object(
      'channels', (SELECT jsonb_agg(${PAUSED_CHANNEL} ORDER BY key) FROM jsonb_each(l.paused_channels)))`;

// The merchant's own pause is no news to them.
const PAUSED = statement<OfConnection>("alerts-of-pauses")`
  SELECT ${cause("paused", "alert_paused", WHY)}
  FROM connection c
  WHERE c.state = 'paused' AND c.reason_code <> '${PAUSED_BY_MERCHANT}'
  UNION ALL
  SELECT ${cause("paused", "alert_paused_why")}
  FROM connection c
  WHERE c.state = 'paused' AND c.reason_code IS NULL
  UNION ALL
  SELECT ${cause("paused", "alert_paused_for", CHANNELS)}
  FROM connection c
  JOIN lane l ON l.connection_id = c.id
  WHERE c.state = 'on' AND l.paused_channels <> '{}'`;

// The vendor's own words change with every request; the connection's page has them.
const QUOTA = statement<OfConnection>("alerts-of-quotas")`
  SELECT ${cause("quota", "alert_quota")}
  FROM connection c
  JOIN lane l ON l.connection_id = c.id
  WHERE c.state = 'on' AND l.warning IS NOT NULL`;

// What a paused channel holds back is due at its deadline, and a refund may wait for its purchase: neither is late.
// What a backfill owes waits for all the rest, for as long as that takes. After a pause all that waited has the limit's time again.
const LATE = statement<OfConnection, [since: Date, now: Date]>("alerts-of-what-is-late")`
  SELECT ${cause("late", "alert_late", `jsonb_build_object('minutes', '${LATE_MINUTES}')`)}
  FROM connection c
  WHERE c.state = 'on' AND c.changed_at < $1
    AND EXISTS (
      SELECT 1
      FROM delivery d
      WHERE d.connection_id = c.id AND d.state = 'due' AND d.created_at < $1 AND d.deadline_at > $2
        AND NOT d.later AND d.due_at < d.deadline_at AND d.reason_code IS DISTINCT FROM '${WAITS.code}')`;

// Of those that arrived no more are counted than would make the share too small.
const FAILS = statement<OfConnection, [since: Date, atLeast: number]>("alerts-of-failures")`
  SELECT ${cause("failing", "alert_failing", "jsonb_build_object('percent', limits.percent::text)")}
  FROM connection c
  JOIN shop s ON s.domain = c.shop
  CROSS JOIN LATERAL (SELECT ${sqlLimit("failing")} AS percent) limits
  CROSS JOIN LATERAL (
    SELECT count(*) AS count
    FROM delivery d
    WHERE d.connection_id = c.id AND d.state IN ${sqlList(LOST)} AND d.settled_at > $1 AND d.dismissed_at IS NULL
  ) lost
  CROSS JOIN LATERAL (
    SELECT count(*) AS count
    FROM (
      SELECT 1
      FROM delivery d
      WHERE d.connection_id = c.id AND d.state = 'delivered' AND d.settled_at > $1
      LIMIT lost.count * 100 / limits.percent + $2::int
    ) counted
  ) arrived
  WHERE c.state IN ('on', 'paused') AND lost.count > 0 AND lost.count + arrived.count >= $2::int
    AND lost.count * 100 > limits.percent * (lost.count + arrived.count)`;

// What is rightly not sent is no silence, nor is a quiet night: an order must have had the time that makes others late.
const SILENT = statement<OfConnection, [now: Date, lateSince: Date]>("alerts-of-silence")`
  SELECT ${cause("silent", "alert_silent", "jsonb_build_object('hours', limits.hours::text)")}
  FROM connection c
  JOIN shop s ON s.domain = c.shop
  CROSS JOIN LATERAL (SELECT ${sqlLimit("silentHours")} AS hours) limits
  CROSS JOIN LATERAL (SELECT $1::timestamptz - limits.hours * interval '1 hour' AS since) quiet
  WHERE c.state = 'on' AND c.changed_at < quiet.since
    AND NOT EXISTS (
      SELECT 1
      FROM delivery d
      WHERE d.connection_id = c.id AND d.state = 'delivered' AND d.settled_at > quiet.since)
    AND EXISTS (
      SELECT 1
      FROM event e
      JOIN delivery d ON d.event_id = e.id AND d.connection_id = c.id
      WHERE e.shop = c.shop AND e.kind = 'order.placed' AND e.occurred_at > quiet.since AND e.occurred_at < $2
        AND NOT d.later AND (d.state = 'due' OR d.state IN ${sqlList(LOST)} AND d.dismissed_at IS NULL))`;

// As it was looked at last (accuracy.ts). How many they are changes every hour, and is not told again for that.
const ACCURACY = statement<OfConnection, [atLeast: number]>("alerts-of-accuracy")`
  SELECT ${cause("accuracy", "alert_accuracy", "jsonb_build_object('percent', limits.percent::text)")}
  FROM shop s
  CROSS JOIN LATERAL jsonb_each(s.accuracy) a
  JOIN connection c ON c.id::text = a.key AND c.shop = s.domain
  CROSS JOIN LATERAL (SELECT ${sqlLimit("accuracy")} AS percent) limits
  WHERE c.state IN ('on', 'paused') AND (a.value ->> 'orders')::int >= $1::int
    AND (a.value ->> 'arrived')::int * 100 < limits.percent * (a.value ->> 'orders')::int`;

const OF_SHOPS = statement<Cause>("alerts-of-shops")`
  SELECT ${ofShop("embed", "alert_embed")}
  FROM shop s
  WHERE s.uninstalled_at IS NULL AND s.embed_on = false AND s.embed_was_on
  UNION ALL
  SELECT ${ofShop("reconnect", "alert_reconnect")}
  FROM shop s
  WHERE s.uninstalled_at IS NULL AND s.token_dead_at IS NOT NULL`;

export async function causesOf(sql: Sql, now: Date): Promise<Cause[]> {
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const lateSince = ago(LATE_MINUTES * MINUTE);
  return [
    ...(await sql.query(PAUSED)),
    ...(await sql.query(QUOTA)),
    ...(await sql.query(LATE, [lateSince, now])),
    ...(await sql.query(FAILS, [ago(HOUR), ENOUGH])),
    ...(await sql.query(SILENT, [now, lateSince])),
    ...(await sql.query(ACCURACY, [ENOUGH])),
    ...(await sql.query(OF_SHOPS)),
  ];
}
