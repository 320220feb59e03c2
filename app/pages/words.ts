// The binding words of states and events, as a merchant reads them.
import type { BadgeProps } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type shell from "./texts/en/shell.json";

type Look = Pick<BadgeProps, "tone" | "progress">;
type Words = ReturnType<typeof wordsIn>;

/** `progress` is a shape: the states can be told apart without colour. */
const DELIVERY: Record<string, Look> = {
  due: { tone: "info", progress: "partiallyComplete" },
  delivered: { tone: "success", progress: "complete" },
  skipped: { progress: "incomplete" },
  superseded: { progress: "incomplete" },
  expired: { tone: "warning", progress: "incomplete" },
  refused: { tone: "critical", progress: "incomplete" },
  unknown: { tone: "warning", progress: "partiallyComplete" },
};
const CONNECTION: Record<string, Look & { key: keyof (typeof shell)["connection"] }> = {
  on: { key: "on", tone: "success", progress: "complete" },
  paused: { key: "paused", tone: "attention", progress: "partiallyComplete" },
  pausedInPart: { key: "pausedInPart", tone: "attention", progress: "partiallyComplete" },
  struggling: { key: "struggling", tone: "warning", progress: "partiallyComplete" },
  tooLittle: { key: "tooLittle", tone: "warning", progress: "partiallyComplete" },
  off: { key: "off", progress: "incomplete" },
};
const OTHER: Look = { tone: undefined, progress: undefined };

type State = Exclude<keyof (typeof shell)["delivery"], "alreadyHad">;
/** "accepted" is a word of vendors for delivered. */
const hasWords = (state: string): state is State => Object.hasOwn(DELIVERY, state) || state === "accepted";

function wordsIn(t: TFunction<"shell">) {
  return {
    /** @param deliveredAs the vendor's word for `delivered`, from its data sheet. */
    delivery(state: string, deliveredAs = "delivered") {
      const look = DELIVERY[state] ?? OTHER;
      const key = state === "delivered" ? deliveredAs : state;
      if (!hasWords(key)) return { ...look, word: key, means: "" };
      return { ...look, word: t(`delivery.${key}.word`), means: t(`delivery.${key}.means`) };
    },
    connection(state: string) {
      const { key, ...look } = CONNECTION[state] ?? { ...OTHER, key: null };
      return { ...look, word: key ? t(`connection.${key}`) : state };
    },
    /** "Order placed" for order.placed. */
    kind: (kind: string): string => t(`kinds.${kind}` as "kinds.order.placed", { defaultValue: kind }),
  };
}

/** For a component. */
export function useWords(): Words {
  const { t } = useTranslation("shell");
  return useMemo(() => wordsIn(t), [t]);
}

/** "Delivered." from "delivered": reasons are kept as they were said, and shown as sentences; "alana.shopping" is a name. */
export const sentence = (text: string): string => {
  const said = text.trim();
  const begun = /^[^\s.]+\.\p{L}/u.test(said) ? said : said.charAt(0).toUpperCase() + said.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
