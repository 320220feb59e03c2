// How long a shop keeps what it was told: the usual times are the longest, and a merchant may choose shorter ones.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

/** In days; the last is the usual time. Shorter would take away what refunds, replays and the merchant's own questions need. */
export const CHOICES = { bodies: [3, 7, 14, 30], data: [30, 60, 90], attempts: [7, 14, 30] } as const;
type What = keyof typeof CHOICES;
/** Days. */
export type Kept = Record<What, number>;

export const usual = (what: What): number => CHOICES[what].at(-1) ?? 0;
/** The choices that need a walk of their own. */
export const shorter = (what: What): number[] => CHOICES[what].slice(0, -1);

const KEPT = statement<Record<What, number | null>, [shop: string]>("kept-by-shop")`
  SELECT keep_bodies AS bodies, keep_data AS data, keep_attempts AS attempts
  FROM shop
  WHERE domain = $1`;

export async function keptBy(sql: Sql, shop: string): Promise<Kept> {
  const [row] = await sql.query(KEPT, [shop]);
  const days = (what: What) => row?.[what] ?? usual(what);
  return { bodies: days("bodies"), data: days("data"), attempts: days("attempts") };
}

const SET = statement<never, [shop: string, bodies: number | null, data: number | null, attempts: number | null]>(
  "set-kept-by-shop",
)`
  UPDATE shop
  SET keep_bodies = $2, keep_data = $3, keep_attempts = $4
  WHERE domain = $1`;
const BEGIN_AGAIN = statement<never, [walk: string, usualWalk: string]>("begin-walk-again")`
  INSERT INTO upkeep_mark (name, up_to)
  VALUES ($1, coalesce((SELECT up_to FROM upkeep_mark WHERE name = $2), 0))
  ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to`;

/** By what a walk for a shorter time is known: it goes where the usual one has not been yet. */
export const walkOf = (what: What, days: number, walk = USUAL_WALK[what]) => `${walk} of ${inWords(days)} days`;
/** As the names of walks and statements say it. */
export const inWords = (days: number): string => IN_WORDS[days] ?? "";
const IN_WORDS: Record<number, string> = { 3: "three", 7: "seven", 14: "fourteen", 30: "thirty", 60: "sixty" };
/** The requests are kept as long as the bodies. */
export const REQUEST_WALK = "requests";
export const USUAL_WALK: Record<What, string> = { bodies: "bodies", data: "event data", attempts: "attempts" };

/** @param given days, as typed. @returns a word where they are none of the choices. */
export async function setKept(
  road: Road,
  shop: string,
  given: Record<What, string>,
): Promise<"none of the choices" | null> {
  const days = (what: What) => CHOICES[what].find((choice) => String(choice) === given[what]);
  const [bodies, data, attempts] = [days("bodies"), days("data"), days("attempts")];
  if (!bodies || !data || !attempts) return "none of the choices";
  const orUsual = (what: What, chosen: number) => (chosen === usual(what) ? null : chosen);
  await road.db.transaction(async (sql) => {
    const values = [orUsual("bodies", bodies), orUsual("data", data), orUsual("attempts", attempts)] as const;
    await sql.query(SET, [shop, ...values]);
    // What came before is gone through once more: it may be too old now.
    for (const [what, chosen, walk] of [
      ["bodies", bodies, USUAL_WALK.bodies],
      ["bodies", bodies, REQUEST_WALK],
      ["data", data, USUAL_WALK.data],
    ] as const)
      if (chosen !== usual(what)) await sql.query(BEGIN_AGAIN, [walkOf(what, chosen, walk), walk]);
  });
  return null;
}

const CHOSEN = statement<Record<What, number[]>>("times-that-shops-chose")`
  SELECT
    coalesce(array_agg(DISTINCT keep_bodies::int) FILTER (WHERE keep_bodies IS NOT NULL), '{}') AS bodies,
    coalesce(array_agg(DISTINCT keep_data::int) FILTER (WHERE keep_data IS NOT NULL), '{}') AS data,
    coalesce(array_agg(DISTINCT keep_attempts::int) FILTER (WHERE keep_attempts IS NOT NULL), '{}') AS attempts
  FROM shop`;

/** The walks that somebody wants: another would pass every row for nobody. */
export async function isChosen(road: Road): Promise<(what: What, days: number) => boolean> {
  const [row] = await road.db.query(CHOSEN);
  return (what, days) => row?.[what].includes(days) ?? false;
}
