// Sends what is told of alerts: each message at most three times, and what went wrong is written down.
import type { Reason } from "../../base/reason.ts";
import { domainNow } from "../identity/names.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { shopFacts } from "../shop-facts.ts";
import { type Mail, mailFailure } from "./mail.ts";
import { inEnglish, type Message, mailOf, messageOf, slackText, type TellIn, type Telling } from "./message.ts";
import { noteNotice, takeNotices } from "./notices.ts";
import { alertTargets, SEALED, type Targets, type Way } from "./ways.ts";

const TIMEOUT = 5_000;

export interface WaysOut {
  /** The guarded way out: the addresses are the merchant's. */
  post: typeof fetch;
  /** null: this installation has no mail server. */
  mail: Mail | null;
}

/** @param tellIn where a shop's language is not English. */
export async function sendNotices(
  road: Road,
  out: WaysOut & { tellIn: TellIn | null },
  signal: AbortSignal,
): Promise<void> {
  const notices = await takeNotices(road.db, road.clock());
  await Promise.all(
    notices.map(async (notice) => {
      const targets = await alertTargets(road, notice.shop);
      const telling = (targets.language && (await out.tellIn?.(targets.language))) || inEnglish(road);
      const failure = await sendOne(road, out, notice.way, { targets, telling, signal }, messageOf(notice, telling));
      await noteNotice(road.db, notice.id, road.clock(), failure);
    }),
  );
}

/** Sends one now, to be seen to arrive. @returns null, or why it did not get there. */
export async function sendTest(
  road: Road,
  out: WaysOut,
  shop: string,
  way: Way,
  telling: Telling,
): Promise<Reason | null> {
  const says = telling.tell(because("alert_test"));
  const nothing = { connection: null, destination: null };
  const message: Message = { shop, ...nothing, kind: "test", what: "test", says, since: road.clock().toISOString() };
  const how = { targets: await alertTargets(road, shop), telling, signal: new AbortController().signal };
  return sendOne(road, out, way, how, message);
}

interface How {
  targets: Targets;
  telling: Telling;
  signal: AbortSignal;
}

async function sendOne(
  road: Road,
  { post, mail }: WaysOut,
  way: Way,
  { targets, telling, signal }: How,
  kept: Message,
): Promise<Reason | null> {
  const target = targets[way];
  if (!target) return because("notice_nowhere");
  // By the name that the merchant knows, and that opens its admin.
  const message = { ...kept, shop: await domainNow(road.db, kept.shop) };
  if (Array.isArray(target)) {
    if (!mail) return because("notice_no_server");
    const { timeZone } = await shopFacts(road.db, kept.shop);
    return mailFailure(mail, { to: target, ...mailOf(message, telling, timeZone) });
  }
  if (target === SEALED) return because("notice_unopened");
  return postOne(post, target, way === "slack" ? { text: slackText(message, telling) } : message, signal);
}

/** @returns null, or why it failed; never a word of what the address answered. */
async function postOne(post: typeof fetch, url: string, body: object, signal: AbortSignal): Promise<Reason | null> {
  try {
    const answer = await post(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    await answer.body?.cancel();
    const { status } = answer;
    return status >= 200 && status < 300 ? null : because("notice_status", { status: String(status) });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return because("notice_late");
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
    return because("notice_unreached", { code: (cause as { code?: string } | null)?.code ?? "no code" });
  }
}
