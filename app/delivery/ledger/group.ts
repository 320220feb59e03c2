// Deliveries that ended without arriving: which of them stand together, and which could be sent again.
import type { Sql } from "../../base/database.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";
import { keptBy } from "../upkeep/keep.ts";
import { replayableFor } from "../upkeep/retention.ts";

/** SQL: delivery `d` ended without arriving. */
export const IS_LOST = `d.state IN ${sqlList(LOST)}`;
/** SQL: it needs a person, and nobody has dismissed it. */
export const OPEN = `${IS_LOST} AND d.dismissed_at IS NULL`;
/** SQL: by what deliveries of a connection stand together; times and numbers in a vendor's words do not count. The index delivery_of_reason has it. */
export const REASON_KEY = "reason_key(d.reason_code, d.reason_values)";
/** SQL: the same of the reason in a parameter. */
export const keyOf = (reason: number) => `reason_key($${reason}::jsonb ->> 'code', $${reason}::jsonb -> 'values')`;

/** SQL: the deliveries by their ids; `first` is the number of the parameter. */
export const byIds = (first: number) => `d.id = ANY ($${first}::bigint[])`;

/** What somebody typed may be no id. */
export const idsOf = (given: string[]): string[] => given.filter((id) => /^\d{1,18}$/.test(id));
export const isConnectionId = (given: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(given);

/** The values that `canReplay` needs. */
export type Asked = [shop: string, now: Date, windows: string, replayableSince: Date];
/** @param sql where it is asked within a transaction, this one's: who waits for a second connection while it holds one may wait for itself. */
export async function askedFor(road: Road, shop: string, sql: Sql = road.db): Promise<Asked> {
  const { data } = await keptBy(sql, shop);
  const now = road.clock();
  const windows = road.destinations.map(({ slug, window, lookUp }) => ({
    slug,
    span: window ?? null,
    asks: Boolean(lookUp),
  }));
  return [shop, now, JSON.stringify(windows), new Date(now.getTime() - replayableFor(data))];
}
/** SQL: the vendors with their windows, as $3 has them. */
export const WINDOWS = "jsonb_to_recordset($3::jsonb) AS w (slug text, span numeric, asks boolean)";
/** SQL: could delivery `d` of connection `c` to the vendor `w` be sent again now ($2)? Its event must be young enough ($4). */
export const CAN_REPLAY = `c.state IN ('on', 'paused')
    AND EXISTS (SELECT 1 FROM event e WHERE e.id = d.event_id AND e.data IS NOT NULL AND e.created_at > $4)
    AND (w.span IS NULL OR d.version IS NOT NULL OR d.occurred_at + w.span * interval '1 ms' > $2
      OR (w.asks AND d.doubt_since IS NOT NULL))
    AND NOT EXISTS (
      SELECT 1
      FROM high_water h
      WHERE h.connection_id = d.connection_id AND h.subject = d.subject AND h.version > d.version)`;
