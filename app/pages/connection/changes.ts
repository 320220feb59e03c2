// What was changed of a connection, as its record and the banner of a stale form tell it.
import { useTranslation } from "react-i18next";
import { countryNamed } from "../../base/countries.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import { useFormats } from "../formats.ts";
import connection from "../texts/en/connection.json";
import { useWords } from "../words.ts";
import type { Sheet } from "./sheet.ts";

export interface Saved {
  version: number;
  name: string;
  settings: Record<string, string>;
  rules: Rules;
}
/** As app/delivery/connections/record.ts keeps it. */
export interface Change {
  what: string;
  before?: unknown;
  after?: unknown;
}

/** Of what the page knows: no secret is among it. */
export function changesOf(before: Saved, after: Saved): Change[] {
  const settings = Object.keys({ ...before.settings, ...after.settings }).map((field) => ({
    what: `settings.${field}`,
    before: before.settings[field] ?? "",
    after: after.settings[field] ?? "",
  }));
  const rules = (Object.keys(after.rules) as (keyof Rules)[]).map((name) => ({
    what: `rules.${name}`,
    before: before.rules[name],
    after: after.rules[name],
  }));
  const all = [{ what: "name", before: before.name, after: after.name }, ...settings, ...rules];
  return all.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

const { labels, values } = connection.record;
const isLabel = (name: string): name is keyof typeof labels => Object.hasOwn(labels, name);
const isSwitched = (to: unknown): to is keyof typeof connection.record.switched =>
  typeof to === "string" && Object.hasOwn(connection.record.switched, to);
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** @returns what makes sentences of a change; none of what is nobody's choice. */
export function useChangeWords(sheet: Sheet): (change: Change) => string[] {
  const { t, i18n } = useTranslation("connection");
  const { kind } = useWords();
  const { list } = useFormats();
  const labelOf = (field: string) => sheet.fields.find(({ key }) => key === field)?.label ?? field;
  const shown = (name: string, value: unknown): string => {
    if (typeof value === "boolean") return value ? t("record.yes") : t("record.no");
    if (name === "countries")
      return list(listOf(value).map((code) => countryNamed(code, i18n.language) ?? code)) || t("record.all");
    if (Array.isArray(value)) return list(listOf(value)) || t("record.empty");
    const key = value === "without contact" ? "withoutContact" : String(value ?? "");
    return Object.hasOwn(values, key) ? t(`record.values.${key as keyof typeof values}`) : key || t("record.empty");
  };
  const field = (label: string, name: string, { before, after }: Change) =>
    t("record.field", { label, before: shown(name, before), after: shown(name, after) });
  return (change) => {
    const { what, before, after } = change;
    const [group, name = ""] = what.split(/\.(.*)/s);
    if (what === "made") return [t("record.made")];
    if (what === "name") return [field(t("settings.name"), "name", change)];
    if (what === "state") return isSwitched(after) ? [t(`record.switched.${after}`)] : [];
    if (group === "settings") return [field(labelOf(name), name, change)];
    if (group === "secrets")
      return [
        after ? t("record.secretLast", { label: labelOf(name), after }) : t("record.secret", { label: labelOf(name) }),
      ];
    if (name === "kindsOff") return kindsOf(listOf(before), listOf(after));
    return isLabel(name) ? [field(t(`record.labels.${name}`), name, change)] : [];
  };
  function kindsOf(before: string[], after: string[]): string[] {
    const off = after.filter((one) => !before.includes(one)).map((one) => t("record.kindOff", { kind: kind(one) }));
    return [
      ...off,
      ...before.filter((one) => !after.includes(one)).map((one) => t("record.kindOn", { kind: kind(one) })),
    ];
  }
}
