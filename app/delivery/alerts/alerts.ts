// Alerts: what a merchant is told of by itself; raised and ended by the upkeep, read by the pages.
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { sqlReason, sqlSetReason } from "../reasons.ts";
import type { Road } from "../road.ts";
import { type AlertKind, causesOf } from "./causes.ts";
import { tellRaised, tellRecovered } from "./notices.ts";

export interface Alert {
  id: string;
  /** null: it is about the shop as a whole. */
  connectionId: string | null;
  connectionName: string | null;
  destination: string | null;
  kind: AlertKind;
  reason: Reason;
  since: Date;
}

/** None is told twice within it, per connection and kind. */
const QUIET = 60 * 60_000;

const OPEN = statement<Alert, [shop: string]>("open-alerts")`
  SELECT a.id, a.connection_id AS "connectionId", c.name AS "connectionName", a.destination, a.kind,
    ${sqlReason("a")} AS reason, a.since
  FROM alert a
  LEFT JOIN connection c ON c.id = a.connection_id
  WHERE a.shop = $1 AND a.ended_at IS NULL
  ORDER BY a.since DESC, a.id DESC`;

/** The open ones, the newest first. */
export const openAlerts = (road: Road, shop: string): Promise<Alert[]> => road.db.query(OPEN, [shop]);

/** Raises what has a cause now, and ends what has none any more; what is to be told of it is written down in the same transaction. */
export async function raiseAlerts(road: Road): Promise<void> {
  const now = road.clock();
  await road.db.transaction(async (sql) => {
    const said = JSON.stringify(await causesOf(sql, now));
    const quietSince = new Date(now.getTime() - QUIET);
    const ended = await sql.query(END, [said, now]);
    await sql.query(REOPEN, [said, now, quietSince]);
    await sql.query(RAISE, [said, now]);
    await tellRaised(sql, now);
    await tellRecovered(
      sql,
      ended.map(({ id }) => id),
      now,
    );
  });
}

const SAID = `jsonb_to_recordset($1::jsonb) AS s (shop text, "connectionId" uuid, kind text, reason jsonb)`;
const SAME = `a.shop = s.shop AND a.connection_id IS NOT DISTINCT FROM s."connectionId" AND a.kind = s.kind`;

const END = statement<{ id: string }, [said: string, now: Date]>("end-alerts")`
  UPDATE alert a
  SET ended_at = $2
  WHERE a.ended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM ${SAID} WHERE ${SAME})
  RETURNING a.id`;

// One that comes back within the hour goes on silently; one that says something new, or was told to be over, is told again once the hour is over.
const REOPEN = statement<never, [said: string, now: Date, quietSince: Date]>("reopen-alerts")`
  UPDATE alert a
  SET ended_at = NULL, ${sqlSetReason("s.reason")}, told_at = CASE WHEN a.told_at < $3 THEN $2 ELSE a.told_at END
  FROM ${SAID}
  WHERE ${SAME} AND (
    (a.ended_at IS NULL AND a.told_at < $3
      AND ((a.reason_code, a.reason_values) IS DISTINCT FROM (s.reason ->> 'code', s.reason -> 'values')
        OR EXISTS (SELECT 1 FROM alert_notice n WHERE n.alert_id = a.id AND n.what = 'recovered' AND n.of = a.told_at)))
    OR (a.ended_at IS NOT NULL AND a.told_at >= $3 AND NOT EXISTS (
      SELECT 1
      FROM alert o
      WHERE o.shop = a.shop AND o.connection_id IS NOT DISTINCT FROM a.connection_id AND o.kind = a.kind
        AND o.id > a.id)))`;

const RAISE = statement<never, [said: string, now: Date]>("raise-alerts")`
  INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at)
  SELECT s.shop, s."connectionId", c.destination, s.kind, s.reason ->> 'code', s.reason -> 'values', $2, $2
  FROM ${SAID}
  LEFT JOIN connection c ON c.id = s."connectionId"
  ON CONFLICT DO NOTHING`;
