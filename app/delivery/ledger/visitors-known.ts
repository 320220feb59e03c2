// Of how many orders of a shop the visitor was known: by what the pixel, the cart or the customer told, no pseudonym.
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

export interface VisitorsKnown {
  orders: number;
  known: number;
}

const KNOWN = statement<VisitorsKnown, [shop: string]>("visitors-known")`
  SELECT
    coalesce(sum(count), 0)::int AS orders,
    coalesce(sum(count) FILTER (WHERE "from" NOT IN ('pseudonym', 'none')), 0)::int AS known
  FROM visitor_count
  WHERE shop = $1`;

export async function visitorsKnown(road: Road, shop: string): Promise<VisitorsKnown> {
  const [row] = await road.db.query(KNOWN, [shop]);
  return row ?? { orders: 0, known: 0 };
}
