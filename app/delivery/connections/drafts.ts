// Settings as a merchant types them: put together with what is stored, and checked against the data sheet.

import { countryNamed } from "../../base/countries.ts";
import type { Destination } from "../../destinations/destination.ts";
import type { Rules } from "./rules.ts";

export interface Draft {
  /** null: a new connection. */
  id: string | null;
  destination: string;
  name: string;
  /** An empty secret keeps the stored one. */
  settings: Record<string, string>;
  rules: Partial<Rules>;
  /** With which version of the connection the form began; absent: whatever it is now. */
  version?: number;
  /** The user of the shop's staff who saves it. */
  by?: string;
}

/** What is typed, over what is stored, over the defaults. */
export function merge(
  sheet: Destination,
  stored: Record<string, string>,
  given: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sheet.fields).map(([name, field]) => {
      const typed = given[name]?.trim();
      const kept = field.secret && !typed ? (stored[name] ?? "") : (typed ?? stored[name] ?? "");
      return [name, kept || field.default || ""];
    }),
  );
}

/** @returns a sentence per field that is not right; empty: all are. */
export function check(sheet: Destination, settings: Record<string, string>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, field] of Object.entries(sheet.fields)) {
    const value = settings[name] ?? "";
    if (!value && !field.optional) errors[name] = `${field.label} is missing.`;
    else if (value && field.choices && !(value in field.choices))
      errors[name] = `${field.label} must be one of ${Object.values(field.choices).join(", ")}.`;
    else if (value && field.pattern && !field.pattern.matches.test(value)) errors[name] = field.pattern.says;
  }
  if (Object.keys(errors).length === 0 && !canBeSent(sheet, settings))
    errors.form =
      "One of the credentials holds a character that cannot be sent. Copy it again, without what stands around it.";
  return errors;
}

/** @returns a sentence per rule that is not right, by "rules." and its name. */
export function checkRules(sheet: Destination, { countries, kindsOff }: Partial<Rules>): Record<string, string> {
  const errors: Record<string, string> = {};
  const strange = countries?.filter((code) => countryNamed(code) === null) ?? [];
  if (strange.length > 0) errors["rules.countries"] = `${strange.join(", ")}: no such country is known.`;
  const off: string[] = kindsOff ?? [];
  if (Object.keys(sheet.on).every((kind) => kind === "order.reduced" || off.includes(kind)))
    errors["rules.kinds"] = "Choose one event at least. To send nothing, turn the connection off.";
  return errors;
}

/**
 * A stored secret goes only where it went: with an address of another host it is to be entered again.
 * @param stored all settings as they are stored; @param given what was typed; @param settings both merged, and right by `check`.
 */
export function secretsLedAway(
  sheet: Destination,
  stored: Record<string, string>,
  given: Record<string, string>,
  settings: Record<string, string>,
): Record<string, string> {
  if (originOf(sheet, stored) === originOf(sheet, settings)) return {};
  const kept = Object.entries(sheet.fields).filter(
    ([name, field]) => field.secret && stored[name] && !given[name]?.trim(),
  );
  return Object.fromEntries(
    kept.map(([name, { label }]) => [name, `${label} would go to another address than before. Enter it again.`]),
  );
}

/** null: the settings make no address. */
function originOf(sheet: Destination, settings: Record<string, string>): string | null {
  try {
    return URL.parse(sheet.baseUrl(settings))?.origin ?? null;
  } catch {
    return null; // a field that is missing or not in shape
  }
}

function canBeSent(sheet: Destination, settings: Record<string, string>): boolean {
  try {
    new Headers(sheet.headers(settings));
    return URL.canParse(sheet.baseUrl(settings));
  } catch {
    return false; // a header takes no such character
  }
}
