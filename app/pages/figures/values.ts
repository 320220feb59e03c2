// Numbers and days of a report, for people.

import { numberFormat, timeFormat } from "../../base/formats.ts";
import type { Told } from "../../base/reason.ts";
import type { Report } from "../../destinations/destination.ts";
import { amountIn, money } from "../money.ts";

/** What a page shows of a vendor's report. */
export type ReportTold = Told<Report>;

const CURRENCY = /^[A-Z]{3}$/;

export const numberWords = (value: number, unit = ""): string =>
  CURRENCY.test(unit) ? money({ amount: String(value), currency: unit }) : plainNumber(value, unit);

/** A figure as the vendor gave it, in its unit: an amount has the places of its currency. */
export const figureWords = (value: string, unit = ""): string =>
  CURRENCY.test(unit) ? money({ amount: value, currency: unit }) : `${grouped(value)}${unit ? ` ${unit}` : ""}`;

const plainNumber = (value: number, unit: string): string =>
  `${numberFormat("en", { maximumFractionDigits: 2 }).format(value)}${unit ? ` ${unit}` : ""}`;

/** Digits in groups where a text is nothing but a number; the digits themselves stay as the vendor gave them. */
export const grouped = (text: string): string =>
  /^-?\d{4,15}(\.\d+)?$/.test(text)
    ? numberFormat("en", { maximumFractionDigits: 20 }).format(text as Intl.StringNumericLiteral)
    : text;

const DAY = /^\d{4}-\d{2}-\d{2}/;
const ZONED = /([Zz]|[+-]\d{2}:?\d{2})$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Is it a day, an hour or a month? */
export const isTime = (label: string): boolean => /^\d{4}-\d{2}(-\d{2}|$)/.test(label);

/** A cell of a table: a time in the shop's zone, an amount by the rules of its currency; else as the vendor gave it. */
export function cellWords(cell: string, column: string, zone: string): string {
  if (TIME.test(cell)) return timeWords(cell, zone);
  const [, amount = "", currency = ""] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(cell) ?? [];
  if (currency) return money({ amount, currency });
  const [, of = ""] = /\(([A-Z]{3})\)$/.exec(column) ?? [];
  if (of && cell) return amountIn(of, cell);
  return cell.includes(".") ? grouped(cell) : cell; // without a point it may be an id or a year
}

/**
 * "2026-11-01" is "1 Nov 2026", with the hour where there is one; anything else stays.
 * @param zone the shop's, for a moment; a day, and an hour without a zone, are the vendor's own.
 */
export function timeWords(label: string, zone = "UTC"): string {
  if (!DAY.test(label) || Number.isNaN(Date.parse(label))) return label;
  const hour = TIME.test(label);
  const format = timeFormat("en-GB", {
    timeZone: hour && ZONED.test(label) ? zone : "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(hour ? { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } : {}),
  });
  return format.format(new Date(hour && !ZONED.test(label) ? `${label}Z` : label));
}
