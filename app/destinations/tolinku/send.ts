// What Tolinku's answers mean: to a batch, to a question after a lost answer, to an erasure.

import { NotAsDocumented, SaidNo } from "../answer.ts";
import type { Answer, Http, LookedUp, Message, Outcome } from "../destination.ts";
import { isOwn, outcomeOf, wordsOf } from "../meaning.ts";
import { type Reason, reasonOf } from "../reasons.ts";
import { batch, deleteUser, type EcommerceEvent, readBatch } from "./client.ts";
import { userJourney } from "./queries.ts";
import { because } from "./reasons.ts";

/** Each no of Tolinku's says "error": docs/developer/api-reference/errors. */
const OWN = ["error"];
/** 403s with a code: docs/developer/api-reference/errors. */
const PLAN = {
  FEATURE_GATED: "tolinku_free_plan",
  USAGE_EXCEEDED: "tolinku_plan_used_up",
  APPSPACE_FROZEN: "tolinku_frozen",
} as const;

export async function send(_channel: string, messages: Message[], http: Http): Promise<Outcome[]> {
  const answer = await batch(
    http,
    messages.map((message) => message.body as EcommerceEvent),
  );
  if (answer.status < 200 || answer.status > 299) return messages.map(() => refusal(answer));
  try {
    return outcomesOf(readBatch(answer), messages.length);
  } catch (error) {
    if (!(error instanceof NotAsDocumented)) throw error;
    return messages.map(() => ({ is: "doubt", reason: error.why }));
  }
}

/** From 80 % of a limit on, every answer says so (docs/developer/api-reference/rate-limits). */
export function usageWarning({ headers }: Answer): Reason | null {
  const said = headers.get("x-usage-warning")?.trim();
  if (!said) return null;
  const share = /^\d+(\.\d+)?\s*%?$/.test(said) ? `${said.replace("%", "").trim()} %` : said;
  return because("tolinku_nearly_used_up", { share });
}

/** What a no means for all that was asked. */
export function refusal(answer: Answer): Outcome {
  const own = isOwn(answer, OWN);
  if (answer.status === 403 && own) return { is: "pause", scope: "channel", reason: planReason(answer) };
  // Two kinds of 429: too fast passes by waiting, a used-up quota does not.
  if (answer.status === 429 && own && /quota/i.test(answer.text)) {
    const reason = because("tolinku_events_used_up", { words: wordsOf(answer) });
    return { is: "pause", scope: "channel", reason };
  }
  return outcomeOf(answer, OWN);
}

/** The vendor's words for a 403, with what to do about it. */
export function planReason(answer: Answer): Reason {
  const { code } = (answer.json ?? {}) as { code?: unknown };
  const gated = typeof code !== "string" && /free tier/i.test(answer.text) ? PLAN.FEATURE_GATED : undefined;
  const plan = typeof code === "string" ? (PLAN as Record<string, (typeof PLAN)[keyof typeof PLAN]>)[code] : gated;
  const words = wordsOf(answer);
  return plan ? because(plan, { words }) : reasonOf(words);
}

/** What is named is refused. What is neither named nor counted was ignored in silence: a purchase that it had, or one that its fraud rules dropped. */
function outcomesOf(said: ReturnType<typeof readBatch>, sent: number): Outcome[] {
  const errors = said.errors ?? [];
  const refused = new Map<number, string>();
  for (const error of errors) {
    const [, index, why] = /^events\[(\d+)\]:?\s*(.*)$/s.exec(error) ?? [];
    if (index !== undefined) refused.set(Number(index), why || error);
  }
  const named = refused.size === errors.length && [...refused.keys()].every((index) => index < sent);
  const fits = named && (said.accepted ?? 0) + refused.size <= sent;
  const other: Outcome = fits
    ? { is: "delivered" }
    : {
        is: "doubt",
        reason: because("tolinku_counts_apart", {
          accepted: `${said.accepted}`,
          sent: `${sent}`,
          refused: `${refused.size}`,
        }),
      };
  return Array.from({ length: sent }, (_, index) => {
    const reason = refused.get(index);
    return reason === undefined ? other : { is: "refused", reason };
  });
}

/** Asks each buyer's journey for the transaction. Where no user was sent, or the key may not read, nobody can tell. */
export async function lookUp(messages: Message[], http: Http): Promise<LookedUp[]> {
  const asked = new Map<string, Set<string> | null>();
  for (const { userId } of messages) {
    if (userId && !asked.has(userId)) asked.set(userId, await transactionsOf(userId, http));
  }
  return messages.map(({ userId, id }) => {
    const known = userId ? asked.get(userId) : null;
    if (!known) return "cannot tell";
    return known.has(id) ? "there" : "not there";
  });
}

/** "This endpoint requires a secret API key": a publishable one may never ask. Any other no may be of this hour. */
const isClosed = (answer: Answer) => answer.status === 403 && isOwn(answer, OWN) && /secret/i.test(answer.text);

async function transactionsOf(userId: string, http: Http): Promise<Set<string> | null> {
  try {
    const { events } = await userJourney(http, { user_id: userId });
    return new Set(events.flatMap((event) => event.transaction_id ?? []));
  } catch (error) {
    if (error instanceof SaidNo && isClosed(error.answer)) return null;
    throw error;
  }
}

export async function forget(userIds: string[], http: Http): Promise<Outcome> {
  for (const userId of userIds) {
    try {
      await deleteUser(http, userId);
    } catch (error) {
      if (error instanceof NotAsDocumented) return { is: "doubt", reason: error.why };
      if (!(error instanceof SaidNo)) throw error;
      if (error.answer.status !== 404 || !isOwn(error.answer, OWN)) return refusal(error.answer);
    }
  }
  return { is: "delivered" };
}
