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
  if (answer.status < 200 || answer.status > 299) return all(outcomeOf(answer));
  try {
    const results = resultsOf(answer);
    if (results.length === messages.length) return messages.map((message, at) => outcomeFor(message, results[at]));
    return all({ is: "doubt", reason: `${results.length} results for ${messages.length} events` });
  } catch (error) {
    if (error instanceof NotAsDocumented) return all({ is: "doubt", reason: error.message });
    throw error;
  }
}

/** The documents know a missing permission and a missing plan by the same status. */
export function plainNo(answer: Answer): string {
  const said = wordsOf(answer);
  if (/plan/i.test(said)) return `ShopiPixel asks for an active Enterprise plan: see Billing there (${said})`;
  if (/permission/i.test(said)) return `The key lacks a permission: make a new one under Settings > API (${said})`;
  return said;
}

function outcomeFor(message: Message, result: Result | undefined): Outcome {
  if (!result) return { is: "doubt", reason: "no result for this event" };
  if (result.eventId && result.eventId !== message.id) {
    return { is: "doubt", reason: "the result at this place is another event's" };
  }
  if (result.success) return result.duplicate ? { is: "delivered", alreadyHad: true } : { is: "delivered" };
  const { code, words } = failureOf(result);
  return { is: PASSING.test(code) && !LASTING.test(words) ? "retry" : "refused", reason: words };
}

function failureOf(result: Result): { code: string; words: string } {
  const { error } = result;
  const parts = typeof error === "object" && error ? [error.code, error.message] : [error];
  const said = [...parts, result.code, result.message].filter((part) => typeof part === "string" && part !== "");
  const words = briefly([...new Set(said)].join(": "));
  return { code: said[0] ?? "", words: words || "refused without a reason" };
}
