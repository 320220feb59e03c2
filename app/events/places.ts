// Time zones, languages and currencies as they come from outside: what Node's Intl does not know would break a page that uses it.
import { timeFormat } from "../base/formats.ts";

/** The zone's name where Intl knows it: "Europe/Berlin". */
export function zoneOf(name: unknown): string | null {
  if (typeof name !== "string" || name === "") return null;
  try {
    timeFormat("en", { timeZone: name });
    return name;
  } catch {
    return null;
  }
}

/** ISO 639-1, two letters: "pt-BR" is "pt"; a language that has none ("fil") is not known. */
export function languageOf(locale: unknown): string | null {
  const [, two] = (typeof locale === "string" && /^([a-z]{2})(?:[-_]|$)/i.exec(locale)) || [];
  return two?.toLowerCase() ?? null;
}

/** ISO 4217, three letters. */
export const currencyOf = (code: unknown): string | null =>
  typeof code === "string" && /^[a-z]{3}$/i.test(code) ? code.toUpperCase() : null;
