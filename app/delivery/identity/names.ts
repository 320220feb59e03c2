// The names of a shop. A merchant may change the domain at Shopify: the shop stays kept under the one that it came with, and here stand the others.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";

/** Whoever comes by a name that the shop here has given up is kept by themselves until they are known: Shopify might give the name to another. */
const PAST = "past:";

/** A name that was given up still counts for so long: webhooks may come late; a page that is open has tokens of a minute. */
const LATE = { webhook: "48 hours", page: "10 minutes" };

/** SQL: the name under which we keep the shop that comes by one. @param d the name's row of shop_domain. */
const sqlKept = (d: string, late: keyof typeof LATE) =>
  `CASE WHEN ${d}.until < now() - interval '${LATE[late]}' THEN '${PAST}' || ${d}.domain ELSE ${d}.shop END`;
export const SQL_KEPT_OF_WEBHOOK = sqlKept("d", "webhook");

const KEPT = statement<{ shop: string }, [domain: string]>("shop-kept-of-name")`
  SELECT ${sqlKept("d", "page")} AS shop
  FROM shop_domain d
  WHERE d.domain = $1`;

/** @param domain what a session token names. @returns the name under which the shop is kept. */
export async function keptAs(sql: Sql, domain: string): Promise<string> {
  const [row] = await sql.query(KEPT, [domain]);
  return row?.shop ?? domain;
}

const NOW = statement<{ domain: string }, [shop: string]>("name-of-kept-shop")`
  SELECT domain
  FROM shop_domain
  WHERE shop = $1 AND until IS NULL`;

/** @param shop the name under which it is kept. @returns the domain by which Shopify knows it now. */
export async function domainNow(sql: Sql, shop: string): Promise<string> {
  const [row] = await sql.query(NOW, [shop]);
  return row?.domain ?? ownName(shop);
}

const NAMES = statement<{ domain: string }, [shop: string]>("names-of-shop")`
  SELECT domain
  FROM shop_domain
  WHERE shop = $1`;

/** The domains that it has and had. */
export async function namesOf(sql: Sql, shop: string): Promise<string[]> {
  const rows = await sql.query(NAMES, [shop]);
  return [ownName(shop), ...rows.map(({ domain }) => domain)];
}

const TRACES = statement<{ name: string }, [shop: string]>("traces-of-names-of-shop")`
  SELECT name
  FROM shop_domain d, unnest(ARRAY[d.domain, '${PAST}' || d.domain]) AS n (name)
  WHERE d.shop = $1 AND name <> $1 AND NOT EXISTS (SELECT 1 FROM shop WHERE shop.domain = name)`;

/** Under which something of the shop may lie, beside the one under which it is kept. */
export async function tracesOf(sql: Sql, shop: string): Promise<string[]> {
  const rows = await sql.query(TRACES, [shop]);
  return rows.map(({ name }) => name);
}

/** The domain that the shop came with. */
export const ownName = (shop: string): string => shop.replace(PAST, "");

const OWN = statement<never, [domain: string, shop: string]>("note-first-name-of-shop")`
  INSERT INTO shop_domain (domain, shop, since)
  VALUES ($1, $2, to_timestamp(0))
  ON CONFLICT (domain) DO NOTHING`;
const GIVE_UP = statement<never, [shop: string, domain: string, at: Date]>("give-up-names-of-shop")`
  UPDATE shop_domain
  SET until = $3
  WHERE shop = $1 AND domain <> $2 AND until IS NULL AND since < $3`;
// Of one that is heard of late there is a newer one already: it counts as just given up.
const TAKE = statement<never, [shop: string, domain: string, at: Date]>("take-name-of-shop")`
  INSERT INTO shop_domain AS d (domain, shop, since, until)
  SELECT $2, $1, $3::timestamptz, CASE WHEN EXISTS (
    SELECT 1 FROM shop_domain WHERE shop = $1 AND domain <> $2 AND until IS NULL) THEN now() END
  ON CONFLICT (domain) DO UPDATE SET shop = $1, since = excluded.since, until = excluded.until
  WHERE d.since < excluded.since`;

/** In the shop's place. @param at when Shopify said so: what is older changes no newer word. */
export async function rename(sql: Sql, shop: string, domain: string, at: Date): Promise<void> {
  await sql.query(OWN, [ownName(shop), shop]);
  await sql.query(GIVE_UP, [shop, domain, at]);
  await sql.query(TAKE, [shop, domain, at]);
}

const RETIRE = statement<{ shop: string }, [domain: string, shop: string]>("take-name-from-shop")`
  INSERT INTO shop_domain AS d (domain, shop, since, until)
  VALUES ($1, $2, to_timestamp(0), to_timestamp(0))
  ON CONFLICT (domain) DO UPDATE SET until = excluded.until
  RETURNING '${PAST}' || d.domain AS shop`;

/** Another shop has the name by now. @returns under what that one is kept. */
export async function takeAway(sql: Sql, shop: string, domain: string): Promise<string> {
  const [row] = await sql.query(RETIRE, [domain, shop]);
  return row?.shop ?? domain;
}
