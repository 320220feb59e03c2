// shop/redact: all that is a shop's goes, in small steps; only hashes of its ledger's keys stay, so that nothing is counted twice if it comes back.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { tracesOf } from "../identity/names.ts";
import { sqlIdName } from "../normalize/kept-keys.ts";
import { isBackSince, uninstall } from "../normalize/uninstall.ts";
import type { Road } from "../road.ts";
import { AT_ONCE, clearShop, FEW, MANY } from "./clear-shop.ts";

const LOCK = statement<{ locked: string }, [shop: string]>("lock-shop-to-redact")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text AS locked`;
const NOTE = statement<never, [shop: string, now: Date]>("note-shop-erased")`
  INSERT INTO erased_shop (hash, at)
  SELECT sha256(convert_to(name, 'UTF8')), $2
  FROM unnest(ARRAY[$1, (SELECT ${sqlIdName("shopify_id")} FROM shop WHERE domain = $1)]) AS n (name)
  WHERE name IS NOT NULL
  ON CONFLICT (hash) DO UPDATE SET at = excluded.at`;

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
  for (const some of MANY)
    for (let went: number | null = AT_ONCE; went === AT_ONCE; ) {
      went = await step(road, shop, webhook, (sql) => some(sql, shop));
      if (went === null) return false;
    }
  const last = await step(road, shop, webhook, async (sql) => {
    for (const name of await tracesOf(sql, shop)) await clearShop(sql, name);
    for (const few of FEW) await sql.query(few, [shop]);
    return FEW.length;
  });
  return last !== null;
}

/** In the normalizer's place, so that nothing is booked beside it. @returns null where the shop is back. */
const step = (road: Road, shop: string, webhook: Said, work: (sql: Sql) => Promise<number>): Promise<number | null> =>
  road.db.transaction(async (sql) => {
    await sql.query(LOCK, [shop]);
    return (await isBackSince(sql, shop, webhook)) ? null : work(sql);
  });
