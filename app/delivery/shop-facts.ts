// The shop's own facts (currency, time zone, language, domain): as they were told last.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";
import type { Shop } from "../events/facts.ts";
import { usableFacts } from "../events/shop.ts";

const FACTS = statement<{ facts: Partial<Shop> | null }, [domain: string]>("shop-facts")`
  SELECT facts
  FROM shop
  WHERE domain = $1`;

export async function shopFacts(sql: Sql, domain: string): Promise<Shop> {
  const [row] = await sql.query(FACTS, [domain]);
  return usableFacts(row?.facts ?? null, domain);
}

const SAVE = statement<never, [domain: string, facts: Shop]>("save-shop-facts")`
  UPDATE shop
  SET facts = $2, shopify_id = coalesce($2::jsonb ->> 'id', shopify_id)
  WHERE domain = $1`;

export async function saveFacts(sql: Sql, facts: Shop): Promise<void> {
  await sql.query(SAVE, [facts.domain, facts]);
}
