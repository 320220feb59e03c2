// The days that figures are asked for, as the address says it: ?days=30, or ?from=2026-11-01&to=2026-11-30.
import { timeFormat } from "../../base/formats.ts";
import type { Range } from "../../destinations/destination.ts";

/** In days, today included. */
export const SPANS = [7, 30, 60];
const USUAL = 30;
/** So many can be shown at once. */
export const MOST_DAYS = 366;
const DAY = 86_400_000;

export interface Asked extends Range {
  /** One of SPANS; null: two days were given. */
  days: number | null;
  /** Why these days cannot be asked for; what was typed stays. */
  error: WrongRange | null;
}
interface WrongRange {
  is: "noDays" | "backwards" | "future" | "tooMany";
  days?: number;
}

/** @param timeZone the shop's, as IANA names it: its day is the one that a merchant calls today. */
export function readRange(params: URLSearchParams, now: Date, timeZone: string): Asked {
  const today = timeFormat("sv-SE", { timeZone }).format(now);
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  if (from || to) return { from, to, days: null, error: wrongWith(from, to, today) };
  const days = SPANS.find((span) => String(span) === params.get("days")) ?? USUAL;
  return { from: dayOf(Date.parse(today) - (days - 1) * DAY), to: today, days, error: null };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;

function wrongWith(from: string, to: string, today: string): WrongRange | null {
  if (!isDay(from) || !isDay(to)) return { is: "noDays" };
  if (from > to) return { is: "backwards" };
  if (from > today) return { is: "future" };
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  return days > MOST_DAYS ? { is: "tooMany", days } : null;
}
