// Ends what nobody may send any more: its time is over, and what is said of it tells what was last in its way.

import type { Database, Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { because, type RoadCode, sqlReason } from "../reasons.ts";
import { holdLease, type Lease } from "./lane.ts";

// While a vendor is ill only a probe is tried: what waited behind it tells of the probe's failure.
const LAST_FAILURE = `
        SELECT ${sqlReason("o")}
        FROM lane l
        CROSS JOIN LATERAL (
          SELECT deliveries
          FROM attempt a
          WHERE a.connection_id = l.connection_id AND a.finished_at IS NOT NULL AND a.failed
          ORDER BY a.started_at DESC
          LIMIT 1
        ) AS failed
        JOIN delivery o ON o.id = ANY (failed.deliveries)
        WHERE l.connection_id = $1 AND l.failures > 0 AND o.reason_code IS NOT NULL
        LIMIT 1`;

// An order that waited for its customer to the end: what failed was the customer's.
const WAITS_FOR_CUSTOMER = because("waits_for_customer").code;
const OTHERS_FAILURE = `
        SELECT ${sqlReason("o")}
        FROM delivery o
        WHERE o.connection_id = $1 AND o.state = 'due' AND o.deadline_at <= $2
          AND o.reason_code <> '${WAITS_FOR_CUSTOMER}'
        LIMIT 1`;

/** So long a vendor that is away is asked about what is in doubt and may not be sent any more. */
const LOOKED_UP_FOR_MS = 72 * 3_600_000;
const TOO_LATE_LAST = "too_late_last" satisfies RoadCode;
const LATE = statement<{ late: boolean | null }, [connectionId: string, now: Date]>("is-a-deadline-over")`
  SELECT delivery_next_deadline($1) <= $2 AS late`;

export async function isAnyTooLate(sql: Sql, connectionId: string, now: Date): Promise<boolean> {
  const [row] = await sql.query(LATE, [connectionId, now]);
  return row?.late === true;
}

const EXPIRE = statement<never, [connectionId: string, now: Date, canLookUp: boolean, lookedUpFor: number]>("expire")`
  UPDATE delivery d
  SET state = e.state, only_ask = d.only_ask OR e.state = 'due',
    settled_at = CASE WHEN e.state <> 'due' THEN $2::timestamptz END,
    due_at = CASE WHEN e.state = 'due' THEN $2 ELSE d.due_at END,
    deadline_at = CASE WHEN e.state = 'due' THEN $2::timestamptz + $4 * interval '1 ms' ELSE d.deadline_at END,
    reason_code = CASE e.state
      WHEN 'expired' THEN CASE WHEN e.last IS NULL THEN '${because("too_late").code}' ELSE '${TOO_LATE_LAST}' END
      WHEN 'unknown' THEN '${because("doubt_over").code}'
      ELSE '${because("only_asked").code}'
    END,
    reason_values = CASE
      WHEN e.state = 'expired' AND e.last IS NOT NULL THEN jsonb_build_object('last', e.last)
      ELSE '{}'
    END
  FROM (
    SELECT d.id, s.state,
      CASE WHEN s.state = 'expired' THEN coalesce(
        CASE WHEN d.reason_code <> '${WAITS_FOR_CUSTOMER}' THEN ${sqlReason("d")} END,
        (${LAST_FAILURE}),
        (${OTHERS_FAILURE})
      ) END AS last
    FROM delivery d
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN doubt_since IS NULL THEN 'expired'
        WHEN $3 AND NOT only_ask THEN 'due'
        ELSE 'unknown'
      END AS state
    ) AS s
    WHERE connection_id = $1 AND d.state = 'due' AND deadline_at <= $2
  ) AS e
  WHERE d.id = e.id`;

/**
 * Ends what nobody may send any more: the vendor's window, or the time that we try, is over.
 * @param canLookUp what is in doubt is not given up yet: the vendor is asked about it first. @throws LeaseLost
 */
export async function expire(db: Database, lease: Lease, now: Date, canLookUp: boolean): Promise<void> {
  const { connectionId } = lease;
  await db.transaction(async (sql) => {
    await holdLease(sql, lease);
    await sql.query(EXPIRE, [connectionId, now, canLookUp, LOOKED_UP_FOR_MS]);
  });
}
