// Who a shop is: Shopify's answer to the shop's own token tells its id, and by that a shop that was renamed is the one that it was.
import type { Sql } from "../base/database.ts";
import type { Keyring } from "../base/secrets.ts";
import { statement } from "../base/statement.ts";
import { domainNow, ownName, rename, takeAway } from "../delivery/identity/names.ts";
import { join, lockToIdentify, shopOfId, standingOf } from "../delivery/identity/same-shop.ts";
import { redactShop } from "../delivery/people/redact-shop.ts";
import type { Road } from "../delivery/road.ts";
import { install } from "./install.ts";
import { sessionContext } from "./sessions.ts";

/** What Shopify said of the shop whose token it was asked with. */
export interface Who {
  id: string | null;
  /** The domain by which it knows the shop now; null: it did not say. */
  domain: string | null;
}

/**
 * @param shop the name under which the shop that was asked about is kept. @param asked the domain at which Shopify was asked.
 * @returns the name under which it is kept from now on.
 */
export async function settleWho(road: Road, shop: string, asked: string, { id, domain }: Who): Promise<string> {
  if (!id) return shop;
  const now = road.clock();
  const { kept, left } = await road.db.transaction(async (sql) => {
    // Both may be asked about at the same moment.
    for (const place of [`id:${id}`, shop]) await lockToIdentify(sql, place);
    const here = await standingOf(sql, shop);
    const known = await shopOfId(sql, id, shop);
    if (known) await lockToIdentify(sql, known);
    if (here.id && here.id !== id) return { kept: await another(road, sql, { shop, asked, known }), left: null };
    const there = known === null ? null : await standingOf(sql, known);
    if (known && !(here.connected && there?.connected)) {
      // The one that is connected has the ledger.
      const [from, to] = here.connected ? [known, shop] : [shop, known];
      await moveToken(sql, road.keys, from, to);
      await join(sql, from, to);
      await rename(sql, to, domain ?? asked, now);
      return { kept: to, left: null };
    }
    await sql.query(KEEP_ID, [shop, id]);
    if (domain && domain !== (await domainNow(sql, shop))) await rename(sql, shop, domain, now);
    return { kept: shop, left: known };
  });
  if (left) await takeOver(road, kept, left, now);
  return kept;
}

const KEEP_ID = statement<never, [shop: string, id: string]>("keep-id-of-shop")`
  UPDATE shop
  SET shopify_id = $2
  WHERE domain = $1`;

/** Both were connected before anybody knew that they are one: by the id's hash what the other counted is not counted again. */
async function takeOver(road: Road, shop: string, left: string, now: Date): Promise<void> {
  await redactShop(road, left, { triggeredAt: null, receivedAt: now });
  await rename(road.db, shop, ownName(left), new Date(0));
}

/** The domain is another shop's by now, which is known by another name, or kept apart. */
async function another(
  road: Road,
  sql: Sql,
  { shop, asked, known }: { shop: string; asked: string; known: string | null },
): Promise<string> {
  const now = road.clock();
  const to = known ?? (await takeAway(sql, shop, asked));
  await moveToken(sql, road.keys, shop, to);
  await install(sql, to, null, now);
  if (known) await rename(sql, known, asked, now);
  return to;
}

const TOKEN = statement<{ access: string; refresh: string | null }, [from: string, to: string]>("token-to-move")`
  SELECT "accessToken" AS access, "refreshToken" AS refresh
  FROM session s
  WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM session newer WHERE newer.id = $2 AND newer.expires > s.expires)
  FOR UPDATE`;
const DROP = statement<never, [id: string]>("drop-token-that-is-replaced")`
  DELETE FROM session
  WHERE id = $1`;
const MOVE = statement<never, [from: string, to: string, shop: string, access: string, refresh: string | null]>(
  "move-token",
)`
  UPDATE session
  SET id = $2, shop = $3, "accessToken" = $4, "refreshToken" = $5
  WHERE id = $1`;

/** A token is sealed with its place. Where a newer one lies there already, that is the one that Shopify goes on with. */
async function moveToken(sql: Sql, keys: Keyring, from: string, to: string): Promise<void> {
  const [before, after] = [`offline_${from}`, `offline_${to}`];
  const [token] = await sql.query(TOKEN, [before, after]);
  if (!token) return;
  const anew = (sealed: string) =>
    sealed && keys.seal(keys.open(sealed, sessionContext(before)), sessionContext(after));
  await sql.query(DROP, [after]);
  await sql.query(MOVE, [before, after, to, anew(token.access), token.refresh && anew(token.refresh)]);
}
