// Settings as a merchant types them: put together with what is stored, and checked against the data sheet.

import { countryNamed } from "../../base/countries.ts";
import type { Reason } from "../../base/reason.ts";
import type { Destination } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
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

/** What is not right, by the field: a setting's name, "name", "rules." and a rule's; "form": all of it. */
export type FormErrors = Record<string, Reason>;

const LONGEST_NAME = 100;
const LONGEST = 2_000;
const MOST_TAGS = 50;
/** Shopify's own limit. */
const LONGEST_TAG = 255;

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

/** @returns empty: all are right. */
export function check(sheet: Destination, settings: Record<string, string>): FormErrors {
  const errors: FormErrors = {};
  for (const [name, field] of Object.entries(sheet.fields)) {
    const wrong = faultOf(field, settings[name] ?? "");
    if (wrong) errors[name] = wrong;
  }
  if (Object.keys(errors).length === 0 && !canBeSent(sheet, settings)) errors.form = because("unsendable");
  return errors;
}

function faultOf({ label, optional, choices, pattern }: Destination["fields"][string], value: string): Reason | null {
  if (!value) return optional ? null : because("form_missing", { label });
  if (value.length > LONGEST) return because("form_long", { label, most: `${LONGEST}` });
  if (choices && !Object.hasOwn(choices, value))
    return because("form_choice", { label, choices: Object.values(choices).join(", ") });
  return pattern && !pattern.matches.test(value) ? because("form_shape", { says: pattern.says }) : null;
}

export const checkName = (name: string): FormErrors =>
  name.length > LONGEST_NAME ? { name: because("form_long", { label: "Name", most: `${LONGEST_NAME}` }) } : {};

export function checkRules(sheet: Destination, rules: Partial<Rules>): FormErrors {
  const errors: FormErrors = {};
  const { countries = [], onlyTags = [], exceptTags = [] } = rules;
  const strange = countries.filter((code) => countryNamed(code) === null);
  if (strange.length > 0)
    errors["rules.countries"] = because("strange_countries", { countries: strange.slice(0, 20).join(", ") });
  const off: string[] = rules.kindsOff ?? [];
  if (Object.keys(sheet.on).every((kind) => kind === "order.reduced" || off.includes(kind)))
    errors["rules.kinds"] = because("no_events");
  for (const [name, tags] of Object.entries({ onlyTags, exceptTags })) {
    if (tags.length > MOST_TAGS) errors[`rules.${name}`] = because("many_tags", { most: `${MOST_TAGS}` });
    else if (tags.some(({ length }) => length > LONGEST_TAG))
      errors[`rules.${name}`] = because("long_tag", { most: `${LONGEST_TAG}` });
  }
  const both = onlyTags.find((tag) => exceptTags.some((other) => other.toLowerCase() === tag.toLowerCase()));
  if (both !== undefined) errors["rules.exceptTags"] ??= because("tag_twice", { tag: both });
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
): FormErrors {
  if (originOf(sheet, stored) === originOf(sheet, settings)) return {};
  const kept = Object.entries(sheet.fields).filter(
    ([name, field]) => field.secret && stored[name] && !given[name]?.trim(),
  );
  return Object.fromEntries(kept.map(([name, { label }]) => [name, because("secret_elsewhere", { label })]));
}

/** Does the vendor have to be asked whether they will do: is a secret another one, or the host? */
export const isToBeTested = (
  sheet: Destination,
  stored: Record<string, string>,
  settings: Record<string, string>,
): boolean =>
  originOf(sheet, stored) !== originOf(sheet, settings) ||
  Object.entries(sheet.fields).some(([name, { secret }]) => secret && (stored[name] ?? "") !== settings[name]);

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
