// How much a shop's pixel may tell in a day: strangers post there. The merchant sets it, the door keeps it, the page says what came of it.

import type { Sql } from "../base/database.ts";
import { statement } from "../base/statement.ts";

/** Events in a day (UTC), where the merchant has set nothing. */
export const USUAL_DAILY = 200_000;
const MOST_DAILY = 100_000_000;

export interface PixelDay {
  /** Events in a day, at most. */
  ceiling: number;
  /** Events of today, about. */
  taken: number;
  /** Events of today beyond the ceiling. */
  dropped: number;
  /** Posts of today that came too fast, from one address or of one visitor. */
  tooFast: number;
}

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

interface Day {
  daily: number | null;
  taken: string;
  dropped: string;
  tooFast: string;
}
const DAY = statement<Day, [shop: string, day: string]>("pixel-day")`
  SELECT
    s.pixel_daily AS daily,
    coalesce(d.taken, 0) AS taken,
    coalesce(d.dropped, 0) AS dropped,
    coalesce(d.too_fast, 0) AS "tooFast"
  FROM shop s
  LEFT JOIN pixel_day d ON d.shop = s.domain AND d.day = $2
  WHERE s.domain = $1`;

export async function pixelDay(sql: Sql, shop: string, now: Date): Promise<PixelDay> {
  const [row] = await sql.query(DAY, [shop, dayOf(now)]);
  return {
    ceiling: row?.daily ?? USUAL_DAILY,
    taken: Number(row?.taken ?? 0),
    dropped: Number(row?.dropped ?? 0),
    tooFast: Number(row?.tooFast ?? 0),
  };
}

const SET_CEILING = statement<never, [shop: string, daily: number | null]>("set-pixel-ceiling")`
  UPDATE shop
  SET pixel_daily = $2
  WHERE domain = $1`;

/** @param typed by the merchant; blank: the usual number. @returns where it is none that can be, the most that can. */
export async function setCeiling(sql: Sql, shop: string, typed: string): Promise<{ most: number } | null> {
  const number = typed.replace(/[ \u00a0\u202f]/g, ""); // a point or a comma is a decimal one somewhere
  if (number !== "" && (!/^\d{1,9}$/.test(number) || Number(number) < 1 || Number(number) > MOST_DAILY))
    return { most: MOST_DAILY };
  await sql.query(SET_CEILING, [shop, number === "" ? null : Number(number)]);
  return null;
}

const OPEN_DAY = statement<never, [shop: string, day: string]>("open-pixel-day")`
  INSERT INTO pixel_day (shop, day)
  VALUES ($1, $2)
  ON CONFLICT DO NOTHING`;
const TAKE = statement<{ granted: number }, [shop: string, day: string, want: number, ceiling: number]>(
  "take-from-pixel-day",
)`
  UPDATE pixel_day d
  SET taken = before.taken + least($3, $4 - before.taken)
  FROM (SELECT taken FROM pixel_day WHERE shop = $1 AND day = $2 FOR UPDATE) before
  WHERE d.shop = $1 AND d.day = $2 AND before.taken < $4
  RETURNING least($3, $4 - before.taken)::int AS granted`;

/** @param want events. @returns how many of them the day still has room for, booked: 0 to `want`. */
export async function reserve(
  sql: Sql,
  ask: { shop: string; now: Date; want: number; ceiling: number },
): Promise<number> {
  const day = dayOf(ask.now);
  await sql.query(OPEN_DAY, [ask.shop, day]);
  const [row] = await sql.query(TAKE, [ask.shop, day, ask.want, ask.ceiling]);
  return row?.granted ?? 0;
}

const NOTE_REFUSED = statement<never, [shop: string, day: string, dropped: number, tooFast: number]>(
  "note-refused-pixel-posts",
)`
  WITH old AS (DELETE FROM pixel_day WHERE shop = $1 AND day < $2::date - 60)
  INSERT INTO pixel_day AS d (shop, day, dropped, too_fast)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (shop, day) DO UPDATE SET
    dropped = d.dropped + excluded.dropped,
    too_fast = d.too_fast + excluded.too_fast`;

/** Adds to what was not taken, and forgets days that nobody asks for any more. */
export async function noteRefused(
  sql: Sql,
  { shop, now, dropped, tooFast }: { shop: string; now: Date; dropped: number; tooFast: number },
): Promise<void> {
  await sql.query(NOTE_REFUSED, [shop, dayOf(now), dropped, tooFast]);
}
