// A shop that comes by a name that nobody knows, with an id that is known, is the same shop: what came under the new name goes where the rest is.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Identity } from "../../events/whose.ts";
import { clearShop } from "../people/clear-shop.ts";
import { namesOf, rename, takeAway } from "./names.ts";

const LOCK = statement<{ locked: string }, [shop: string]>("lock-shop-to-identify")`
  SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text AS locked`;

/** The normalizer's place. Of two shops the one with the newer name is taken first. */
export const lockToIdentify = (sql: Sql, shop: string) => sql.query(LOCK, [shop]);

const OF_ID = statement<{ shop: string }, [id: string, but: string]>("shop-of-shopify-id")`
  SELECT domain AS shop
  FROM shop
  WHERE shopify_id = $1 AND domain <> $2
  ORDER BY uninstalled_at IS NOT NULL, installed_at DESC
  LIMIT 1`;

/** @returns another shop than this one that has the id; null: there is none. */
export async function shopOfId(sql: Sql, id: string, but: string): Promise<string | null> {
  const [row] = await sql.query(OF_ID, [id, but]);
  return row?.shop ?? null;
}

const UNSETTLED = statement<{ shop: string }, [shop: string]>("is-it-unknown-who-shop-is")`
  SELECT domain AS shop
  FROM shop s
  WHERE domain = $1 AND (
    (shopify_id IS NULL AND facts IS NULL AND EXISTS (SELECT 1 FROM connection c WHERE c.shop <> s.domain))
    OR EXISTS (SELECT 1 FROM shop o WHERE o.shopify_id = s.shopify_id AND o.domain <> s.domain))`;

/** It may be one that is kept with its connections under another name: Shopify has not told yet who it is, or the two are not one yet. */
export async function isUnsettled(sql: Sql, shop: string): Promise<boolean> {
  return (await sql.query(UNSETTLED, [shop])).length > 0;
}

interface Standing {
  id: string | null;
  connected: boolean;
  opened: boolean;
}
const STANDING = statement<Standing, [shop: string]>("standing-of-shop")`
  SELECT (SELECT shopify_id FROM shop WHERE domain = $1) AS id,
    EXISTS (SELECT 1 FROM connection WHERE shop = $1 AND state <> 'disconnected') AS connected,
    EXISTS (SELECT 1 FROM session WHERE session.shop = $1) AS opened`;

export async function standingOf(sql: Sql, shop: string): Promise<Standing> {
  const [row] = await sql.query(STANDING, [shop]);
  return row ?? { id: null, connected: false, opened: false };
}

const ASK = statement<never, [shop: string]>("ask-who-a-shop-is")`
  UPDATE shop
  SET set_up_at = NULL, lacks = coalesce(lacks, '{}')
  WHERE domain = $1`;

/** The upkeep asks Shopify at its next turn. */
export const askWhoItIs = (sql: Sql, shop: string) => sql.query(ASK, [shop]);

/**
 * By the shop's own webhooks, in its normalizer's transaction. Where it was opened under the new name already, the question for its
 * facts finds it out, which also has its token.
 * @param told what webhooks of this shop said of it, signed by Shopify.
 * @returns the name under which the shop is kept, where that is another one.
 */
export async function identify(sql: Sql, shop: string, told: Identity[]): Promise<string | null> {
  for (const { id, domain, at, dated } of told) {
    const here = await standingOf(sql, shop);
    const known = here.connected ? null : await shopOfId(sql, id, shop);
    if (known && here.opened) await askWhoItIs(sql, shop);
    if (known && !here.opened) {
      await lockToIdentify(sql, known);
      await join(sql, shop, known);
      await believe(sql, known, { domain, at, dated });
      return known;
    }
    if (here.id === id) await believe(sql, shop, { domain, at, dated });
  }
  return null;
}

/** Posted again, a word without a date would give a name back that was given up since. */
async function believe(sql: Sql, shop: string, { domain, at, dated }: Omit<Identity, "id">): Promise<void> {
  if (dated || !(await namesOf(sql, shop)).includes(domain)) await rename(sql, shop, domain, at);
}

/** Of another shop, by a webhook that came by a name of this one. */
export type Stranger = Identity & { webhook: string };

const HELD_SINCE = statement<{ since: Date }, [shop: string, domain: string]>("name-held-since")`
  SELECT greatest(installed_at, (SELECT since FROM shop_domain d WHERE d.domain = $2 AND d.shop = $1)) AS since
  FROM shop
  WHERE domain = $1`;
const HAND_ON = statement<never, [webhook: string, shop: string]>("hand-webhook-on-to-shop")`
  UPDATE webhook w
  SET shop = $2, state = 'received', reason_code = NULL, reason_values = NULL, normalized_at = NULL
  WHERE id = $1 AND NOT EXISTS (
    SELECT 1
    FROM webhook k
    WHERE k.shop = $2 AND k.topic = w.topic AND k.webhook_id = w.webhook_id)`;

/**
 * A name of this shop is another's by now, by that one's own word, signed and dated: what comes by the name is that one's from now on.
 * @returns the name under which that one is kept, where there is one.
 */
export async function yieldNames(sql: Sql, shop: string, told: Stranger[]): Promise<string | null> {
  let to: string | null = null;
  for (const { id, domain, at, dated, webhook } of told) {
    const here = await standingOf(sql, shop);
    const [held] = await sql.query(HELD_SINCE, [shop, domain]);
    const ours = here.id !== null && here.id !== id && (await namesOf(sql, shop)).includes(domain);
    if (!dated || !ours || !held || at < held.since) continue;
    const known = await shopOfId(sql, id, shop);
    if (known) await rename(sql, known, domain, at);
    to = known ?? (await takeAway(sql, shop, domain));
    await sql.query(HAND_ON, [webhook, to]);
  }
  return to;
}

// What came under the new name is worked off once more, where the connections and the keys are.
const MOVE = statement<never, [from: string, to: string]>("move-webhooks-to-kept-shop")`
  UPDATE webhook w
  SET shop = $2, state = 'received', reason_code = NULL, reason_values = NULL, normalized_at = NULL
  WHERE shop = $1 AND body IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM webhook k
    WHERE k.shop = $2 AND k.topic = w.topic AND k.webhook_id = w.webhook_id)`;
interface Installed {
  installedAt: Date;
  tokenAt: Date | null;
  seenAt: Date | null;
  pixelKey: string | null;
  pixelEndpoint: string | null;
  pixelSays: string | null;
}
const INSTALLED = statement<Installed, [shop: string]>("install-of-new-name")`
  SELECT installed_at AS "installedAt", token_at AS "tokenAt", seen_at AS "seenAt", pixel_key AS "pixelKey",
    pixel_endpoint AS "pixelEndpoint", pixel_says AS "pixelSays"
  FROM shop
  WHERE domain = $1 AND uninstalled_at IS NULL`;
const REVIVE = statement<never, [shop: string, installedAt: Date, tokenAt: Date | null, seenAt: Date | null]>(
  "install-kept-shop-by-its-new-name",
)`
  UPDATE shop
  SET uninstalled_at = NULL, set_up_at = NULL, token_dead_at = NULL,
    installed_at = CASE WHEN uninstalled_at IS NULL THEN installed_at ELSE $2 END,
    token_at = greatest(token_at, $3), seen_at = greatest(seen_at, $4)
  WHERE domain = $1`;
const GIVE_PIXEL = statement<never, [shop: string, key: string, endpoint: string | null, says: string | null]>(
  "give-pixel-of-new-name",
)`
  UPDATE shop
  SET pixel_key = $2, pixel_endpoint = $3, pixel_says = $4
  WHERE domain = $1`;

/** In the places of both. What else was made under the new name goes: it is made anew. */
export async function join(sql: Sql, from: string, to: string): Promise<void> {
  const [made] = await sql.query(INSTALLED, [from]);
  await sql.query(MOVE, [from, to]);
  await clearShop(sql, from);
  if (!made) return;
  await sql.query(REVIVE, [to, made.installedAt, made.tokenAt, made.seenAt]);
  if (made.pixelKey) await sql.query(GIVE_PIXEL, [to, made.pixelKey, made.pixelEndpoint, made.pixelSays]);
}
