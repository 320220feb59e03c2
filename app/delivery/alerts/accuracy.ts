// Of how many of its last days' orders each connection has told its vendor: looked at every hour, so that a drop is an alert.
import { dayIn } from "../../base/days.ts";
import { statement } from "../../base/statement.ts";
import { accuracy } from "../accuracy/accuracy.ts";
import { countByDay, forgetOldDays } from "../accuracy/days.ts";
import { asked } from "../accuracy/orders.ts";
import { failed } from "../accuracy/tally.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";

const HOUR = 3_600_000;
const DAYS = 7;
/** So many are counted before a page asks for them: the retention changes no order that is older. */
const AHEAD = 100;
const SHOPS_AT_ONCE = 20;

/** By a connection's id. */
type Looked = Record<string, { orders: number; arrived: number }>;

const TAKE = statement<{ domain: string }, [now: Date, before: Date, most: number]>("take-shops-to-look-at-accuracy")`
  UPDATE shop
  SET accuracy_at = $1
  WHERE domain IN (
    SELECT domain
    FROM shop
    WHERE uninstalled_at IS NULL AND (accuracy_at IS NULL OR accuracy_at <= $2)
    ORDER BY accuracy_at NULLS FIRST
    LIMIT $3
    FOR UPDATE SKIP LOCKED)
  RETURNING domain`;
const KEEP = statement<never, [shop: string, looked: Looked]>("keep-accuracy-of-shop")`
  UPDATE shop
  SET accuracy = $2
  WHERE domain = $1`;

/** What waits for its vendor is neither. */
export async function lookAtAccuracy(road: Road, signal: AbortSignal): Promise<void> {
  const now = road.clock();
  for (const { domain } of await road.db.query(TAKE, [now, new Date(now.getTime() - HOUR), SHOPS_AT_ONCE])) {
    if (signal.aborted) return;
    const { timeZone } = await shopFacts(road.db, domain);
    const day = (ago: number) => dayIn(timeZone, now.getTime() - ago * 24 * HOUR);
    const until = (days: number) => ({ from: day(days - 1), to: day(0) });
    await countByDay(road, asked(road, domain, until(AHEAD), timeZone, null));
    const lines = await accuracy(road, domain, until(DAYS), null);
    const looked = lines.map(({ id, total }) => [id, { arrived: total.sent, orders: total.sent + failed(total) }]);
    await forgetOldDays(road.db, domain);
    await road.db.query(KEEP, [domain, Object.fromEntries(looked) as Looked]);
  }
}
