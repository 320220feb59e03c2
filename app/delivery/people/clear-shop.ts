// All the rows of a shop in every table, and how they go; only hashes of its ledger's keys stay.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { LEAVE_NAMES } from "../identity/names.ts";
import { keepKeys } from "../normalize/kept-keys.ts";

export const AT_ONCE = 1_000;

const someOf = (table: "event" | "webhook", which: string) =>
  statement<{ id: string }, [shop: string, most: number]>(`redact-page-of-${table}s`)`
    DELETE FROM ${table}
    WHERE id IN (SELECT id FROM ${table} WHERE shop = $1 AND ${which} LIMIT $2)
    RETURNING id`;
const SNAPSHOTS = statement<{ id: string }, [shop: string, most: number]>("redact-snapshots-of-shop")`
  DELETE FROM snapshot
  WHERE shop = $1 AND (kind, id) IN (SELECT kind, id FROM snapshot WHERE shop = $1 LIMIT $2)
  RETURNING id`;
const ofConnections = (table: "attempt" | "high_water", row: string) =>
  statement<{ id: string }, [shop: string, most: number]>(`redact-page-by-connection-of-${table.replace("_", "-")}`)`
    DELETE FROM ${table}
    WHERE ctid IN (
      SELECT t.ctid
      FROM connection c
      JOIN ${table} t ON t.connection_id = c.id
      WHERE c.shop = $1
      LIMIT $2)
    RETURNING ${row} AS id`;
const REQUESTS = statement<{ id: string }, [shop: string, most: number]>("redact-sent-requests")`
  DELETE FROM sent_request
  WHERE id IN (
    SELECT r.id
    FROM connection c
    JOIN attempt a ON a.connection_id = c.id
    JOIN sent_request r ON r.id = a.id
    WHERE c.shop = $1
    LIMIT $2)
  RETURNING id`;
const PAGES = [
  someOf("event", "true"),
  SNAPSHOTS,
  REQUESTS,
  ofConnections("attempt", "id::text"),
  ofConnections("high_water", "subject"),
  someOf("webhook", "state <> 'waiting'"),
];

/** In steps, each of which is done when fewer went than it takes at once. */
export const MANY = [
  (sql: Sql, shop: string) => keepKeys(sql, shop, AT_ONCE),
  ...PAGES.map((page) => async (sql: Sql, shop: string) => (await sql.query(page, [shop, AT_ONCE])).length),
];

/** What a backfill kept of its file. */
const LINES = statement<never, [shop: string]>("redact-backfill-lines-of-shop")`
  DELETE FROM backfill_line
  WHERE backfill_id IN (SELECT id FROM backfill WHERE shop = $1)`;
const COUNTS = (["delivery_count", "delivery_hour", "due_worth", "attention_count"] as const).map(
  (table) => statement<never, [shop: string]>(`redact-counts-of-${table.replace("_", "-")}`)`
    DELETE FROM ${table}
    WHERE connection_id IN (SELECT id FROM connection WHERE shop = $1)`,
);
/** Few rows of a shop each; the connections with their lanes. */
export const FEW = [
  ...COUNTS,
  LINES,
  LEAVE_NAMES,
  ...(
    [
      ...["alert", "replay", "look", "data_request", "erasure", "pixel_day", "visitor_count", "token_turn", "session"],
      ...[
        "connection_change",
        "connection",
        "webhook",
        "webhook_count",
        "shopify_budget",
        "reconciliation",
        "reconciliation_mark",
      ],
      ...["backfill", "alert_notice", "shop_domain", "order_day", "order_day_stale"],
    ] as const
  ).map(
    (table) => statement<never, [shop: string]>(`redact-rest-of-${table.replace("_", "-")}s`)`
      DELETE FROM ${table}
      WHERE shop = $1`,
  ),
  statement<never, [shop: string]>("redact-shop")`
    DELETE FROM shop
    WHERE domain = $1`,
];

/** At once, in the normalizer's place: for a shop of which there is little. */
export async function clearShop(sql: Sql, shop: string): Promise<void> {
  for (const some of MANY) while ((await some(sql, shop)) === AT_ONCE);
  for (const few of FEW) await sql.query(few, [shop]);
}
