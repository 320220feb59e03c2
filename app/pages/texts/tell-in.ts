// Tells a reason out of a catalogue that is open; no component is needed for it.
import type { i18n } from "i18next";
import type { Reason, Value } from "../../base/reason.ts";

/** Values that are a count: the first of them that a reason has decides between singular and plural. */
const COUNTS = ["count", "minutes", "hours", "days", "most", "sent", "events", "messages"];
const countOf = (values: Record<string, string>): { count?: number } => {
  const said = COUNTS.map((name) => values[name]).find((value) => value !== undefined && /^\d{1,9}$/.test(value));
  return said === undefined ? {} : { count: Number(said) };
};

/** A word of a vendor's data sheet. @param english as the data sheet has it. */
export function sheetWordIn(texts: i18n, slug: string, key: string, english: string): string {
  const word: unknown = texts.getResource(texts.language, "vendors", `${slug}.${key}`);
  return typeof word === "string" ? word : english;
}

/** A code that is not known any more is told as it is; a text was told before. */
export function tellIn(texts: i18n, reason: Reason | string): string {
  const textOf = (value: Value): string => {
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.map(textOf).join("; ") : tell(value);
  };
  const tell = ({ code, values }: Reason): string => {
    const told = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
    if (code === "sheet_word") return sheetWordIn(texts, told.slug ?? "", told.key ?? "", told.english ?? "");
    // What a vendor said is text, whatever it looks like.
    return texts.t(code, { ...told, ...countOf(told), ns: "reasons", defaultValue: code, nest: false });
  };
  return typeof reason === "string" ? reason : tell(reason);
}
