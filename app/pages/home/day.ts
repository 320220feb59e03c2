// What ended in the last 24 hours, in words: how many were delivered, and which share of it that is; a share in percent, rounded down to a tenth: only all is 100 %.
import { useTranslation } from "react-i18next";
import type { ConnectionDay } from "../../delivery/ledger/day.ts";
import { type ConnectionState, shownState } from "../connection/state.ts";
import { type Formats, useFormats } from "../formats.ts";

type Ended = Pick<ConnectionDay, "delivered" | "lost">;

/** @returns what tells it; undefined: nothing ended. */
export function useDay(): (day: Ended | undefined) => string {
  const { t } = useTranslation("home");
  const formats = useFormats();
  return (day) => {
    if (!day) return t("destinations.nothing");
    const share = shareOf(day, formats);
    if (!share) return t("destinations.delivered", { count: day.delivered });
    return t("destinations.deliveredShare", { count: day.delivered, share });
  };
}

/** @returns what says that too little was delivered; "": enough was, or it is not on. */
export function useTooLittle(): (connection: ConnectionState) => string {
  const { t } = useTranslation("home");
  const formats = useFormats();
  return (connection) => {
    const { tooLittle } = connection;
    if (!tooLittle || shownState(connection) !== "tooLittle") return "";
    return t("destinations.tooLittle", { share: shareOf(tooLittle, formats) });
  };
}

/** @returns null: nothing ended. */
function shareOf({ delivered, lost }: Ended, { percent }: Formats): string | null {
  const all = delivered + lost;
  if (all === 0) return null;
  return percent(Math.floor((delivered * 1000) / all) / 10);
}
