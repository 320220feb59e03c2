// Numbers and days of a report, for people.
import { numberFormat, timeFormat } from "../../base/formats.ts";

export const numberWords = (value: number, unit = ""): string =>
  `${numberFormat("en", { maximumFractionDigits: 2 }).format(value)}${unit ? ` ${unit}` : ""}`;

/** Digits in groups where a text is nothing but a number; the digits themselves stay as the vendor gave them. */
export const grouped = (text: string): string =>
  /^-?\d{4,15}(\.\d+)?$/.test(text)
    ? numberFormat("en", { maximumFractionDigits: 20 }).format(text as Intl.StringNumericLiteral)
    : text;

const DAY = /^\d{4}-\d{2}-\d{2}/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Is it a day, an hour or a month? */
export const isTime = (label: string): boolean => /^\d{4}-\d{2}(-\d{2}|$)/.test(label);

/** "2026-11-01" is "1 Nov 2026", with the hour where there is one; anything else stays. */
export function timeWords(label: string): string {
  if (!DAY.test(label) || Number.isNaN(Date.parse(label))) return label;
  const hour = TIME.test(label);
  const format = timeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(hour ? { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } : {}),
  });
  return format.format(new Date(hour && !/([Zz]|[+-]\d{2}:?\d{2})$/.test(label) ? `${label}Z` : label));
}
