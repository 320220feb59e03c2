// What ShopiPixel's answer to a batch says about each message, and its two kinds of 403 in plain words.

import { NotAsDocumented } from "../answer.ts";
import type { Answer, Message, Outcome, Why } from "../destination.ts";
import { briefly, isOwn, outcomeOf, wordsOf } from "../meaning.ts";
import { type Reason, reasonOf } from "../reasons.ts";
import { type Result, resultsOf } from "./client.ts";
import { because } from "./reasons.ts";

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
    return all({
      is: "doubt",
      reason: because("shopipixel_result_count", { results: `${results.length}`, events: `${messages.length}` }),
    });
  } catch (error) {
    if (error instanceof NotAsDocumented) return all({ is: "doubt", reason: error.why });
    throw error;
  }
}

const keyRefused = (answer: Answer) => because("shopipixel_key_refused", { words: wordsOf(answer) });

/** The documents know a missing permission and a missing plan by the same status. */
export function plainNo(answer: Answer): Reason {
  const words = wordsOf(answer);
  if (/plan/i.test(words)) return because("shopipixel_plan", { words });
  if (/permission/i.test(words)) return because("shopipixel_permission", { words });
  return reasonOf(words);
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
  if (!result) return { is: "doubt", reason: because("shopipixel_no_result") };
  if (result.eventId && result.eventId !== message.id) {
    return { is: "doubt", reason: because("shopipixel_others_result") };
  }
  const yes = isYes(result);
  if (yes === null) return { is: "doubt", reason: because("shopipixel_unclear_result") };
  if (yes)
    return result.duplicate || result.status === "duplicate"
      ? { is: "delivered", alreadyHad: true }
      : { is: "delivered" };
  const { code, words } = failureOf(result);
  if (!words) return { is: "refused", reason: because("shopipixel_no_words") };
  if (PASSING.test(code) && !LASTING.test(words)) return { is: "retry", reason: words };
  return { is: "refused", reason: advised(words) };
}

// What the vendor's "Error diagnostics" advise.
function advised(words: string): Why {
  if (/event_not_found/i.test(words)) return because("shopipixel_event_unknown", { words });
  const late = /validation_failed.*eventTime|eventTime.*validation_failed/is.test(words);
  return late ? because("shopipixel_too_late", { words }) : words;
}

function failureOf(result: Result): { code: string; words: string } {
  const { error } = result;
  const parts = typeof error === "object" && error ? [error.code, error.message] : [error];
  const status = typeof result.status === "string" ? result.status : "";
  const said = [...parts, result.code, result.message, parts[0] || result.code ? "" : status].filter(
    (part) => typeof part === "string" && part !== "",
  );
  const words = briefly([...new Set(said)].join(": "));
  return { code: said[0] ?? "", words };
}
