// What Prisjakt's answer to a new event means, and whether it has one whose answer was lost.
import { SaidNo } from "../answer.ts";
import type { Answer, LookedUp, Message, Outcome } from "../destination.ts";
import { AnswerLost } from "../http.ts";
import { briefly, foreign, isOwn, isPage, outcomeOf, wordsOf } from "../meaning.ts";
import { retryAfter, waitIn } from "../waits.ts";
import { type Access, mayRead } from "./access.ts";
import { eachEvents, type NewEvent } from "./client.ts";
import { utc } from "./messages.ts";
import { because } from "./reasons.ts";

const DAY = 86_400_000;
/** A no has a title and a detail; "error" is said by the gateway that the reference lets one guess. */
const OWN = ["title", "detail", "error"];

/** @param named whether a client ID went along */
export function outcomeFor(answer: Answer, named: boolean): Outcome {
  const { status } = answer;
  if (status === 401 && !named) {
    const reason = because("prisjakt_client_wanted", { words: explained(answer) });
    return { is: "pause", scope: "connection", reason };
  }
  if (status === 409) return isOwn(answer, OWN) ? { is: "delivered", alreadyHad: true } : foreign(answer);
  // What the body of a yes says is not published; a web page of something in between is no yes.
  if (status >= 200 && status < 300 && answer.json !== undefined && !isPage(answer)) return { is: "delivered" };
  if (status === 400 || status === 422) return { is: "refused", reason: explained(answer) };
  if (status === 429) return { is: "retry", reason: wordsOf(answer), after: retryAfter(answer) ?? resetOf(answer) };
  if ((status === 403 || status === 404) && isOwn(answer, OWN)) return closed(answer);
  return outcomeOf(answer, OWN);
}

// A click id that is well-formed and made up must not stop everybody's purchases.
function closed(answer: Answer): Outcome {
  const said = explained(answer);
  if (/click/i.test(said) && !/pixel|client/i.test(said)) return { is: "refused", reason: said };
  const reason =
    answer.status === 404
      ? because("prisjakt_pixel_unknown", { words: said })
      : because("prisjakt_pixel_off", { words: said });
  return { is: "pause", scope: "channel", reason };
}

/** "400 Request validation failed: data.amount: must be a number" */
function explained(answer: Answer): string {
  const { title, detail, field_errors } = (answer.json ?? {}) as Record<string, unknown>;
  const fields = Object.entries((field_errors ?? {}) as Record<string, { message?: unknown }>).map(
    ([field, error]) => `${field}: ${error?.message ?? "not accepted"}`,
  );
  const said = [title, fields.length ? fields.join("; ") : detail].filter((part) => typeof part === "string");
  return said.length ? briefly(`${answer.status} ${said.join(": ")}`) : wordsOf(answer);
}

/** The older documents tell of X-RateLimit-Reset in milliseconds: a span, or a moment. */
const resetOf = (answer: Answer) => waitIn(answer.headers.get("x-ratelimit-reset"), Date.now(), 1);

/** @throws AnswerLost where the vendor cannot be asked just now */
export async function lookUp(pixelId: string, messages: Message[], access: Access): Promise<LookedUp[]> {
  if (!mayRead(access)) return messages.map(() => "cannot tell");
  const from = Math.min(...messages.map((message) => Date.parse((message.body as NewEvent).event_time ?? ""))) - DAY;
  // As wide as it may be: the documents do not say whether the interval is one of purchases or of arrivals.
  const interval = { from: utc(from), to: utc(from + 60 * DAY) };
  const had = new Set<string>();
  try {
    for await (const events of eachEvents(pixelId, interval, access)) {
      for (const { external_event_id } of events) if (external_event_id) had.add(external_event_id);
      if (messages.every((message) => had.has(message.id))) break;
    }
  } catch (error) {
    if (error instanceof SaidNo) throw new AnswerLost(error.why, { cause: error });
    throw error;
  }
  return messages.map((message) => (had.has(message.id) ? "there" : "not there"));
}
