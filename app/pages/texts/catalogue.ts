// The catalogue in one language: English comes along for what is not translated, the other languages stay away.
import polaris from "@shopify/polaris/locales/en.json";
import { createInstance, type i18n } from "i18next";
import { english } from "./en.ts";
import type { Language } from "./languages.ts";

type Areas = Record<string, object>;
const OTHERS: Record<Exclude<Language, "en">, () => Promise<{ default: Areas }>> = {
  de: () => import("./de.ts"),
  sv: () => import("./sv.ts"),
  fr: () => import("./fr.ts"),
  "pt-BR": () => import("./pt-BR.ts"),
};

/** "./de/home.json" → "home" */
const areaOf = (path: string): string => path.replace(/^.*\/|\.json$/g, "");

function opened(language: Language, areas: Areas): i18n {
  const own = Object.fromEntries(Object.entries(areas).map(([path, texts]) => [areaOf(path), texts]));
  const texts = createInstance();
  void texts.init({
    lng: language,
    fallbackLng: "en",
    // Only the languages above, under these very names: without it "pt" would be looked for beside "pt-BR".
    load: "currentOnly",
    initAsync: false,
    defaultNS: "shell",
    resources: { en: { ...english, polaris }, ...(language === "en" ? {} : { [language]: own }) },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return texts;
}

/** Where no component is: tests, and what is not converted yet. */
export const inEnglish: i18n = opened("en", {});

const kept = new Map([["en" as Language, Promise.resolve(inEnglish)]]);
const open = async (language: Exclude<Language, "en">): Promise<i18n> =>
  opened(language, (await OTHERS[language]()).default);

/** Each language is opened once; it never changes, so that all who read it may share it. */
export function textsIn(language: Language): Promise<i18n> {
  const there = kept.get(language) ?? open(language as Exclude<Language, "en">);
  kept.set(language, there);
  there.catch(() => kept.delete(language));
  return there;
}
