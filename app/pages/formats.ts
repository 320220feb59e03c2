// Numbers, money and times as the merchant's language writes them; an amount's digits are never turned into a float.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { numberFormat, spanFormat, timeFormat } from "../base/formats.ts";
import type { Language } from "./texts/languages.ts";

export interface Money {
  amount: string;
  currency: string;
}
export type Formats = ReturnType<typeof formatsIn>;

const STEPS = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [Number.POSITIVE_INFINITY, 86_400, "day"],
] as const;

/** "4 minutes"; at least one second. */
function stepOf(milliseconds: number) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const [, size, unit] = STEPS.find(([limit]) => seconds < limit) ?? STEPS[3];
  return { number: Math.floor(seconds / size), unit };
}

const isAmount = (text: string) => /^-?\d+(\.\d+)?$/.test(text);
const isCurrency = (text: string) => /^[A-Za-z]{3}$/.test(text);

function amountsIn(language: Language) {
  const list = (texts: string[]): string =>
    new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" }).format(texts);
  /** "EUR 1,234.50"; what is no amount, or in no currency, as it is. */
  const money = ({ amount, currency }: Money): string => {
    if (!isAmount(amount) || !isCurrency(currency)) return `${currency} ${amount}`.trim();
    const format = numberFormat(language, { style: "currency", currency, currencyDisplay: "code" });
    return format.format(amount as Intl.StringNumericLiteral);
  };
  return {
    money,
    /** Amounts in several currencies: "EUR 20.00 and SEK 100.00". */
    sums: (amounts: Money[]): string => list(amounts.map(money)),
    /** "1,234.50": as many places as the currency has, where a heading names it; two, where nobody does. */
    amountIn(currency: string, amount: string): string {
      if (!isAmount(amount)) return amount;
      const places = isCurrency(currency)
        ? numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits
        : 2;
      const format = numberFormat(language, { minimumFractionDigits: places, maximumFractionDigits: places });
      return format.format(amount as Intl.StringNumericLiteral);
    },
    /** "A, B and C" */
    list,
  };
}

function timesIn(language: Language) {
  // With the day first and 24 hours, as these pages write English.
  const locale = language === "en" ? "en-GB" : language;
  return {
    /** "4 minutes"; at least one second. */
    span(milliseconds: number): string {
      const { number, unit } = stepOf(milliseconds);
      return numberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(number);
    },
    /** "4 minutes ago" */
    ago(milliseconds: number): string {
      const { number, unit } = stepOf(milliseconds);
      return spanFormat(language, { numeric: "always" }).format(-number, unit);
    },
    /** "10:02" */
    hour: (timeZone: string, at: string): string =>
      timeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(at)),
    /** "28 Nov 2026" */
    day: (timeZone: string, at: string): string =>
      timeFormat(locale, { timeZone, day: "numeric", month: "short", year: "numeric" }).format(new Date(at)),
    /** "Nov 2026" */
    month: (at: string): string =>
      timeFormat(locale, { timeZone: "UTC", month: "short", year: "numeric" }).format(new Date(at)),
    /** "28 Nov 2026, 10:02 CET" */
    minute: (timeZone: string, at: string): string =>
      timeFormat(locale, {
        ...{ timeZone, day: "numeric", month: "short", year: "numeric" },
        ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
      }).format(new Date(at)),
    /** "28 Nov 2026, 10:02:00 CET" */
    clock: (timeZone: string, at: string): string =>
      timeFormat(locale, {
        ...{ timeZone, day: "numeric", month: "short", year: "numeric" },
        ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
      }).format(new Date(at)),
  };
}

/** For what is no component; a component takes `useFormats`. */
export const formatsIn = (language: Language) => ({
  /** "1,200". In a sentence the catalogue does it: "{{count, number}} orders". @param most places, and at least so many; a text keeps its digits. */
  number: (number: number | string, most = 3, least = 0): string =>
    numberFormat(language, { maximumFractionDigits: most, minimumFractionDigits: least }).format(
      number as Intl.StringNumericLiteral,
    ),
  /** "42.8%" of 42.8; a text keeps its digits. */
  percent: (of100: number | string): string =>
    numberFormat(language, { style: "unit", unit: "percent", maximumFractionDigits: 20 }).format(
      of100 as Intl.StringNumericLiteral,
    ),
  ...amountsIn(language),
  ...timesIn(language),
});

export function useFormats(): Formats {
  const { language } = useTranslation().i18n;
  return useMemo(() => formatsIn(language as Language), [language]);
}
