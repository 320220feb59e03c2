// Who did something, as the pages tell it: Shopify names a user to an app by a number only.
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

const whoIn = (t: TFunction<"shell">) => ({
  /** "by you", "by user 42 of your staff"; "by somebody" where it was not kept. */
  by: (by: string | null, me: string): string =>
    by === null ? t("who.by.somebody") : by === me ? t("who.by.you") : t("who.by.user", { user: by }),
  /** The same at the beginning of a sentence. */
  did: (by: string, me: string): string => (by === me ? t("who.did.you") : t("who.did.user", { user: by })),
});

/** For a component. */
export function useWho(): ReturnType<typeof whoIn> {
  const { t } = useTranslation("shell");
  return useMemo(() => whoIn(t), [t]);
}
