// The reasons and the words of the vendors' data sheets in the languages other than English for the worker, which tells alerts by them: it reads the catalogue's files itself, without the pages and what they are built by.
import { readFile } from "node:fs/promises";
import { createInstance, type i18n } from "i18next";
import { inEnglish, type TellIn } from "../../delivery/alerts/message.ts";
import type { Road } from "../../delivery/road.ts";
import { type Language, languageOf } from "./languages.ts";
import { tellIn } from "./tell-in.ts";

async function open(language: Language): Promise<i18n> {
  const read = async (area: string): Promise<object> =>
    JSON.parse(await readFile(new URL(`${language}/${area}.json`, import.meta.url), "utf8"));
  const [reasons, vendors] = await Promise.all([read("reasons"), read("vendors")]);
  const texts = createInstance();
  await texts.init({
    ...{ lng: language, fallbackLng: false, load: "currentOnly", initAsync: false },
    ...{ resources: { [language]: { reasons, vendors } }, interpolation: { escapeValue: false } },
  });
  return texts;
}

/** Each language is read once, when a shop is first told of an alert in it. */
export function openTellings(road: Road): TellIn {
  const opened = new Map<Language, i18n>();
  return async (locale) => {
    const language = languageOf(locale);
    if (language === "en") return inEnglish(road);
    const texts = opened.get(language) ?? (await open(language));
    opened.set(language, texts);
    return { language, tell: (reason) => tellIn(texts, reason) };
  };
}
