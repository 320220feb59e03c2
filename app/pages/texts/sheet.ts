// A vendor's data sheet in the merchant's language.
import { useMemo } from "react";
import type { Sheet } from "../connection/sheet.ts";
import { useVendorWords } from "./telling.ts";

/** For the pages of one destination: what they draw of its sheet. */
export function useSheet(sheet: Sheet): Sheet {
  const word = useVendorWords(sheet.slug);
  return useMemo(() => {
    const fields = sheet.fields.map((field) => {
      const of = (key: string, english: string) => english && word(`fields.${field.key}.${key}`, english);
      return {
        ...field,
        ...{ label: of("label", field.label), help: of("help", field.help), where: of("where", field.where) },
        choices: field.choices.map(({ value, label }) => ({ value, label: of(`choices.${value}`, label) })),
      };
    });
    const { ownApp } = sheet;
    return {
      ...sheet,
      fields,
      about: word("about", sheet.about),
      notes: sheet.notes.map((note, at) => word(`notes.${at}`, note)),
      ownApp: ownApp && { ...ownApp, question: word("ownApp", ownApp.question) },
    };
  }, [sheet, word]);
}
