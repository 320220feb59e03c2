// Why a backfill is neither counted nor begun, in words.
import { useTranslation } from "react-i18next";
import type { Refusal } from "../../shopify/backfill/refusal.ts";

interface About {
  /** The connection's. */
  name: string;
  vendor: string;
  /** What the data sheet says of what counts, and what it warns of. */
  says: string | null;
  warns: string | null;
}

export function useRefusal({ name, vendor, says, warns }: About): (no: Refusal | "noAnswer") => string {
  const { t } = useTranslation(["backfill", "shell"]);
  return (no) => {
    if (no === "noAnswer") return t("shell:frame.noAnswer");
    if (no === "never") return t("toldNothing", { vendor });
    if (no === "nothingOfDays") return [t("no.nothingOfDays"), says ?? ""].join(" ").trim();
    return t(`no.${no}`, { name, warns: warns ?? "" });
  };
}
