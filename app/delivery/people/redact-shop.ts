// shop/redact: all that is a shop's goes, in small steps; only hashes of its ledger's keys stay, so that nothing is counted twice if it comes back.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { keepKeys } from "../normalize/kept-keys.ts";
import { isBackSince, uninstall } from "../normalize/uninstall.ts";
import type { Road } from "../road.ts";

const AT_ONCE = 1_000;

const LOCK = statement<{ locked: string }, [shop: string]>("lock-shop-to-redact")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text AS locked`;
const NOTE = statement<never, [shop: string, now: Date]>("note-shop-erased")`
  INSERT INTO erased_shop (hash, at)
  VALUES (sha256(convert_to($1, 'UTF8')), $2)
  ON CONFLICT (hash) DO UPDATE SET at = excluded.at`;

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
const MANY = [
  someOf("event", "true"),
  SNAPSHOTS,
  REQUESTS,
  ofConnections("attempt", "id::text"),
  ofConnections("high_water", "subject"),
  someOf("webhook", "state <> 'waiting'"),
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
const FEW = [
  ...COUNTS,
  LINES,
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
      ...["backfill", "alert_notice", "order_day", "order_day_stale"],
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

type Said = Parameters<typeof isBackSince>[2];

/**
 * Can be broken off anywhere, and is taken up where it was.
 * @param webhook the one that asks for it; it goes last, with the shop.
 * @returns false where the shop is back since: what is not gone by then stays.
 */
export async function redactShop(road: Road, shop: string, webhook: Said): Promise<boolean> {
  const gone = await step(road, shop, webhook, async (sql) => {
    await uninstall(sql, shop, road.clock());
    await sql.query(NOTE, [shop, road.clock()]);
    return 1;
  });
  if (gone === null) return false;
  const all = [(sql: Sql) => keepKeys(sql, shop, AT_ONCE), ...MANY.map((some) => rowsOf(some, shop))];
  for (const some of all)
    for (let went: number | null = AT_ONCE; went === AT_ONCE; ) {
      went = await step(road, shop, webhook, some);
      if (went === null) return false;
    }
  const last = await step(road, shop, webhook, async (sql) => {
    for (const few of FEW) await sql.query(few, [shop]);
    return FEW.length;
  });
  return last !== null;
}

const rowsOf =
  (some: (typeof MANY)[number], shop: string) =>
  async (sql: Sql): Promise<number> =>
    (await sql.query(some, [shop, AT_ONCE])).length;

/** In the normalizer's place, so that nothing is booked beside it. @returns null where the shop is back. */
const step = (road: Road, shop: string, webhook: Said, work: (sql: Sql) => Promise<number>): Promise<number | null> =>
  road.db.transaction(async (sql) => {
    await sql.query(LOCK, [shop]);
    return (await isBackSince(sql, shop, webhook)) ? null : work(sql);
  });
