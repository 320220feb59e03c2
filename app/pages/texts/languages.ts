// The languages of the pages, and which of them a merchant reads.

export const LANGUAGES = ["en", "de", "sv", "fr", "pt-BR"] as const;
export type Language = (typeof LANGUAGES)[number];

/** @param locale as Shopify names it ("de", "pt-BR", "fr-CA"). @returns the language by its first part; English for any other. */
export function languageOf(locale: string | null | undefined): Language {
  const [first] = (locale ?? "").toLowerCase().split(/[-_]/);
  return LANGUAGES.find((one) => one.toLowerCase().split("-")[0] === first) ?? "en";
}
