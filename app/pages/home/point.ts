// One thing that is said of the sync, and where the merchant does something about it.
import type { SerializeFrom } from "@remix-run/node";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Reason, Told } from "../../base/reason.ts";
import type { Needs } from "../../shopify/needs.ts";
import { type Formats, useFormats } from "../formats.ts";
import { useEveryVendorsWords, useReason } from "../texts/telling.ts";
import { useZone } from "../time.tsx";
import { sentence } from "../words.ts";

export interface Point {
  says: string;
  url: string;
  action: string;
}

/** What needs somebody, as it arrives in the browser, its reasons told. */
export type Sync = Told<SerializeFrom<Needs>>;

/** What makes sentences of it, in the merchant's language. */
export interface Say {
  t: TFunction<"home">;
  tell: (reason: Reason | string) => string;
  /** Tells a text of a vendor's data sheet. */
  word: (slug: string, key: string, english: string) => string;
  formats: Formats;
  zone: string;
  now: string;
}

export function useSay(now: string): Say {
  const { t } = useTranslation("home");
  const told = useReason();
  const word = useEveryVendorsWords();
  return { t, tell: (reason) => sentence(told(reason)), word, formats: useFormats(), zone: useZone(), now };
}

/** Whole sentences, one after the other. */
export const together = (...sentences: (string | false | null | undefined)[]): string =>
  sentences.filter(Boolean).join(" ");
