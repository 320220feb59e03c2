// What Prisjakt's answer to a new event means, and whether it has one whose answer was lost.
import { SaidNo } from "../answer.ts";
import type { Answer, LookedUp, Message, Outcome } from "../destination.ts";
import { AnswerLost, outcomeOf, retryAfter, wordsOf } from "../http.ts";
import { type Access, mayRead } from "./access.ts";
import { eachEvents, type NewEvent } from "./client.ts";
import { utc } from "./messages.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** @param named whether a client ID went along */
export function outcomeFor(answer: Answer, named: boolean): Outcome {
  const { status } = answer;
  if (status === 401 && !named) {
    const reason = `Prisjakt asks for a client ID with this pixel's purchases: enter the one it gave you (${explained(answer)})`;
    return { is: "pause", scope: "connection", reason };
  }
  if (status === 409) return { is: "delivered", alreadyHad: true };
  // What the body of a yes says is not published; a web page of something in between is no yes.
  if (status >= 200 && status < 300 && (answer.text === "" || answer.json !== undefined)) return { is: "delivered" };
  if (status === 400 || status === 422) return { is: "refused", reason: explained(answer) };
  if (status === 429) return { is: "retry", reason: wordsOf(answer), after: retryAfter(answer) ?? resetOf(answer) };
  if (status === 403 || status === 404) return closed(answer);
  return outcomeOf(answer);
}

// A click id that is well-formed and made up must not stop everybody's purchases.
function closed(answer: Answer): Outcome {
  const said = explained(answer);
  if (/click/i.test(said) && !/pixel|client/i.test(said)) return { is: "refused", reason: said };
  const reason =
    answer.status === 404
      ? `Prisjakt does not know this pixel: check the pixel ID (${said})`
      : `The pixel is off, or the client lacks the role event_publisher or shop_user (${said})`;
  return { is: "pause", scope: "channel", reason };
}

/** "400 Request validation failed: data.amount: must be a number" */
function explained(answer: Answer): string {
  const { title, detail, field_errors } = (answer.json ?? {}) as Record<string, unknown>;
  const fields = Object.entries((field_errors ?? {}) as Record<string, { message?: unknown }>).map(
    ([field, error]) => `${field}: ${error?.message ?? "not accepted"}`,
  );
  const said = [title, fields.length ? fields.join("; ") : detail].filter((part) => typeof part === "string");
  return said.length ? `${answer.status} ${said.join(": ")}`.slice(0, 300) : wordsOf(answer);
}

/** The older documents tell of X-RateLimit-Reset in milliseconds: a span, or an instant where it is too long for one. */
function resetOf(answer: Answer): number | undefined {
  const reset = Number(answer.headers.get("x-ratelimit-reset") || Number.NaN);
  if (Number.isNaN(reset)) return undefined;
  return reset > HOUR ? Math.max(0, reset - Date.now()) : reset;
}

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
    if (!(error instanceof SaidNo)) throw error;
    // A client that may only publish cannot read; neither will it later.
    if (![401, 403].includes(error.answer.status)) throw new AnswerLost(error.message, { cause: error });
    return messages.map((message) => (had.has(message.id) ? "there" : "cannot tell"));
  }
  return messages.map((message) => (had.has(message.id) ? "there" : "not there"));
}
