// The shop's own facts (currency, time zone, language, domain): as they were told last.
import type { Sql } from "../base/database.ts";
import type { Shop } from "../events/facts.ts";
import { usableFacts } from "../events/shop.ts";

export async function shopFacts(sql: Sql, domain: string): Promise<Shop> {
  const [row] = await sql.query<{ facts: Partial<Shop> | null }>("SELECT facts FROM shop WHERE domain = $1", [domain]);
  return usableFacts(row?.facts ?? null, domain);
}

export async function saveFacts(sql: Sql, facts: Shop): Promise<void> {
  await sql.query("UPDATE shop SET facts = $2 WHERE domain = $1", [facts.domain, facts]);
}
