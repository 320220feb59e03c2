// Leaves out behaviour that the vendor's budget has no room for: what nobody can send in time is said to be skipped, not kept for ever.
import { statement } from "../../base/statement.ts";
import { spacingOf } from "../connections/pacing.ts";
import { BEHAVIOUR } from "../rank.ts";
import { sqlSetCode } from "../reasons.ts";
import { NOT_SENT } from "../states.ts";
import { holdLease } from "./lane.ts";
import type { Run } from "./run.ts";

/** Behaviour that has waited for less is not looked at: a rush may be over soon. */
const WAITED_MS = 5 * 60_000;
/** As much is kept as the budget takes in so long. */
const KEPT_MS = 30 * 60_000;
const AT_ONCE = 5_000;

const WAITS = `connection_id = $1 AND state = 'due' AND rank = ${BEHAVIOUR}`;
const LONG_AGO = statement<{ waits: number }, [connectionId: string, before: Date]>("behaviour-that-waits-for-long")`
  SELECT 1 AS waits
  FROM delivery
  WHERE ${WAITS} AND due_at < $2
  LIMIT 1`;
const SKIP = statement<{ skipped: number }, [connectionId: string, now: Date, room: number]>("skip-for-want-of-room")`
  UPDATE delivery
  SET state = ${NOT_SENT}, ${sqlSetCode("no_room")}, settled_at = $2
  WHERE id IN (
    SELECT id
    FROM delivery
    WHERE ${WAITS} AND due_at <= $2
    ORDER BY due_at
    LIMIT least(${AT_ONCE}, (SELECT greatest(count(*) - $3, 0) FROM delivery WHERE ${WAITS} AND due_at <= $2)))
  RETURNING 1 AS skipped`;

/**
 * The rule: where a lane waits for a slot of its budget, and behaviour (pages, products, carts and searches that were looked at) has waited for
 * five minutes, as much of it is kept as the budget takes in half an hour; of the rest the oldest are skipped. All else overtakes it anyway.
 */
export async function leaveOut({ road, lease, connection }: Run): Promise<void> {
  const now = road.clock();
  const old = await road.db.query(LONG_AGO, [lease.connectionId, new Date(now.getTime() - WAITED_MS)]);
  const spacing = Math.max(0, ...connection.budgets.map(spacingOf));
  if (old.length === 0 || spacing === 0) return;
  const batch = Math.max(...Object.values(connection.sheet.channels).map((channel) => channel.batch));
  const room = Math.ceil(KEPT_MS / spacing) * batch;
  for (let skipped = AT_ONCE; skipped === AT_ONCE; ) {
    skipped = await road.db.transaction(async (sql) => {
      await holdLease(sql, lease);
      const rows = await sql.query(SKIP, [lease.connectionId, now, room]);
      return rows.length;
    });
  }
}
