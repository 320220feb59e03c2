// Settings as a merchant types them: put together with what is stored, and checked against the data sheet.
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
  return errors;
}
