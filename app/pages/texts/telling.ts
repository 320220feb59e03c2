// Tells in the merchant's language what is kept as a code: reasons, and the words of the vendors' data sheets.
import type { i18n } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Reason, type Told, tellAll, type Value } from "../../base/reason.ts";

/** Values that are a count: the first of them that a reason has decides between singular and plural. */
const COUNTS = ["count", "minutes", "hours", "days", "most", "sent", "events", "messages"];
const countOf = (values: Record<string, string>): { count?: number } => {
  const said = COUNTS.map((name) => values[name]).find((value) => value !== undefined && /^\d{1,9}$/.test(value));
  return said === undefined ? {} : { count: Number(said) };
};

/** A code that is not known any more is told as it is; a text was told before. */
export function tellIn({ t }: i18n, reason: Reason | string): string {
  const textOf = (value: Value): string => {
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.map(textOf).join("; ") : tell(value);
  };
  const tell = ({ code, values }: Reason): string => {
    const told = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
    // What a vendor said is text, whatever it looks like.
    return t(code, { ...told, ...countOf(told), ns: "reasons", defaultValue: code, nest: false });
  };
  return typeof reason === "string" ? reason : tell(reason);
}

/** @returns what tells a reason, those among its values included. */
export function useReason(): (reason: Reason | string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => (reason) => tellIn(i18n, reason), [i18n]);
}

/** @returns what a loader or an action gave, with each reason in it told. */
export function useTold<T>(data: T): Told<T> {
  const tell = useReason();
  return useMemo(() => tellAll(data, tell), [data, tell]);
}

/**
 * @returns what tells a text of this vendor's data sheet: `word("fields.apiKey.label", field.label)`.
 * English is what the data sheet says.
 */
export function useVendorWords(slug: string): (key: string, english: string) => string {
  const word = useEveryVendorsWords();
  return useMemo(() => (key, english) => word(slug, key, english), [word, slug]);
}

/** @returns the same for whichever vendor. */
export function useEveryVendorsWords(): (slug: string, key: string, english: string) => string {
  const { i18n } = useTranslation();
  return useMemo(
    () => (slug, key, english) => {
      const words: unknown = i18n.getResource(i18n.language, "vendors", `${slug}.${key}`);
      return typeof words === "string" ? words : english;
    },
    [i18n],
  );
}
