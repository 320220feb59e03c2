// Which of the things that changed at Shopify are not in our books in that state, and the name under which each is told, however often it is found.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { subjectOf, type Thing } from "../../events/keys.ts";
import { utc } from "../../events/version.ts";
import type { Resource } from "../retold/retell.ts";
import { digits } from "../retold/told.ts";
import type { Changed } from "./changed.ts";

const THING: Record<Resource, Thing> = { orders: "order", customers: "customer", products: "product" };

/** The id of the webhook that tells a thing as it was then: told twice it is the same one. */
export const webhookIdOf = (resource: Resource, id: string, updatedAt: string): string =>
  `${subjectOf(THING[resource], id)}@${utc(updatedAt)}`;

// An order has a state in the books for every change that was told (what a backfill told was for one connection alone), a customer and a product what was last known of them. One that
// is deleted never comes back.
const KNOWN: Record<Resource, string> = {
  orders: `SELECT FROM event e
      WHERE e.shop = $1 AND e.subject = 'order:' || t.id
        AND ((e.kind = 'order.updated' AND NOT e.backfilled AND e.occurred_at >= t."updatedAt")
          OR e.kind = 'order.deleted')`,
  customers: `SELECT FROM snapshot s
      WHERE s.shop = $1 AND s.kind = 'customer' AND s.id = t.id
        AND ((s.data ->> 'gone')::boolean OR (s.data ->> 'updatedAt')::timestamptz >= t."updatedAt")`,
  products: `SELECT FROM snapshot s
      WHERE s.shop = $1 AND s.kind = 'product' AND s.id = t.id
        AND (left(s.version, 4) = '9999' OR split_part(s.version, '|', 1)::timestamptz >= t."updatedAt")`,
};

const TOPIC: Record<Resource, string> = {
  orders: "orders/updated",
  customers: "customers/update",
  products: "products/update",
};
const missing = (resource: Resource) =>
  statement<{ gid: string }, [shop: string, told: string]>(`untold-${resource}`)`
  SELECT t.gid
  FROM jsonb_to_recordset($2::jsonb) AS t (gid text, id text, "updatedAt" timestamptz, "webhookId" text)
  WHERE NOT EXISTS (${KNOWN[resource]})
    AND NOT EXISTS (
      SELECT FROM webhook w
      WHERE w.shop = $1 AND w.topic = '${TOPIC[resource]}' AND w.webhook_id = t."webhookId")`;

const MISSING = { orders: missing("orders"), customers: missing("customers"), products: missing("products") };

/** In Shopify's order. */
export async function missingAmong(sql: Sql, shop: string, resource: Resource, changed: Changed[]): Promise<Changed[]> {
  const told = changed.map(({ id, updatedAt }) => ({
    ...{ gid: id, id: digits(id), updatedAt },
    webhookId: webhookIdOf(resource, digits(id), updatedAt),
  }));
  const rows = await sql.query(MISSING[resource], [shop, JSON.stringify(told)]);
  const gids = new Set(rows.map(({ gid }) => gid));
  return changed.filter(({ id }) => gids.has(id));
}
