// "Try now": what a lane holds back goes at once, as one delivery that tells whether the vendor is well again.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

const FREE = statement<{ destination: string; host: string | null }, [shop: string, id: string, now: Date, at: string]>(
  "try-lane-now",
)`
  UPDATE lane
  SET held_until = NULL, wake_at = $3, channel_tries = (
      SELECT coalesce(jsonb_object_agg(channel, $4::text), '{}')
      FROM jsonb_object_keys(paused_channels) AS channel)
  FROM connection c
  WHERE c.id = lane.connection_id AND c.shop = $1 AND c.id::text = $2 AND c.state = 'on'
  RETURNING lane.destination, lane.host`;
const END_BACK_OFFS = statement<never, [connectionId: string, now: Date]>("end-back-offs-to-try-now")`
  UPDATE delivery
  SET due_at = least(created_at, $2)
  WHERE connection_id = $1 AND state = 'due'
    AND due_at > least(created_at, $2) AND due_at < deadline_at AND attempts > 0 AND asked = 0`;
const PROBE = statement<never, [host: string, now: Date]>("probe-host-now")`
  UPDATE host_breaker
  SET probe_at = $2
  WHERE host = $1 AND probe_at > $2`;

/** Of a connection that is on; what is written to the vendor's budget stays as it is. @returns false where there is none. */
export async function tryNow(road: Road, shop: string, id: string): Promise<boolean> {
  const now = road.clock();
  const lane = await road.db.transaction(async (sql) => {
    const [row] = await sql.query(FREE, [shop, id, now, now.toISOString()]);
    if (!row) return null;
    await sql.query(END_BACK_OFFS, [id, now]);
    if (row.host) await sql.query(PROBE, [row.host, now]);
    return row;
  });
  if (lane) await road.bell.lanes([{ connectionId: id, destination: lane.destination }]);
  return lane !== null;
}
