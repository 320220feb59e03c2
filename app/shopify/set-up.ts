// What a shop needs of Shopify beside its token: its facts and the web pixel. Asked for at every token, and by the upkeep until all is there.
import type { Reason } from "../base/reason.ts";
import { statement } from "../base/statement.ts";
import { domainNow } from "../delivery/identity/names.ts";
import type { Road } from "../delivery/road.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import type { Shop } from "../events/facts.ts";
import type { Ask } from "./asking.ts";
import { type FactsLack, readFacts } from "./facts.ts";
import { settleWho } from "./identity.ts";
import { keepPixel, type PixelAsk } from "./pixel.ts";
import { because } from "./reasons.ts";

/** A shop's Admin API by its stored token. */
export type AskOf = (shop: string) => Ask;

const KEEP_FACTS = statement<never, [shop: string, facts: Shop]>("keep-shop-facts")`
  UPDATE shop
  SET facts = $2, shopify_id = coalesce($2::jsonb ->> 'id', shopify_id)
  WHERE domain = $1`;
const KEEP_LACKS = statement<never, [shop: string, lacks: FactsLack | null]>("keep-what-shopify-did-not-tell")`
  UPDATE shop
  SET lacks = $2
  WHERE domain = $1`;

/** @param known the name under which the shop is kept; Shopify's answer may tell another. @param how.domain at which Shopify is asked; absent: its name of now. */
export async function setUp(road: Road, known: string, how: PixelAsk & { domain?: string }): Promise<void> {
  const { facts, lacks, who } = await readFacts(how.ask, await shopFacts(road.db, known));
  const shop = await settleWho(road, known, how.domain ?? (await domainNow(road.db, known)), who);
  if (facts) await road.db.query(KEEP_FACTS, [shop, { ...facts, domain: shop }]);
  await road.db.query(KEEP_LACKS, [shop, Object.keys(lacks).length > 0 ? lacks : null]);
  await keepPixel(road, shop, how);
}

/** Of a shop that is not told apart from others by it: no facts, or none of weight. */
const NO_FACTS = "(facts IS NULL OR coalesce(facts ->> 'currency', '') = '')";
/** Never asked for, or asked for and not there; a pixel that the merchant switched off lacks nothing. */
const NO_PIXEL = "(pixel_key IS NULL OR pixel_says IS NOT NULL)";

/** Of what was not told for another reason than that the app may not have it; that is asked for again when its scopes change. */
const TOLD_LATER = `lacks @? '$.* ? (@.code != "scope_missing" && @.code != "not_approved")'`;
const SCOPES_CHANGED = "(lacks IS NOT NULL AND set_up_at IS NULL)";

interface Missing {
  missing: boolean;
  dead: boolean;
  lacks: FactsLack | null;
}
const MISSING = statement<Missing, [shop: string]>("what-shop-lacks")`
  SELECT ${NO_FACTS} AS missing, token_dead_at IS NOT NULL AS dead, lacks
  FROM shop
  WHERE domain = $1`;

/** What Shopify has not told of a shop, or does not let the app have; null: it has. */
export interface Lacks {
  token: Reason | null;
  facts: Reason | null;
  language: Reason | null;
}

export async function lacksOf(road: Road, shop: string): Promise<Lacks> {
  const [row] = await road.db.query(MISSING, [shop]);
  return {
    token: row?.dead ? because("token_dead") : null,
    facts: row?.missing === false ? null : (row?.lacks?.facts ?? because("shopify_ill")),
    language: row?.lacks?.language ?? null,
  };
}

const MOST_AT_ONCE = 10;

// The longer it is missing, the rarer it is asked for: every one to ten minutes.
const TAKE = statement<{ domain: string }, [now: Date, most: number]>("take-shops-to-set-up")`
  UPDATE shop
  SET set_up_at = $1::timestamptz
    + least(greatest($1::timestamptz - coalesce(token_at, installed_at), interval '50 seconds'), interval '10 minutes')
  WHERE domain IN (
    SELECT domain
    FROM shop
    WHERE uninstalled_at IS NULL AND (${NO_FACTS} OR ${NO_PIXEL} OR ${TOLD_LATER} OR ${SCOPES_CHANGED})
      AND (set_up_at IS NULL OR set_up_at <= $1)
      AND EXISTS (SELECT 1 FROM session WHERE session.id = 'offline_' || shop.domain)
    ORDER BY set_up_at NULLS FIRST
    LIMIT $2
    FOR UPDATE SKIP LOCKED)
  RETURNING domain`;

/** @param endpoint where the pixel posts to. @throws the first of its faults, when all were tried. */
export async function setUpWhatIsMissing(road: Road, endpoint: string, askOf: AskOf): Promise<void> {
  const shops = await road.db.query(TAKE, [road.clock(), MOST_AT_ONCE]);
  const tried = await Promise.allSettled(
    shops.map(({ domain }) => setUp(road, domain, { ask: askOf(domain), endpoint })),
  );
  const failed = tried.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}
