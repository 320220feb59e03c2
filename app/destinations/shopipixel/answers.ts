// What ShopiPixel's answer to a batch says about each message, and its two kinds of 403 in plain words.
import { NotAsDocumented } from "../answer.ts";
import type { Answer, Message, Outcome } from "../destination.ts";
import { briefly, isOwn, outcomeOf, wordsOf } from "../meaning.ts";
import { type Result, resultsOf } from "./client.ts";

const LASTING = /event_not_found|validation/i;
// The documents name no failure that passes by itself; these are what one would be called.
const PASSING = /rate_?limit|too_many|internal|timeout|unavailable|temporar|try_again/i;

export function outcomesOf(answer: Answer, messages: Message[]): Outcome[] {
  const all = (outcome: Outcome) => messages.map(() => outcome);
  if (answer.status === 403 && isOwn(answer)) return all({ is: "pause", scope: "channel", reason: plainNo(answer) });
  if (answer.status === 401 && isOwn(answer))
    return all({ is: "pause", scope: "connection", reason: keyRefused(answer) });
  if (answer.status < 200 || answer.status > 299) return all(outcomeOf(answer));
  try {
    const results = resultsOf(answer, messages.length);
    if (results.length === messages.length) return inOrder(messages, results);
    return all({ is: "doubt", reason: `${results.length} results for ${messages.length} events` });
  } catch (error) {
    if (error instanceof NotAsDocumented) return all({ is: "doubt", reason: error.message });
    throw error;
  }
}

const keyRefused = (answer: Answer) =>
  `${wordsOf(answer)}: look under Settings > API at ShopiPixel whether the key is still active, or make a new one`;

/** The documents know a missing permission and a missing plan by the same status. */
export function plainNo(answer: Answer): string {
  const said = wordsOf(answer);
  if (/plan/i.test(said)) return `ShopiPixel asks for an active Enterprise plan: see Billing there (${said})`;
  if (/permission/i.test(said)) return `The key lacks a permission: make a new one under Settings > API (${said})`;
  return said;
}

/** By its place; where every result names its event, by that. */
function inOrder(messages: Message[], results: Result[]): Outcome[] {
  const byId = new Map(results.map((result) => [result.eventId, result]));
  const named = messages.every(({ id }) => byId.has(id));
  return messages.map((message, at) => outcomeFor(message, named ? byId.get(message.id) : results[at]));
}

/** What a single result looks like is not published: a yes is `success`, or what else one is called. */
function isYes({ success, duplicate, status, error, code }: Result): boolean | null {
  if (typeof success === "boolean") return success;
  if (error || code) return false;
  const said = String(status ?? "");
  if (duplicate || /^(2\d\d|ok|success\w*|accepted|created|processed|duplicate)$/i.test(said)) return true;
  return /^([45]\d\d|err|fail|reject|invalid|not_)/i.test(said) ? false : null;
}

function outcomeFor(message: Message, result: Result | undefined): Outcome {
  if (!result) return { is: "doubt", reason: "no result for this event" };
  if (result.eventId && result.eventId !== message.id) {
    return { is: "doubt", reason: "the result at this place is another event's" };
  }
  const yes = isYes(result);
  if (yes === null) return { is: "doubt", reason: "the result does not say whether the event was taken" };
  if (yes)
    return result.duplicate || result.status === "duplicate"
      ? { is: "delivered", alreadyHad: true }
      : { is: "delivered" };
  const { code, words } = failureOf(result);
  if (PASSING.test(code) && !LASTING.test(words)) return { is: "retry", reason: words };
  return { is: "refused", reason: advised(words) };
}

// What the vendor's "Error diagnostics" advise.
const ADVICE: [RegExp, string][] = [
  [/event_not_found/i, "define the event at ShopiPixel under Event triggers > Events, active, and send it again"],
  [
    /validation_failed.*eventTime|eventTime.*validation_failed/is,
    "ShopiPixel takes an event within 24 hours of when it happened, and nothing later",
  ],
];

function advised(words: string): string {
  const advice = ADVICE.find(([code]) => code.test(words))?.[1];
  return advice ? `${words}: ${advice}` : words;
}

function failureOf(result: Result): { code: string; words: string } {
  const { error } = result;
  const parts = typeof error === "object" && error ? [error.code, error.message] : [error];
  const status = typeof result.status === "string" ? result.status : "";
  const said = [...parts, result.code, result.message, parts[0] || result.code ? "" : status].filter(
    (part) => typeof part === "string" && part !== "",
  );
  const words = briefly([...new Set(said)].join(": "));
  return { code: said[0] ?? "", words: words || "refused without a reason" };
}
