// From a person's orders, checkouts, carts and customer ids to the visitor that they were, and to the carts of that visitor.

import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { sqlKeys } from "../../events/keys.ts";

type Found = Record<"customers" | "orders" | "checkouts" | "carts" | "visitors", Set<string>>;

const VISITORS = statement<
  { id: string; visitorId: string; other: boolean },
  [shop: string, ids: string[], visitors: string[]]
>("visitors-of-person")`
  WITH own AS (
    SELECT DISTINCT data ->> 'visitorId' AS visitor
    FROM snapshot
    WHERE shop = $1 AND kind = 'visitor' AND id = ANY ($2)
    UNION
    SELECT unnest($3::text[]))
  SELECT s.id, s.data ->> 'visitorId' AS "visitorId",
    bool_or(${sqlKeys.isAbout("customer", "s.id")} AND s.id <> ALL ($2))
      OVER (PARTITION BY s.data ->> 'visitorId') AS other
  FROM own
  JOIN snapshot s ON s.shop = $1 AND s.kind = 'visitor' AND s.data ->> 'visitorId' = own.visitor`;

/** Adds to what was found. A device that others sign in on, too, tells nothing of whose its carts are. */
export async function visitorsOf(sql: Sql, shop: string, found: Found): Promise<void> {
  const { customers, orders, checkouts, carts, visitors } = found;
  const named = {
    customer: customers,
    order: orders,
    checkout: checkouts,
    cart: carts,
    embed: visitors,
    client: visitors,
  };
  const ids = Object.entries(named).flatMap(([name, all]) => [...all].map((one) => `${name}:${one}`));
  const rows = await sql.query(VISITORS, [shop, ids, [...found.visitors]]);
  for (const { id, visitorId, other } of rows) {
    found.visitors.add(visitorId);
    // The theme embed's id stays while Shopify's changes: it leads to all that came with it.
    const [, same] = /^(?:embed|client):(.*)$/s.exec(id) ?? [];
    if (same) found.visitors.add(same);
    if (id.startsWith("cart:") && !other) found.carts.add(id.slice("cart:".length));
  }
}
