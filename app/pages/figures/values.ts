// Numbers and days of a report, for people, as their language writes them.
import type { Told } from "../../base/reason.ts";
import type { Report } from "../../destinations/destination.ts";
import type { Formats } from "../formats.ts";

/** What a page shows of a vendor's report. */
export type ReportTold = Told<Report>;

const CURRENCY = /^[A-Z]{3}$/;

export function numberWords({ money, number, amountIn }: Formats, value: number, unit = ""): string {
  if (CURRENCY.test(unit)) return money({ amount: String(value), currency: unit });
  return unit ? `${amountIn(unit, String(value))} ${unit}` : number(value, 2);
}

/** A figure as the vendor gave it: an amount has the places of its currency. @returns its unit apart where it is a word. */
export function figureWords(formats: Formats, value: string, unit = ""): [words: string, unit: string] {
  if (CURRENCY.test(unit)) return [formats.money({ amount: value, currency: unit }), ""];
  return [unit ? formats.amountIn(unit, value) : (shareWords(formats, value) ?? grouped(formats, value)), unit];
}

/** "12.5 %", as a vendor's share is kept. @returns null: it is none. */
function shareWords({ percent }: Formats, text: string): string | null {
  const [, share = ""] = /^(-?\d+(?:\.\d+)?) %$/.exec(text) ?? [];
  return share ? percent(share) : null;
}

/** As the language writes it where a text is nothing but a number; the digits themselves stay as the vendor gave them. */
export const grouped = ({ number }: Formats, text: string): string => {
  const [is, , fraction = ""] = /^-?(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text) ?? [];
  return is ? number(is, fraction.length, fraction.length) : text;
};

const DAY = /^\d{4}-\d{2}-\d{2}/;
const ZONED = /([Zz]|[+-]\d{2}:?\d{2})$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Is it a day, an hour or a month? */
export const isTime = (label: string): boolean => /^\d{4}-\d{2}(-\d{2}|$)/.test(label);

/** A cell of a table: a time in the shop's zone, an amount by the rules of its currency; else as the vendor gave it. */
export function cellWords(formats: Formats, cell: string, column: string, zone: string): string {
  if (isTime(cell)) return timeWords(formats, cell, zone);
  const [, amount = "", currency = ""] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(cell) ?? [];
  if (currency) return formats.money({ amount, currency });
  const [, of = ""] = /\(([^()]+)\)$/.exec(column) ?? [];
  if (of && cell) return formats.amountIn(of, cell);
  const share = shareWords(formats, cell);
  if (share) return share;
  return cell.includes(".") ? grouped(formats, cell) : cell; // without a point it may be an id or a year
}

/**
 * "2026-11-01" is "1 Nov 2026" and "2026-11" "Nov 2026", with the hour where there is one; anything else stays.
 * @param zone the shop's, for a moment; a day, and an hour without a zone, are the vendor's own.
 */
export function timeWords({ day, minute, month }: Formats, label: string, zone = "UTC"): string {
  if (/^\d{4}-(0\d|1[0-2])$/.test(label)) return month(label);
  if (!DAY.test(label) || Number.isNaN(Date.parse(label))) return label;
  if (!TIME.test(label)) return day("UTC", label);
  return ZONED.test(label) ? minute(zone, label) : minute("UTC", `${label}Z`);
}
