// Calendar days in a time zone: their names, and the moments at which they begin there.
import { timeFormat } from "./formats.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** No zone is further from UTC, also where a clock that is put forward skips midnight. */
const FURTHEST = 16 * 60;

/** "2026-11-30" */
export const dayIn = (timeZone: string, at: Date | number): string => timeFormat("sv-SE", { timeZone }).format(at);

/** All from the first to the last, both included. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  return Array.from({ length: count }, (_, at) => dayAfter(from, at));
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** When each of the days begins, and last when the last of them ends: a day may have 23 or 25 hours. */
export const dayStarts = (days: string[], timeZone: string): Date[] =>
  [...days, dayAfter(days.at(-1) ?? "", 1)].map((day) => startOf(day, timeZone));

/** The first minute that has this date there, or a later one: some zones left a day out. */
function startOf(day: string, timeZone: string): Date {
  const utc = Date.parse(day);
  let [before, from] = [-FURTHEST, FURTHEST];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayIn(timeZone, utc + middle * MINUTE) < day) before = middle;
    else from = middle;
  }
  return new Date(utc + from * MINUTE);
}
