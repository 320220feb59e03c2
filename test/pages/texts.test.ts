// The catalogue of the pages' texts: which language a merchant reads, and that all languages say the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { because } from "../../app/delivery/reasons.ts";
import type { Destination } from "../../app/destinations/destination.ts";
import { destinations } from "../../app/destinations/index.ts";
import { formatsIn } from "../../app/pages/formats.ts";
import { textsIn } from "../../app/pages/texts/catalogue.ts";
import { english } from "../../app/pages/texts/en.ts";
import { LANGUAGES, type Language, languageOf } from "../../app/pages/texts/languages.ts";
import { tellIn } from "../../app/pages/texts/telling.ts";

/** The areas that every language must have in whole. */
const COMPLETE = [
  ...["shell", "home", "attention", "alerts", "storefront", "activity", "story", "orders", "connection", "preview"],
  ...["accuracy", "backfill", "figures", "missed", "privacy", "settings"],
];

const FOLDER = join(import.meta.dirname, "../../app/pages/texts");
const OTHERS = LANGUAGES.filter((language) => language !== "en");
const ENGLISH: Record<string, object> = english;

type Texts = Map<string, string>;
function flat(texts: object, before = ""): Texts {
  const parts = Object.entries(texts).map(([key, text]): [string, string][] =>
    typeof text === "string" ? [[before + key, text]] : [...flat(text, `${before}${key}.`)],
  );
  return new Map(parts.flat());
}
const areasOf = (language: Language) =>
  readdirSync(join(FOLDER, language)).map((file): [string, Texts] => [
    file.replace(".json", ""),
    flat(JSON.parse(readFileSync(join(FOLDER, language, file), "utf8"))),
  ]);

const PLURAL = /_(zero|one|two|few|many|other)$/;
/** "orders_many" is "orders_other" in English, as far as its values go; a reason has one sentence there. */
const ofEnglish = (texts: Texts, key: string) =>
  texts.get(key) ?? texts.get(key.replace(PLURAL, "_other")) ?? texts.get(key.replace(PLURAL, ""));
const valuesIn = (text: string) =>
  [...new Set(text.match(/\{\{\s*\w+/g))].map((value) => value.replace(/\W/g, "")).sort();
/** A form for one alone may say it without the number. */
const counted = (key: string, values: string[]) =>
  /_(zero|one|two)$/.test(key) ? values.filter((value) => value !== "count") : values;

function wrongIn(language: Language, area: string, texts: Texts): string[] {
  if (!ENGLISH[area]) return [`${language}/${area}.json: English has no such area`];
  const source = flat(ENGLISH[area]);
  const forms: string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...texts].flatMap(([key, text]) => {
    const said = ofEnglish(source, key);
    const form = PLURAL.exec(key)?.[1];
    if (said === undefined) return [`${language}/${area}: ${key} is no key of English`];
    if (form && !source.has(key) && !forms.includes(form)) return [`${language}/${area}: ${key} is no form of it`];
    const [own, theirs] = [text, said].map((words) => counted(key, valuesIn(words)).join());
    return own === theirs ? [] : [`${language}/${area}: ${key} has the values ${own}, English has ${theirs}`];
  });
}

function lacksOf(language: Language, area: string): string[] {
  const texts = new Map(areasOf(language)).get(area) ?? new Map<string, string>();
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const wanted = [...flat(ENGLISH[area] ?? {}).keys()].flatMap((key) =>
    PLURAL.test(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key],
  );
  return [...new Set(wanted)].filter((key) => !texts.has(key)).map((key) => `${language}/${area}: ${key}`);
}

test("each language has only keys that English has, with the same values, and the plural forms of its own", () => {
  const wrong = OTHERS.flatMap((language) =>
    areasOf(language).flatMap(([area, texts]) => (area === "vendors" ? [] : wrongIn(language, area, texts))),
  );
  expect(wrong).toEqual([]);
});

test.each(COMPLETE)("every language has %s", (area) => {
  expect(OTHERS.filter((language) => !new Map(areasOf(language)).has(area))).toEqual([]);
});

/** The browser loads a language's file alone: what is missing in it would be told by no other. */
test("an area that a language has is whole, in every plural form that it needs", () => {
  const lacks = OTHERS.flatMap((language) =>
    areasOf(language)
      .filter(([area]) => area !== "vendors" && area !== "reasons")
      .flatMap(([area]) => lacksOf(language, area)),
  );
  expect(lacks).toEqual([]);
});

test("every language tells every reason, by itself or in every plural form that it needs", () => {
  const lacks = OTHERS.flatMap((language) => {
    const texts = new Map(areasOf(language)).get("reasons") ?? new Map<string, string>();
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    return Object.keys(english.reasons)
      .filter((code) => !texts.has(code) && !forms.every((form) => texts.has(`${code}_${form}`)))
      .map((code) => `${language}: ${code}`);
  });
  expect(lacks).toEqual([]);
});

/** What the pages say of a vendor, by its key in vendors.json. */
function keysOf({ slug, about, notes = [], fields, ownApp, channels }: Destination): string[] {
  const ofFields = Object.entries(fields).flatMap(([name, { label, help, where, pattern, choices = {} }]) => [
    ...Object.entries({ label, help, where, pattern }).flatMap(([key, text]) =>
      text ? [`fields.${name}.${key}`] : [],
    ),
    ...Object.keys(choices).map((choice) => `fields.${name}.choices.${choice}`),
  ]);
  const notesAt = notes.map((_, at) => `notes.${at}`);
  const others = [...(about ? ["about"] : []), ...(ownApp ? ["ownApp"] : [])];
  const ofChannels = Object.keys(channels).map((channel) => `channels.${channel}`);
  return [...others, ...notesAt, ...ofFields, ...ofChannels].map((key) => `${slug}.${key}`);
}

test.each(OTHERS)("%s has all that the vendors' data sheets say, and nothing besides", (language) => {
  const texts = new Map(areasOf(language)).get("vendors") ?? new Map<string, string>();
  expect([...texts.keys()].sort()).toEqual(destinations.flatMap(keysOf).sort());
});

test("a reason is told in the language, with the reasons in it, and by what is counted in singular or plural", async () => {
  const german = await textsIn("de");
  const late = (minutes: string) => tellIn(german, because("alert_late", { name: "Prisjakt", minutes }));
  expect([late("1"), late("15")]).toEqual([
    "Prisjakt: Etwas wartet seit mehr als 1 Minute",
    "Prisjakt: Etwas wartet seit mehr als 15 Minuten",
  ]);
  const skipped = because("no_consent", { purpose: because("purpose_analytics") });
  expect(tellIn(german, skipped)).toBe("der Besucher hat nicht eingewilligt: Analyse");
  expect(tellIn(await textsIn("sv"), skipped)).toBe("besökaren har inte gett samtycke till analys");
});

test("the language is that of Shopify's locale by its first part, and English for any other", () => {
  const of = (...locales: (string | null)[]) => locales.map(languageOf);
  expect(of("en", "en-GB", "de", "de-DE", "DE_at")).toEqual(["en", "en", "de", "de", "de"]);
  expect(of("sv", "sv-SE", "fr", "fr-CA")).toEqual(["sv", "sv", "fr", "fr"]);
  expect(of("pt", "pt-BR", "pt-PT")).toEqual(["pt-BR", "pt-BR", "pt-BR"]);
  expect(of(null, "", "ja", "deutsch", "../en", "__proto__", "x".repeat(10_000))).toEqual(Array(7).fill("en"));
});

test("a reason is told with the reasons in it, and what a vendor said is text, whatever it looks like", async () => {
  const texts = await textsIn("en");
  const words = "{{vendor}} $t(shell:nav.home) <b>&amp;</b>";
  const inside = because("nothing_sent", { words });
  expect(tellIn(texts, because("too_late_last", { last: inside }))).toBe(
    `not sent in time; last: it could not be reached, and nothing was sent: ${words}`,
  );
  const both = [because("switched_off"), because("erased")];
  expect(tellIn(texts, because("said_nothing", { outcome: both }))).toBe("switched off; the customer was erased");
  expect(tellIn(texts, because("same_to_many", { reason: "no", count: "1" }))).toBe("no (the same to 1 in a row)");
  expect(tellIn(texts, { code: "of_another_version", values: {} })).toBe("of_another_version");
});

test("what a language has not is told in English", async () => {
  const texts = await textsIn("sv");
  expect(texts.t("nav.home")).toBe("Hem");
  texts.addResource("en", "shell", "only.here", "Only in English");
  expect(texts.t("only.here" as "nav.home")).toBe("Only in English");
});

test("numbers, money and spans are written as the language writes them, exact to the last digit", () => {
  const sum = { amount: "12345678901234567.89", currency: "EUR" };
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
  expect(LANGUAGES.map((language) => plain(formatsIn(language).money(sum)))).toEqual([
    "EUR 12,345,678,901,234,567.89",
    "12.345.678.901.234.567,89 EUR",
    "12 345 678 901 234 567,89 EUR",
    "12 345 678 901 234 567,89 EUR",
    "EUR 12.345.678.901.234.567,89",
  ]);
  const { span, ago, sums, amountIn } = formatsIn("en");
  expect([span(1), span(60_000), span(3 * 86_400_000), ago(240_000)]).toEqual([
    "1 second",
    "1 minute",
    "3 days",
    "4 minutes ago",
  ]);
  expect(
    plain(
      sums([
        { amount: "20", currency: "EUR" },
        { amount: "100", currency: "SEK" },
      ]),
    ),
  ).toBe("EUR 20.00 and SEK 100.00");
  expect(amountIn("JPY", "1234")).toBe("1,234");
  expect(amountIn("base currency", "34.5")).toBe("34.50");
  expect(formatsIn("de").ago(240_000)).toBe("vor 4 Minuten");
  expect(LANGUAGES.map((language) => plain(formatsIn(language).percent("42.80")))).toEqual([
    ...["42.8%", "42,8 %", "42,8 %", "42,8 %", "42,8%"],
  ]);
});
