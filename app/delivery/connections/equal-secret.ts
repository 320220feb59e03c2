// A secret that another connection to the same vendor has already: what happens would count twice there.
import type { Destination } from "../../destinations/destination.ts";
import type { Road } from "../road.ts";
import { connectionsTo, readSettings } from "./connections.ts";

interface Own {
  /** null: a new one. */
  id: string | null;
  before: Record<string, string>;
  settings: Record<string, string>;
}

/** @returns a sentence for each secret that is new here and another connection's already. */
export async function secretsOfOthers(
  road: Road,
  shop: string,
  sheet: Destination,
  { id, before, settings }: Own,
): Promise<Record<string, string>> {
  const typed = Object.entries(sheet.fields).filter(
    ([name, field]) => field.secret && !field.forMany && settings[name] && settings[name] !== before[name],
  );
  if (typed.length === 0) return {};
  const others = (await connectionsTo(road, shop, sheet.slug)).filter((one) => one.id !== id);
  const errors: Record<string, string> = {};
  for (const other of others) {
    const { all, fault } = readSettings(road, sheet, other);
    if (fault) continue;
    for (const [name] of typed)
      if (all[name] === settings[name])
        errors[name] = `The connection “${other.name}” has this already: what happens would count twice.`;
  }
  return errors;
}
