// The rules of a connection as they are after its form was saved.
import type { Destination } from "../../destinations/destination.ts";
import { type Rules, readRules } from "./rules.ts";

/** A new purchase rule holds for orders placed from now on; a vendor's own app, once said to be active, switches off what overlaps. */
export function rulesAfter(sheet: Destination, before: Rules | null, given: Partial<Rules>, now: Date): Rules {
  const rules = readRules({
    ...(before ?? (sheet.unknownConsent === "send" ? { unknownConsent: "send" } : {})),
    ...given,
  });
  if (before && before.purchaseWhen !== rules.purchaseWhen) rules.purchaseWhenSince = now.toISOString();
  if (rules.ownApp && !before?.ownApp)
    rules.kindsOff = [...new Set([...rules.kindsOff, ...(sheet.ownApp?.overlaps ?? [])])];
  return rules;
}
