// A backfill in words: what it sends, of which days, and what became of it.
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BackfillState } from "../../delivery/normalize/open-backfills.ts";
import type { DeliveryState } from "../../delivery/states.ts";
import type { What } from "../../destinations/history.ts";
import { type Formats, useFormats } from "../formats.ts";

export const TONES: Record<BackfillState, "success" | "info" | "attention" | "critical" | undefined> = {
  planned: "info",
  running: "info",
  paused: "attention",
  done: "success",
  cancelled: undefined,
  failed: "critical",
};

const wordsIn = (t: TFunction<"backfill">, { day, list }: Formats) => ({
  /** "customers, products and orders" */
  together: (what: What[]): string => list(what.map((one) => t(`what.${one}.many`))),
  /** "7 Nov 2026 to 9 Nov 2026": the end is not included. */
  days: (since: string, until: string, timeZone: string): string =>
    t("days", { from: day(timeZone, since), until: day(timeZone, new Date(Date.parse(until) - 1).toISOString()) }),
  /** "1,200 delivered, 3 skipped": deliveries, of which an order may be more than one. */
  became: (deliveries: Partial<Record<DeliveryState, number>>, deliveredAs: "delivered" | "accepted"): string =>
    (Object.entries(deliveries) as [DeliveryState, number][])
      .filter(([, count]) => count > 0)
      .map(([state, count]) => t(`became.${state === "delivered" ? deliveredAs : state}`, { count }))
      .join(", ") || t("became.nothing"),
  /** How many entries were left out, and Shopify's ids of them, as far as it told them. */
  unread: (count: number, ids: string[]): string =>
    count <= 0
      ? ""
      : ids.length > 0
        ? t("history.unreadNamed", { count, ids: ids.join(", ") })
        : t("history.unread", { count }),
});

/** For a component. */
export function useBackfillWords(): ReturnType<typeof wordsIn> {
  const { t } = useTranslation("backfill");
  const formats = useFormats();
  return useMemo(() => wordsIn(t, formats), [t, formats]);
}
