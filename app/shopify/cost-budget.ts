// What a shop may still be asked, in points of Shopify's bucket: kept in PostgreSQL by what Shopify said last, so that all processes share it.
import { z } from "zod";
import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";

/** Of the smallest plan that there ever was, until Shopify says it of the shop. */
const [MAXIMUM, RESTORES] = [1_000, 50];

const NOW_AVAILABLE =
  "least(b.maximum, b.available + b.restores * extract(epoch FROM greatest($2 - b.at, interval '0'))::float8)";

const RESERVE = statement<{ wait: number }, [shop: string, now: Date, cost: number, leave: number]>(
  "reserve-shopify-points",
)`
  WITH took AS (
    INSERT INTO shopify_budget AS b (shop, available, maximum, restores, at)
    VALUES ($1, ${MAXIMUM} - $3::float8, ${MAXIMUM}, ${RESTORES}, $2::timestamptz)
    ON CONFLICT (shop) DO UPDATE
      SET available = ${NOW_AVAILABLE} - $3, at = greatest(b.at, $2)
      WHERE ${NOW_AVAILABLE} >= least($3 + b.maximum * $4::float8, b.maximum)
    RETURNING 1)
  SELECT coalesce(
    (SELECT 0 FROM took),
    (SELECT greatest(1, ceil((least($3 + b.maximum * $4, b.maximum) - ${NOW_AVAILABLE}) / b.restores * 1000))
     FROM shopify_budget b
     WHERE b.shop = $1),
    1)::int AS wait`;

const SETTLE = statement<
  never,
  [shop: string, now: Date, back: number, told: number | null, maximum: number | null, restores: number | null]
>("settle-shopify-points")`
  WITH lives AS (UPDATE shop SET token_dead_at = NULL WHERE domain = $1 AND token_dead_at IS NOT NULL)
  UPDATE shopify_budget b
  SET available = CASE WHEN $5 <> b.maximum THEN $4 ELSE least(${NOW_AVAILABLE} + $3::float8, $4::float8) END,
    maximum = coalesce($5::float8, b.maximum),
    restores = coalesce($6::float8, b.restores),
    at = greatest(b.at, $2)
  WHERE shop = $1`;

const REST = statement<never, [shop: string, now: Date, seconds: number]>("rest-from-asking-shopify")`
  UPDATE shopify_budget b
  SET available = least(${NOW_AVAILABLE}, -b.restores * $3::float8), at = greatest(b.at, $2)
  WHERE shop = $1`;

/** `extensions.cost` of an answer, as far as it is there. */
const said = z.object({
  requestedQueryCost: z.number(),
  actualQueryCost: z.number().nullish(),
  throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() }),
});
export type Cost = z.infer<typeof said>;

export function costIn(extensions: { cost?: unknown } | undefined): Cost | null {
  const read = said.safeParse(extensions?.cost);
  return read.success ? read.data : null;
}

/**
 * @param leave the share of the bucket that is left to others.
 * @returns milliseconds until there is enough; 0: it is taken.
 */
export async function reservePoints(
  sql: Sql,
  shop: string,
  now: Date,
  { cost, leave }: { cost: number; leave: number },
): Promise<number> {
  const [row] = await sql.query(RESERVE, [shop, now, cost, leave]);
  return row?.wait ?? 0;
}

/** What was reserved and not used goes back (of a bucket of another size than was thought, Shopify alone knows); where Shopify says that less is left, it is right. Shopify took the token: it lives. */
export async function settlePoints(sql: Sql, shop: string, now: Date, reserved: number, cost: Cost | null) {
  const status = cost?.throttleStatus;
  const back = cost ? reserved - (cost.actualQueryCost ?? 0) : 0;
  const { currentlyAvailable = null, maximumAvailable = null, restoreRate = null } = status ?? {};
  await sql.query(SETTLE, [shop, now, back, currentlyAvailable, maximumAvailable, restoreRate]);
}

/** Nobody asks for so long: Shopify answered 429, or says nothing of its bucket. */
export async function restFromAsking(sql: Sql, shop: string, now: Date, seconds: number): Promise<void> {
  await sql.query(REST, [shop, now, seconds]);
}
