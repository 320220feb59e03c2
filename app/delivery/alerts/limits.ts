// From where on something is an alert: the usual limits, and those that a shop has chosen.

import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";

export interface Limits {
  /** So many percent of the last hour's deliveries may end without arriving. */
  failing: number;
  /** For so many hours nothing may be delivered though orders came. */
  silentHours: number;
  /** So many percent of the orders of the last days should arrive. */
  accuracy: number;
}
export const USUAL: Limits = { failing: 20, silentHours: 6, accuracy: 90 };
const RANGES: Record<keyof Limits, [least: number, most: number]> = {
  failing: [1, 100],
  silentHours: [1, 168],
  accuracy: [1, 100],
};
const NAMES = Object.keys(USUAL) as (keyof Limits)[];

/** SQL: a limit of the shop `s`. */
export const sqlLimit = (name: keyof Limits) => `coalesce((s.alert_limits ->> '${name}')::int, ${USUAL[name]})`;

const LIMITS = statement<{ limits: Partial<Limits> | null }, [shop: string]>("alert-limits-of-shop")`
  SELECT alert_limits AS limits
  FROM shop
  WHERE domain = $1`;

export async function alertLimits(road: Road, shop: string): Promise<Limits> {
  const [row] = await road.db.query(LIMITS, [shop]);
  return { ...USUAL, ...row?.limits };
}

const SET = statement<never, [shop: string, limits: Limits]>("set-alert-limits")`
  UPDATE shop
  SET alert_limits = $2
  WHERE domain = $1`;

/** @param given as typed. @returns null, or why they will not do. */
export async function setAlertLimits(
  road: Road,
  shop: string,
  given: Record<keyof Limits, string>,
): Promise<Reason | null> {
  const limits = { ...USUAL };
  for (const name of NAMES) {
    const [least, most] = RANGES[name];
    const number = /^\d{1,3}$/.test(given[name]) ? Number(given[name]) : Number.NaN;
    if (!(number >= least && number <= most))
      return because("alert_limit", { least: String(least), most: String(most) });
    limits[name] = number;
  }
  await road.db.query(SET, [shop, limits]);
  return null;
}
