// What is said after a decision.
import { useTranslation } from "react-i18next";
import type { Decided } from "./decided.ts";

/** @returns what tells it; an answer that did not come is a sentence already. */
export function useSaid() {
  const { t } = useTranslation("attention");
  return (decided: Decided | { says: string } | undefined): string => {
    if (!decided) return "";
    if ("says" in decided) return decided.says;
    const { what, of, count, total, ended } = decided;
    if (what === "restore" && (of === "nothing" || count === 0)) return t("said.nothingToTakeBack");
    if (of === "nothing") return t("said.nothingLeft");
    if (!ended) return t("said.goesOn", { count, total });
    if (what === "restore") return t(`said.${of}.takeBack`, { count });
    if (what === "read" || of === "webhook")
      return t(`said.webhook.${what === "read" ? "read" : "dismiss"}`, { count });
    return what === "replay" && count === 0 ? t("said.none") : t(`said.delivery.${what}`, { count });
  };
}
