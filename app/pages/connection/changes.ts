// What differs between two versions of a connection's form, in sentences.
import { countryNamed } from "../../base/countries.ts";
import type { Rules } from "../../delivery/connections/rules.ts";
import { kindWords } from "../words.ts";
import type { Sheet } from "./sheet.ts";

export interface Saved {
  version: number;
  name: string;
  settings: Record<string, string>;
  rules: Rules;
}

export function changesOf(sheet: Sheet, before: Saved, after: Saved): string[] {
  const fields = sheet.fields
    .filter(({ secret }) => !secret)
    .map(({ key, label }) => changed(label, before.settings[key] ?? "", after.settings[key] ?? ""));
  const changes = [changed("Name", before.name, after.name), ...fields, ...ofRules(before.rules, after.rules)];
  const said = changes.filter((change) => change !== null);
  return said.length > 0 ? said : ["A secret, or nothing that is shown here."];
}

const changed = (what: string, before: string, after: string): string | null =>
  before === after ? null : `${what}: ${before || "empty"} before, ${after || "empty"} now.`;

const yes = (on: boolean) => (on ? "yes" : "no");
const countries = (codes: string[]) => codes.map((code) => countryNamed(code) ?? code).join(", ") || "all";

function ofRules(before: Rules, after: Rules): (string | null)[] {
  const kinds = [...new Set([...before.kindsOff, ...after.kindsOff])].flatMap((kind) => {
    const off = after.kindsOff.includes(kind);
    if (before.kindsOff.includes(kind) === off) return [];
    return `Events it gets: ${kindWords(kind)} is ${off ? "off" : "on"} now.`;
  });
  return [
    changed("An order counts when it is", before.purchaseWhen, after.purchaseWhen),
    changed("Orders of the point of sale count", yes(before.countPos), yes(after.countPos)),
    changed("Renewals of subscriptions count", yes(before.countSubscriptions), yes(after.countSubscriptions)),
    changed("Channels of others", before.channels.join(", "), after.channels.join(", ")),
    changed("Consent that is not known", before.unknownConsent, after.unknownConsent),
    changed("The vendor’s own app is active", yes(before.ownApp), yes(after.ownApp)),
    changed("Countries", countries(before.countries), countries(after.countries)),
    ...kinds,
  ];
}
