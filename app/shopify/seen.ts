// Notes when a shop was last seen: the newest time at which Shopify issued a valid session token for it, which proves that the app is installed.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";

const SEEN = statement<never, [shop: string, issued: number]>("note-shop-seen")`
  UPDATE shop
  SET seen_at = greatest(seen_at, to_timestamp($2))
  WHERE domain = $1 AND uninstalled_at IS NULL`;

/** @returns what notes a token's `iat` (seconds), one that is ahead as now; a time that this process has noted already costs nothing. */
export function openSeen(db: Sql, clock: () => Date): (shop: string, issued: number) => Promise<void> {
  const noted = new Map<string, number>();
  return async (shop, iat) => {
    const issued = Math.min(iat, clock().getTime() / 1000);
    if ((noted.get(shop) ?? 0) >= issued) return;
    await db.query(SEEN, [shop, issued]);
    noted.set(shop, issued);
  };
}
