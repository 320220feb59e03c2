// What a shop needs of Shopify beside its token: its facts and the web pixel. Asked for at every token, and by the upkeep until both are there.
import { statement } from "../base/statement.ts";
import type { Road } from "../delivery/road.ts";
import { shopFacts } from "../delivery/shop-facts.ts";
import type { Shop } from "../events/facts.ts";
import type { Graphql } from "./ask.ts";
import { readFacts } from "./facts.ts";
import { keepPixel } from "./pixel.ts";

/** Hands out a shop's Admin API by its stored token; null where there is none that works. */
export type AdminOf = (shop: string) => Promise<Graphql | null>;

const KEEP_FACTS = statement<never, [shop: string, facts: Shop]>("keep-shop-facts")`
  UPDATE shop
  SET facts = $2
  WHERE domain = $1`;

export async function setUp(road: Road, shop: string, ask: { graphql: Graphql; endpoint: string }): Promise<void> {
  const facts = await readFacts(ask.graphql, await shopFacts(road.db, shop));
  if (facts) await road.db.query(KEEP_FACTS, [shop, facts]);
  await keepPixel(road, shop, ask);
}

/** Of a shop that is not told apart from others by it: no facts, or none of weight. */
const NO_FACTS = "(facts IS NULL OR coalesce(facts ->> 'currency', '') = '')";
/** Never asked for, or asked for and not there; a pixel that the merchant switched off lacks nothing. */
const NO_PIXEL = "(pixel_key IS NULL OR pixel_says IS NOT NULL)";

const FACTS_MISSING = statement<{ missing: boolean }, [shop: string]>("shop-facts-missing")`
  SELECT ${NO_FACTS} AS missing
  FROM shop
  WHERE domain = $1`;

/** Are the shop's currency, time zone and language known? */
export async function factsAreKnown(road: Road, shop: string): Promise<boolean> {
  const [row] = await road.db.query(FACTS_MISSING, [shop]);
  return row?.missing === false;
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
    WHERE uninstalled_at IS NULL AND (${NO_FACTS} OR ${NO_PIXEL}) AND (set_up_at IS NULL OR set_up_at <= $1)
      AND EXISTS (SELECT 1 FROM session WHERE session.id = 'offline_' || shop.domain)
    ORDER BY set_up_at NULLS FIRST
    LIMIT $2
    FOR UPDATE SKIP LOCKED)
  RETURNING domain`;

/** @param endpoint where the pixel posts to. @throws the first of its faults, when all were tried. */
export async function setUpWhatIsMissing(road: Road, endpoint: string, adminOf: AdminOf): Promise<void> {
  const shops = await road.db.query(TAKE, [road.clock(), MOST_AT_ONCE]);
  const tried = await Promise.allSettled(
    shops.map(async ({ domain }) => {
      const graphql = await adminOf(domain);
      if (graphql) await setUp(road, domain, { graphql, endpoint });
    }),
  );
  const failed = tried.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}
