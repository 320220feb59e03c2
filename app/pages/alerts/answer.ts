// Where the forms about alerts are sent, and what the settings answer.
import { useTranslation } from "react-i18next";
import type { Reason } from "../../base/reason.ts";
import { useReason } from "../texts/telling.ts";
import { sentence } from "../words.ts";

/** null: it is done. A text: there was no answer. */
export interface AlertAnswer {
  alertError?: Reason | string | null;
}

/** @returns why it was not done, in a sentence; null: it was, or was not asked for. */
export function useError(answer: AlertAnswer | undefined): string | null {
  const tell = useReason();
  return answer?.alertError ? sentence(tell(answer.alertError)) : null;
}

/** With the language of the page, also where the browser keeps no cookie for a framed page. */
export function useTarget() {
  const { i18n } = useTranslation();
  return { method: "post", action: `/app/settings?locale=${i18n.language}` } as const;
}
