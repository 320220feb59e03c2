// The catalogue in the browser: of the one language that is read, the areas of the page that is shown; the others come with their pages.
import { type BackendModule, createInstance, type i18n } from "i18next";
import type { Language } from "./languages.ts";

type Texts = Record<string, unknown>;
const FILES = import.meta.glob<Texts>("./*/*.json", { import: "default" });
const POLARIS: Partial<Record<string, () => Promise<{ default: Texts }>>> = {
  en: () => import("@shopify/polaris/locales/en.json"),
  de: () => import("@shopify/polaris/locales/de.json"),
  sv: () => import("@shopify/polaris/locales/sv.json"),
  fr: () => import("@shopify/polaris/locales/fr.json"),
  "pt-BR": () => import("@shopify/polaris/locales/pt-BR.json"),
};

/** An area that the language has not yet is English; a test sees to it that one it has is whole. */
async function read(language: string, area: string): Promise<Texts> {
  if (area === "polaris") return (await POLARIS[language]?.())?.default ?? {};
  const file = FILES[`./${language}/${area}.json`];
  if (file) return file();
  if (language !== "en") return read("en", area);
  return area === "reasons" ? (await import("./reasons.ts")).reasons : {};
}

/** A deploy takes the files of before, the network fails at times, and a browser asks for a module once in a document. @returns false: that was done just now. */
function loadAnew(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(ANEW)) < AT_MOST_EVERY) return false;
    sessionStorage.setItem(ANEW, String(Date.now()));
  } catch {
    return false;
  }
  location.reload();
  return true;
}
const ANEW = "loaded-anew";
const AT_MOST_EVERY = 60_000;

/** Without its texts a page would show their keys. */
const files: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, area, done) =>
    void read(language, area).then(
      (texts) => done(null, texts),
      (why) => loadAnew() || done(why, null),
    ),
};

const texts = createInstance();

/** @param areas those that the server drew the page with. */
export async function openTexts(language: Language, areas: string[]): Promise<i18n> {
  await texts.use(files).init({
    ...{ lng: language, fallbackLng: false, load: "currentOnly", ns: areas, defaultNS: "shell" },
    interpolation: { escapeValue: false },
  });
  return texts;
}

/** For what is no component; shell is there. */
export const textsHere = (): i18n => texts;
