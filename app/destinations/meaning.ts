// What an answer means for the road unless the data sheet knows better: by its status, and by whether its words are the vendor's own.
import { cut } from "../base/text.ts";
import type { Answer, Outcome } from "./destination.ts";
import { because } from "./reasons.ts";
import { retryAfter } from "./waits.ts";

/** They speak of the key, the plan or the address rather than of one message. */
const CLOSED = new Set([301, 308, 401, 402, 403, 404, 405, 410]);

/**
 * What a status means, for every message of the request alike. A 2xx never comes here: only the data sheet can read a yes.
 * @param fields by which of its fields the vendor's own no is known.
 */
export function outcomeOf(answer: Answer, fields?: readonly string[]): Outcome {
  const { status } = answer;
  const reason = wordsOf(answer);
  // See Other: it was done, and what came of it stands elsewhere. (RFC 9110, 15.4.4)
  if (status === 303) return { is: "delivered" };
  if (CLOSED.has(status)) return isOwn(answer, fields) ? closed(status, reason) : foreign(answer);
  // Any other redirect leads elsewhere and keeps the method, or leaves a choice: nothing was done here.
  const unseen = status >= 300 && status < 400;
  if (unseen || status === 429 || status === 425) return { is: "retry", reason, after: retryAfter(answer) };
  if (status === 408 || status >= 500 || status < 300) return { is: "doubt", reason, after: retryAfter(answer) };
  return { is: "split", reason };
}

const closed = (status: number, reason: string): Outcome => ({
  is: "pause",
  scope: status === 401 ? "connection" : "channel",
  reason,
});

/** Something between us and the vendor, such as a firewall, may answer so because of one message's text. */
export function foreign(answer: Answer): Outcome {
  const said = saidIn(answer);
  const status = `${answer.status}`;
  const reason = said ? because("foreign_said", { status, said }) : because("foreign", { status });
  return { is: "split", reason, foreign: true };
}

const PAGE = /^\s*<|<html|<body|<!doctype/i;

/** A web page, by its text or by what it calls itself: of something between us and the vendor. */
export const isPage = ({ headers, text, json }: Answer) =>
  PAGE.test(text) ||
  (/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get("content-type") ?? "") &&
    text.trim() !== "" &&
    (typeof json !== "object" || json === null));

/** Does the vendor itself say so? It does by a field of its own that holds words. */
export function isOwn(answer: Answer, fields: readonly string[] = ["error", "message"]): boolean {
  const { json } = answer;
  // A 401 is about the key, whatever its words: no firewall asks for another key because of a text.
  if (answer.status === 401 && !isPage(answer)) return true;
  if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
  return fields.some((field) => wordsIn((json as Record<string, unknown>)[field]) !== undefined);
}

/** So much of a vendor's words is kept: 300 characters, none of them by half. */
export const briefly = (words: string): string => cut(words, 300);

/** The vendor's own words with the status, for the page: "403 Enterprise plan required". At most 300 characters. */
export const wordsOf = (answer: Answer): string => briefly(`${answer.status} ${saidIn(answer)}`.trim());

/** The same without the status. */
export const saidIn = ({ json, text }: Pick<Answer, "json" | "text">): string => briefly(plain(wordsIn(json) ?? text));

/** What a reader would see of a web page; all else as it is, in one line. */
function plain(said: string): string {
  const text = PAGE.test(said) ? visible(said) : said;
  return text.replace(/\s+/g, " ").trim();
}

const visible = (page: string) =>
  page
    .slice(0, 20_000)
    .replace(/<!--.*?(-->|$)/gs, " ")
    .replace(/<(script|style|title)\b.*?(<\/\1\s*>|$)/gis, " ")
    .replace(/<[^>]*(>|$)/g, " ")
    .replace(/&(amp|lt|gt|quot|#0*39|nbsp);/gi, " ");

function wordsIn(json: unknown): string | undefined {
  if (typeof json === "string") return json || undefined;
  if (Array.isArray(json)) return json.map(wordsIn).find((words) => words !== undefined);
  if (typeof json !== "object" || json === null) return undefined;
  const fields = json as Record<string, unknown>;
  const said = ["error", "message", "detail", "title", "code"].map((name) => fields[name]);
  for (const part of said) {
    const inner = wordsIn(part);
    if (inner) return inner;
  }
  return undefined;
}
