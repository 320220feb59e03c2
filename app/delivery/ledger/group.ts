// Deliveries that ended without arriving: which of them are meant, and which could be sent again.
import type { Reason } from "../../base/reason.ts";
import { keptJson } from "../../base/text.ts";
import type { Road } from "../road.ts";
import { LOST, sqlList } from "../states.ts";
import { keptBy } from "../upkeep/keep.ts";
import { replayableFor } from "../upkeep/retention.ts";
import type { Which } from "./replays.ts";

/** SQL: delivery `d` ended without arriving. */
export const IS_LOST = `d.state IN ${sqlList(LOST)}`;
/** SQL: it needs a person, and nobody has dismissed it. */
export const OPEN = `${IS_LOST} AND d.dismissed_at IS NULL`;
// Dates in a reason would make every delivery a group of its own.
const VALUES = `regexp_replace(d.reason_values::text, '\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z', '…', 'g')::jsonb`;
export const REASON = `CASE WHEN d.reason_code IS NOT NULL THEN jsonb_build_object('code', d.reason_code, 'values', ${VALUES}) END`;

/** SQL: the deliveries by their ids, or those of a group; `first` is the number of its first parameter. */
export const byIds = (first: number) => `d.id::text = ANY ($${first}::text[])`;
export const byGroup = (first: number) => `d.connection_id::text = $${first} AND d.state = $${first + 1}
    AND ${REASON} IS NOT DISTINCT FROM $${first + 2}::jsonb`;
export type OfGroup = [connectionId: string, state: string, reason: string | null];
export const valuesOf = ({
  connectionId,
  state,
  reason,
}: {
  connectionId: string;
  state: string;
  reason: Reason | null;
}): OfGroup => [connectionId, state, reason && keptJson(reason)];
export type Group = Exclude<Which, { ids: string[] }>;

/** The values that `canReplay` needs. */
export type Asked = [shop: string, now: Date, windows: string, replayableSince: Date];
export async function askedFor(road: Road, shop: string): Promise<Asked> {
  const { data } = await keptBy(road, shop);
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
