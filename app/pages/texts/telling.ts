// Tells in the merchant's language what is kept as a code: reasons, and the words of the vendors' data sheets.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Reason, type Told, tellAll } from "../../base/reason.ts";
import { sheetWordIn, tellIn } from "./tell-in.ts";

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
  return useMemo(() => (slug, key, english) => sheetWordIn(i18n, slug, key, english), [i18n]);
}
