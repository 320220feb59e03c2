// What is wrong with a form, as sentences: told of the field by its label in the merchant's language.
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { useReason, useVendorWords } from "../texts/telling.ts";
import { sentence } from "../words.ts";
import type { Sheet } from "./sheet.ts";

export type Errors = Record<string, string>;

/** A text was told before: that the server did not answer. */
export function useErrors(sheet: Sheet, errors: Record<string, Reason | string>): Errors {
  const { t } = useTranslation("connection");
  const tell = useReason();
  const word = useVendorWords(sheet.slug);
  const inWords = (name: string, { code, values }: Reason): Reason => {
    const field = sheet.fields.find(({ key }) => key === name);
    if (name === "name") return { code, values: { ...values, label: t("settings.name") } };
    if (!field) return { code, values };
    const { label, choices } = field;
    const own: Reason = { code, values: { ...values, label, choices: choices.map((one) => one.label).join(", ") } };
    if (typeof values.says !== "string") return own;
    return { code, values: { ...own.values, says: word(`fields.${name}.pattern`, values.says) } };
  };
  return Object.fromEntries(
    Object.entries(errors).map(([name, reason]) => [
      name,
      sentence(typeof reason === "string" ? reason : tell(inWords(name, reason))),
    ]),
  );
}
