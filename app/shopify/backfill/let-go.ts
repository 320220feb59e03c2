// Lets go of a bulk operation that nobody waits for any more: Shopify runs few of them at once for a shop.
import { statement } from "../../base/statement.ts";
import type { Road } from "../../delivery/road.ts";
import type { Ask } from "../asking.ts";
import { cancelOperation } from "./operation.ts";

interface Left {
  id: string;
  shop: string;
  operation: string;
  tries: number;
}

// Whoever dies here leaves it to be asked again a minute later.
const TAKE = statement<Left, [now: Date]>("take-left-operation")`
  UPDATE backfill
  SET look_at = $1::timestamptz + interval '1 minute', tries = tries + 1
  WHERE id = (
    SELECT id
    FROM backfill
    WHERE state = 'cancelled' AND operation IS NOT NULL AND look_at <= $1
    ORDER BY look_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED)
  RETURNING id, shop, operation, tries`;
const FORGET = statement<never, [id: string]>("forget-left-operation")`
  UPDATE backfill
  SET operation = NULL
  WHERE id = $1 AND state = 'cancelled'`;

/** After so many minutes it is left to end by itself. */
const MOST_TRIES = 10;

/** Of a backfill that was cancelled while Shopify made its file. @returns false: there is none. */
export async function letGo(road: Pick<Road, "db" | "clock">, askOf: (shop: string) => Ask): Promise<boolean> {
  const [left] = await road.db.query(TAKE, [road.clock()]);
  if (!left) return false;
  const { is } = await cancelOperation(askOf(left.shop), left.operation);
  const later = is === "throttled" || is === "ill";
  if (!later || left.tries >= MOST_TRIES) await road.db.query(FORGET, [left.id]);
  return true;
}
