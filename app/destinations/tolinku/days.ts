// Of which days Tolinku's figures are: its plan keeps no more than so many, and an event is of the day on which it came.
import type { Range, Report } from "../destination.ts";
import type { Reason } from "../reasons.ts";
import { because } from "./reasons.ts";

export const ORDERS_BY_DAY = because("tolinku_orders_by_day");
const DAY = 86_400_000;

/** An event has no time of its own there: it is of the day on which it came. */
export function purchasesOf(charts: Report["charts"], range: Range, told: number[]): Report["purchases"] {
  const days = charts.find(({ title }) => title === ORDERS_BY_DAY)?.points;
  return (
    days && {
      ...{ by: "told", timeZone: "UTC", zoneTold: false, since: keptSince(range, told) ?? range.from },
      days: days.map(({ label, value }) => ({ day: String(label).slice(0, 10), count: value })),
    }
  );
}

/** "Clamped to your plan's retention limit": an answer tells of how many days it is. */
export function keptLess(range: Range, told: number[]): Reason[] {
  const since = keptSince(range, told);
  if (since === null) return [];
  const days = { days: `${Math.min(...told)}`, from: since, to: range.to, asked: `${lengthOf(range)}` };
  return [because("tolinku_kept_less", days)];
}

const lengthOf = ({ from, to }: Range) => Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;

/** The first day that the figures are of; null: the first that was asked for. */
function keptSince(range: Range, told: number[]): string | null {
  const days = Math.min(...told);
  if (!(days < lengthOf(range))) return null;
  return new Date(Date.parse(range.to) - (days - 1) * DAY).toISOString().slice(0, 10);
}
