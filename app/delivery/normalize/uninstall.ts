// A shop is said to have left: is it gone, or back since? Who is gone is sent nothing more, and what is kept of it goes.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Reading } from "../../events/reading.ts";
import { holdLanesOf } from "../connections/lanes.ts";
import { forgetSecrets } from "../connections/secret-prints.ts";
import { because, NO_REASON, sqlSetCode } from "../reasons.ts";
import type { Presence, Road } from "../road.ts";
import { NOT_SENT } from "../states.ts";
import { OPEN } from "./open-backfills.ts";

/** Shopify's clock and ours may differ by so much; nobody installs an app again within it. */
const CLOCKS_APART_MS = 10_000;
/** So long Shopify is asked again before its webhook alone is believed. */
const ASKED_FOR_MS = 3_600_000;

/** Nothing that we know tells whether the shop is gone: Shopify is to be asked, outside of the transaction. */
export class InDoubt extends Error {
  override name = "InDoubt";
}

interface Parting {
  id: string;
  triggeredAt: Date | null;
  receivedAt: Date;
}
interface Told {
  webhook: Parting;
  reading: Reading;
}

/**
 * @param asked what Shopify said when it was asked; undefined: not yet.
 * @returns by webhook, whether a shop that is said to have left is gone; "unknown": the webhook waits, an hour at most.
 * @throws InDoubt
 */
export async function partings(
  road: Road,
  sql: Sql,
  shop: string,
  told: Told[],
  asked?: Presence,
): Promise<Map<string, Presence>> {
  const found = new Map<string, Presence>();
  for (const { webhook, reading } of told)
    if (reading.is === "uninstalled" || reading.is === "redacted")
      found.set(webhook.id, await presence(road, sql, shop, webhook, asked));
  return found;
}

export async function part(road: Road, sql: Sql, shop: string, told: Told[], found: Map<string, Presence>) {
  for (const { webhook, reading } of told) {
    const is = found.get(webhook.id);
    if (is === "there") await cameBack(sql, shop, webhook);
    if (is === "gone" && reading.is === "uninstalled") await uninstall(sql, shop, road.clock());
  }
}

/** `app/uninstalled` and `shop/redact` may be a day late: a shop that is back since has not left. */
const said = ({ triggeredAt, receivedAt }: Omit<Parting, "id">) => triggeredAt ?? receivedAt;

// A session token's time is Shopify's own, as the webhook's is; the others are by our clock.
const KNOWN = statement<{ back: boolean | null; asks: boolean }, [shop: string, said: Date, atOurs: Date]>(
  "is-shop-back-since",
)`
  SELECT seen_at > $2 OR greatest(installed_at, token_at) > $3 AS back,
    uninstalled_at IS NULL AND EXISTS (SELECT 1 FROM session s WHERE s.shop = $1) AS asks
  FROM shop
  WHERE domain = $1`;

/** Was the shop seen, or did it give a token, after what the webhook says? */
export async function isBackSince(sql: Sql, shop: string, webhook: Omit<Parting, "id">): Promise<boolean> {
  const at = said(webhook);
  const [known] = await sql.query(KNOWN, [shop, at, new Date(at.getTime() + CLOCKS_APART_MS)]);
  return known?.back === true;
}

async function presence(road: Road, sql: Sql, shop: string, webhook: Parting, asked?: Presence): Promise<Presence> {
  const at = said(webhook);
  const [known] = await sql.query(KNOWN, [shop, at, new Date(at.getTime() + CLOCKS_APART_MS)]);
  if (known?.back) return "there";
  if (!known?.asks || !road.askInstalled) return "gone";
  if (!asked) throw new InDoubt();
  const late = road.clock().getTime() - webhook.receivedAt.getTime() > ASKED_FOR_MS;
  return asked === "unknown" && late ? "gone" : asked;
}

const SAY_PIXEL_WENT = statement<never, [shop: string]>("say-that-pixel-went")`
  UPDATE shop
  SET pixel_says = '${JSON.stringify(because("pixel_went"))}'
  WHERE domain = $1 AND pixel_endpoint IS NOT NULL`;
const DROP_OLD_TOKEN = statement<never, [shop: string, said: Date]>("drop-token-before-leaving")`
  DELETE FROM session
  USING shop
  WHERE session.shop = $1 AND shop.domain = $1 AND shop.seen_at > $2
    AND coalesce(shop.token_at, shop.installed_at) <= $2`;

/** It left and came back: the web pixel went with the installation before, and so did a token that is older than the leaving. */
async function cameBack(sql: Sql, shop: string, webhook: Parting): Promise<void> {
  await sql.query(SAY_PIXEL_WENT, [shop]);
  await sql.query(DROP_OLD_TOKEN, [shop, said(webhook)]);
}

const LEAVE = statement<never, [shop: string, now: Date]>("note-shop-uninstalled")`
  UPDATE shop
  SET uninstalled_at = $2, token_dead_at = NULL, lacks = NULL,
    pixel_key = NULL, pixel_endpoint = NULL, pixel_says = NULL
  WHERE domain = $1`;
const DISCONNECT = statement<never, [shop: string, now: Date]>("disconnect-shop")`
  UPDATE connection
  SET state = 'disconnected', ${NO_REASON}, secrets = NULL, settings = '{}', changed_at = $2
  WHERE shop = $1`;
const SKIP = statement<never, [shop: string, now: Date]>("skip-owed-of-shop")`
  UPDATE delivery
  SET state = ${NOT_SENT}, ${sqlSetCode("uninstalled")}, settled_at = $2
  WHERE shop = $1 AND state = 'due'`;
const END_BACKFILLS = statement<never, [shop: string, now: Date]>("end-backfills-of-shop")`
  WITH ended AS (
    UPDATE backfill
    SET state = 'cancelled', ${sqlSetCode("uninstalled")}, ended_at = $2, owner = NULL, operation = NULL
    WHERE shop = $1 AND state IN ${OPEN}
    RETURNING id)
  DELETE FROM backfill_line
  WHERE backfill_id IN (SELECT id FROM ended)`;
const DROP_TOKENS = statement<never, [shop: string]>("drop-tokens-of-shop")`
  DELETE FROM session
  WHERE shop = $1`;
const DROP_SNAPSHOTS = statement<never, [shop: string]>("drop-snapshots-of-shop")`
  DELETE FROM snapshot
  WHERE shop = $1`;

export async function uninstall(sql: Sql, shop: string, now: Date): Promise<void> {
  await sql.query(LEAVE, [shop, now]);
  await sql.query(DISCONNECT, [shop, now]);
  await forgetSecrets(sql, shop, null);
  await holdLanesOf(sql, shop);
  await sql.query(SKIP, [shop, now]);
  await sql.query(END_BACKFILLS, [shop, now]);
  await sql.query(DROP_TOKENS, [shop]);
  // Its buyers: who comes back with the shop is told anew.
  await sql.query(DROP_SNAPSHOTS, [shop]);
}
