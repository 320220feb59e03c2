// The words of the accuracy's files, in one language.
import type { i18n } from "i18next";
import type { Words } from "../../delivery/accuracy/csv.ts";
import { tellIn } from "../texts/tell-in.ts";

export function fileWords(texts: i18n): Words {
  const t = texts.getFixedT(null, "accuracy");
  return {
    heading: (name) => t(`file.headings.${name}`),
    outcome: (outcome) => t(`file.outcomes.${outcome}`),
    yes: t("file.yes"),
    order: (id) => t("order", { id }),
    tell: (reason) => tellIn(texts, reason),
  };
}
