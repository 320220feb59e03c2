// An alert as each way is told of it, in the language of whoever saved the alerts' settings last.
import { timeFormat } from "../../base/formats.ts";
import type { Reason } from "../../base/reason.ts";
import { because, told } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { AlertKind } from "./causes.ts";
import type { Notice } from "./notices.ts";

export interface Telling {
  language: string;
  tell(reason: Reason): string;
}
/** Handed in from above, where the catalogue is. */
export type TellIn = (language: string) => Promise<Telling>;

export const inEnglish = (road: Road): Telling => ({ language: "en", tell: (reason) => told(road, reason) });

/** What is posted to an address as JSON. */
export interface Message {
  shop: string;
  connection: string | null;
  destination: string | null;
  kind: AlertKind | "test";
  what: "raised" | "recovered" | "test";
  says: string;
  since: string;
}

export function messageOf(
  { shop, connection, destination, kind, what, reason, since }: Notice,
  { tell }: Telling,
): Message {
  const name = connection ?? "";
  const over = kind === "embed" || kind === "reconnect" ? because(`over_${kind}`) : because(`over_${kind}`, { name });
  const says = tell(what === "recovered" ? over : reason);
  return { shop, connection, destination, kind, what, says, since: since.toISOString() };
}

const SIGNS: Record<Message["what"], string> = { raised: "⚠️", recovered: "✅", test: "👋" };

/** As Slack wants it escaped: a vendor's words shall mention nobody and link nowhere. */
export function slackText({ shop, says, what }: Message, { tell }: Telling): string {
  const text = tell(because("alert_at_shop", { shop, says }));
  return `${SIGNS[what]} ${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}`;
}

const MOST_OF_SUBJECT = 150;
const TIME: Intl.DateTimeFormatOptions = {
  ...{ day: "numeric", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
};

/** @param timeZone the shop's. */
export function mailOf({ shop, says, since, what }: Message, { language, tell }: Telling, timeZone: string) {
  const line = says.replace(/\s+/g, " ").trim();
  const short = line.length > MOST_OF_SUBJECT ? `${line.slice(0, MOST_OF_SUBJECT - 1)}…` : line;
  // As the pages write English: the day first, and 24 hours.
  const at = timeFormat(language === "en" ? "en-GB" : language, { timeZone, ...TIME }).format(new Date(since));
  const text = [
    `${line}${/[.!?]$/.test(line) ? "" : "."}`,
    tell(because("alert_shop", { shop })),
    ...(what === "test" ? [] : [tell(because("alert_since", { since: at }))]),
    tell(because("alert_open", { address: `https://${shop}/admin/apps` })),
  ];
  return { subject: tell(because("alert_subject", { says: short })), text: text.join("\n\n") };
}
