// The part of a data sheet that may go to the browser: what the pages draw, none of the vendor's code.
import type { Destination } from "../../destinations/destination.ts";

export type Sheet = ReturnType<typeof sheetOf>;
export type SheetField = Sheet["fields"][number];

export function sheetOf(destination: Destination) {
  const { slug, name, about, docs, notes, unknownConsent, consent, ownApp, deliveredAs, becomes } = destination;
  return {
    slug,
    name,
    about,
    docs,
    notes: notes ?? [],
    /** The word for `delivered`. */
    deliveredAs: deliveredAs ?? "delivered",
    fields: Object.entries(destination.fields).map(([key, field]) => ({
      key,
      label: field.label,
      help: field.help ?? "",
      where: field.where ?? "",
      secret: field.secret ?? false,
      optional: field.optional ?? false,
      choices: Object.entries(field.choices ?? {}).map(([value, label]) => ({ value, label })),
      default: field.default ?? "",
    })),
    // What takes off a purchase without money goes with the refunds.
    kinds: Object.keys(destination.on).filter((kind) => kind !== "order.reduced"),
    /** What each of them becomes there. */
    becomes: (becomes ?? {}) as Record<string, string | { setting: string } | undefined>,
    asksConsent: consent !== null && unknownConsent === "ask" ? consent : null,
    ownApp: ownApp ?? null,
  };
}
