// A secret that another connection to the same vendor has already: what happens would count twice there.
import type { Destination } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { connectionsTo, readSettings } from "./connections.ts";
import type { FormErrors } from "./drafts.ts";

interface Own {
  /** null: a new one. */
  id: string | null;
  before: Record<string, string>;
  settings: Record<string, string>;
}

/** The fields whose secret is new here, and may be one connection's only. */
export const newSecrets = (sheet: Destination, { before, settings }: Omit<Own, "id">): string[] =>
  Object.keys(sheet.fields).filter((name) => {
    const field = sheet.fields[name];
    return field?.secret && !field.forMany && settings[name] && settings[name] !== before[name];
  });

/** Those of them that are another connection's already. */
export async function secretsOfOthers(
  road: Road,
  shop: string,
  sheet: Destination,
  { id, before, settings }: Own,
): Promise<FormErrors> {
  const typed = newSecrets(sheet, { before, settings });
  if (typed.length === 0) return {};
  const others = (await connectionsTo(road, shop, sheet.slug)).filter((one) => one.id !== id);
  const errors: FormErrors = {};
  for (const other of others) {
    const { all, fault } = readSettings(road, sheet, other);
    if (fault) continue;
    for (const name of typed)
      if (all[name] === settings[name]) errors[name] = because("secret_of_other", { name: other.name });
  }
  return errors;
}
