// What a request came to, in the reader's language: kept in words of ours, with numbers where its messages fared differently.
import { useTranslation } from "react-i18next";
import { useFormats } from "../formats.ts";
import type story from "../texts/en/story.json";

type Outcome = keyof (typeof story)["attempt"]["outcomes"];

/** @returns what tells "delivered", or "2 delivered, 1 skipped"; null: no answer has come. */
export function useOutcome(): (kept: string | null) => string {
  const { t } = useTranslation("story");
  const { number } = useFormats();
  const told = (part: string): string => {
    const [, count, outcome = ""] = /^(?:(\d+) )?(\w+)$/.exec(part) ?? [];
    const word = t(`attempt.outcomes.${outcome as Outcome}`, { defaultValue: part });
    return count ? t("attempt.some", { number: number(count), outcome: word }) : word;
  };
  return (kept) => (kept === null ? t("attempt.noAnswer") : kept.split(", ").map(told).join(", "));
}
