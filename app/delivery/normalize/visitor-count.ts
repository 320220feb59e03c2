// Counts in which way the visitors of orders were known, in the transaction that books the orders.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Event } from "../../events/event.ts";

/** `visitorFrom` of an order; "none" where there is nothing to know its visitor by. */
export const WAYS = ["pixel", "attribute", "cart", "customer", "pseudonym", "none"] as const;

const COUNT = statement<never, [shop: string, ways: string[]]>("count-visitors-of-orders")`
  INSERT INTO visitor_count AS kept (shop, "from", count)
  SELECT $1, way, count(*)
  FROM unnest($2::text[]) AS way
  GROUP BY way
  ORDER BY way
  ON CONFLICT (shop, "from") DO UPDATE
    SET count = kept.count + excluded.count`;

/** @param fresh events that were not known before: an order is placed once. */
export async function countVisitors(sql: Sql, shop: string, fresh: { event: Event }[]): Promise<void> {
  const ways = fresh.flatMap(({ event }) => (event.kind === "order.placed" ? (event.order.visitorFrom ?? "none") : []));
  if (ways.length === 0) return;
  await sql.query(COUNT, [shop, ways]);
}
