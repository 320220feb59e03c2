// "Send the missing ones": owes again what ended without arriving, and says why the rest cannot be sent.
import { statement } from "../../base/statement.ts";
import type { Range } from "../../destinations/destination.ts";
import { replay } from "../ledger/decide.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { LOST, sqlList } from "../states.ts";
import { keptBy } from "../upkeep/keep.ts";
import { replayableFor } from "../upkeep/retention.ts";
import { type Asked, asked, ORDERS } from "./orders.ts";

export interface SentAgain {
  sent: number;
  /** What stays as it is, by why. */
  left: Record<Left, number>;
}
/** `over`: the vendor does not take it any more, or has a newer state. `old`: what would be sent is not kept any more. */
type Left = "dismissed" | "off" | "old" | "over";

const MISSING = statement<{ id: string }, Asked>("missing-deliveries")`
  WITH ${ORDERS}
  SELECT delivery::text AS id
  FROM seen
  WHERE became IN ${sqlList(LOST)}
  ORDER BY at, id`;

const LEFT = statement<{ why: Left; count: number }, [shop: string, ids: string[], replayableSince: Date]>(
  "why-not-sent-again",
)`
  SELECT
    CASE
      WHEN d.dismissed_at IS NOT NULL THEN 'dismissed'
      WHEN c.state NOT IN ('on', 'paused') THEN 'off'
      WHEN e.data IS NULL OR e.created_at <= $3 THEN 'old'
      ELSE 'over'
    END AS why,
    count(*)::int AS count
  FROM delivery d
  JOIN connection c ON c.id = d.connection_id
  LEFT JOIN event e ON e.id = d.event_id
  WHERE d.shop = $1 AND d.id = ANY ($2::bigint[]) AND d.state IN ${sqlList(LOST)}
  GROUP BY 1`;

/** So many are written down as one replay. */
const AT_ONCE = 1_000;

export async function sendMissing(road: Road, shop: string, range: Range, connectionId: string): Promise<SentAgain> {
  const { timeZone } = await shopFacts(road.db, shop);
  const rows = await road.db.query(MISSING, asked(road, shop, range, timeZone, connectionId));
  const ids = rows.map(({ id }) => id);
  let sent = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE)
    sent += await replay(road, shop, { ids: ids.slice(at, at + AT_ONCE) });
  const { data } = await keptBy(road.db, shop);
  const since = new Date(road.clock().getTime() - replayableFor(data));
  const found = await road.db.query(LEFT, [shop, ids, since]);
  const left = { dismissed: 0, off: 0, old: 0, over: 0 };
  for (const { why, count } of found) left[why] = count;
  return { sent, left };
}
