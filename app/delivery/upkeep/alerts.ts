// Alerts: what a merchant is told of by itself; raised and ended by the upkeep, read by the pages.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { PAUSED_BY_MERCHANT, type RoadCode, sqlReason, sqlSetReason } from "../reasons.ts";
import { WAITS } from "../refunds.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";

export interface Alert {
  id: string;
  connectionId: string;
  connectionName: string;
  destination: string;
  /** paused: a pause that we made · late: something waits too long · failing: too much of it ends without arriving · quota: the vendor warns that a limit is nearly used up. */
  kind: "paused" | "late" | "failing" | "quota";
  says: Reason;
  since: Date;
}

const MINUTE = 60_000;
const LATE_MINUTES = 15;
const FAILING = { percent: 20, of: 20 };
/** None is told twice within it, per connection and kind. */
const QUIET = 60 * MINUTE;

const OPEN = statement<Omit<Alert, "says"> & { reason: Reason }, [shop: string]>("open-alerts")`
  SELECT a.id, a.connection_id AS "connectionId", c.name AS "connectionName", a.destination, a.kind,
    ${sqlReason("a")} AS reason, a.since
  FROM alert a
  JOIN connection c ON c.id = a.connection_id
  WHERE a.shop = $1 AND a.ended_at IS NULL
  ORDER BY a.since DESC, a.id DESC`;

/** The open ones, the newest first. */
export async function openAlerts(road: Road, shop: string): Promise<Alert[]> {
  const alerts = await road.db.query(OPEN, [shop]);
  return alerts.map(({ reason, ...alert }) => ({ ...alert, says: reason }));
}

/** Raises what has a cause now, and ends what has none any more. */
export async function raiseAlerts(road: Road): Promise<void> {
  const now = road.clock();
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  await road.db.transaction(async (sql) => {
    const causes = [
      ...(await sql.query(PAUSED)),
      ...(await sql.query(QUOTA)),
      ...(await sql.query(LATE, [ago(LATE_MINUTES * MINUTE), now])),
      ...(await sql.query(FAILS, [ago(60 * MINUTE), FAILING.percent, FAILING.of])),
    ];
    const said = JSON.stringify(causes);
    await sql.query(END, [said, now]);
    await sql.query(REOPEN, [said, now, ago(QUIET)]);
    await sql.query(RAISE, [said, now]);
  });
}

interface Cause {
  connectionId: string;
  kind: Alert["kind"];
  reason: Reason;
}

/** SQL: the columns of a cause of the connection `c`. @param values beside its name: an expression of jsonb. */
const cause = (kind: Alert["kind"], code: RoadCode, values = "'{}'") =>
  `c.id AS "connectionId", '${kind}' AS kind,
    jsonb_build_object('code', '${code}', 'values', jsonb_build_object('name', c.name) || ${values}) AS reason`;

const WHY = `jsonb_build_object('reason', ${sqlReason("c")})`;
const PAUSED_CHANNEL = `jsonb_build_object(
        'code', '${"paused_channel" satisfies RoadCode}',
        'values', jsonb_build_object('channel', key, 'reason', value))`;
const CHANNELS = `jsonb_build_object(
      'channels', (SELECT jsonb_agg(${PAUSED_CHANNEL} ORDER BY key) FROM jsonb_each(l.paused_channels)))`;

// The merchant's own pause is no news to them.
const PAUSED = statement<Cause>("alerts-of-pauses")`
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
const QUOTA = statement<Cause>("alerts-of-quotas")`
  SELECT ${cause("quota", "alert_quota")}
  FROM connection c
  JOIN lane l ON l.connection_id = c.id
  WHERE c.state = 'on' AND l.warning IS NOT NULL`;

// What a paused channel holds back is due at its deadline, and a refund may wait for its purchase: neither is late.
// What a backfill owes waits for all the rest, for as long as that takes. After a pause all that waited has the limit's time again.
const LATE = statement<Cause, [since: Date, now: Date]>("alerts-of-what-is-late")`
  SELECT ${cause("late", "alert_late", `jsonb_build_object('minutes', '${LATE_MINUTES}')`)}
  FROM connection c
  WHERE c.state = 'on' AND c.changed_at < $1
    AND EXISTS (
      SELECT 1
      FROM delivery d
      WHERE d.connection_id = c.id AND d.state = 'due' AND d.created_at < $1 AND d.deadline_at > $2
        AND NOT d.later AND d.due_at < d.deadline_at AND d.reason_code IS DISTINCT FROM '${WAITS.code}')`;

// Of those that arrived no more are counted than would make the share too small.
const FAILS = statement<Cause, [since: Date, percent: number, atLeast: number]>("alerts-of-failures")`
  SELECT ${cause("failing", "alert_failing", "jsonb_build_object('percent', $2::int::text)")}
  FROM connection c
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
      LIMIT lost.count * 100 / $2::int + $3::int
    ) counted
  ) arrived
  WHERE c.state IN ('on', 'paused') AND lost.count > 0 AND lost.count + arrived.count >= $3::int
    AND lost.count * 100 > $2::int * (lost.count + arrived.count)`;

const SAID = `jsonb_to_recordset($1::jsonb) AS s ("connectionId" uuid, kind text, reason jsonb)`;

const END = statement<never, [said: string, now: Date]>("end-alerts")`
  UPDATE alert a
  SET ended_at = $2
  WHERE a.ended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM ${SAID} WHERE s."connectionId" = a.connection_id AND s.kind = a.kind)`;

// One that comes back within the hour goes on silently; one that says something new is told again once the hour is over.
const REOPEN = statement<never, [said: string, now: Date, quietSince: Date]>("reopen-alerts")`
  UPDATE alert a
  SET ended_at = NULL, ${sqlSetReason("s.reason")},
    told_at = CASE WHEN a.told_at < $3 THEN $2 ELSE a.told_at END,
    posted_at = CASE WHEN a.told_at < $3 THEN NULL ELSE a.posted_at END,
    post_attempts = CASE WHEN a.told_at < $3 THEN 0 ELSE a.post_attempts END
  FROM ${SAID}
  WHERE a.connection_id = s."connectionId" AND a.kind = s.kind AND (
    (a.ended_at IS NULL AND a.told_at < $3
      AND (a.reason_code, a.reason_values) IS DISTINCT FROM (s.reason ->> 'code', s.reason -> 'values'))
    OR (a.ended_at IS NOT NULL AND a.told_at >= $3 AND NOT EXISTS (
      SELECT 1 FROM alert o WHERE o.connection_id = a.connection_id AND o.kind = a.kind AND o.id > a.id)))`;

const RAISE = statement<never, [said: string, now: Date]>("raise-alerts")`
  INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at)
  SELECT c.shop, c.id, c.destination, s.kind, s.reason ->> 'code', s.reason -> 'values', $2, $2
  FROM ${SAID}
  JOIN connection c ON c.id = s."connectionId"
  ON CONFLICT (connection_id, kind) WHERE ended_at IS NULL DO NOTHING`;
