// A shop has installed the app, or came back, or only renewed its token: it is known, and its time starts anew where it had left.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import type { Shop } from "../events/facts.ts";

const INSTALL = statement<never, [shop: string, facts: Shop | null, now: Date]>("install-shop")`
  INSERT INTO shop (domain, installed_at, token_at, facts)
  VALUES ($1, $3, $3, $2)
  ON CONFLICT (domain) DO UPDATE SET
    facts = coalesce($2, shop.facts),
    uninstalled_at = NULL,
    set_up_at = NULL,
    token_dead_at = NULL,
    token_at = greatest(shop.token_at, $3),
    installed_at = CASE WHEN shop.uninstalled_at IS NULL THEN shop.installed_at ELSE $3 END`;

/** Does no harm when it runs twice. @param now when Shopify gave us its token. */
export async function install(sql: Sql, shop: string, facts: Shop | null, now: Date): Promise<void> {
  await sql.query(INSTALL, [shop, facts, now]);
}
