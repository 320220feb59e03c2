// Sends what is told of alerts: each message at most three times, and what went wrong is written down.
import type { Reason } from "../../base/reason.ts";
import { because, told } from "../reasons.ts";
import type { Road } from "../road.ts";
import type { AlertKind } from "./causes.ts";
import { type Mail, mailFailure } from "./mail.ts";
import { type Notice, noteNotice, takeNotices } from "./notices.ts";
import { alertTargets, SEALED, type Targets, type Way } from "./ways.ts";

const TIMEOUT = 5_000;

export interface WaysOut {
  /** The guarded way out: the addresses are the merchant's. */
  post: typeof fetch;
  /** null: this installation has no mail server. */
  mail: Mail | null;
}

/** What is told. */
interface Message {
  shop: string;
  connection: string | null;
  destination: string | null;
  kind: AlertKind | "test";
  what: "raised" | "recovered" | "test";
  says: string;
  since: string;
}

export async function sendNotices(road: Road, out: WaysOut, signal: AbortSignal): Promise<void> {
  const notices = await takeNotices(road.db, road.clock());
  await Promise.all(
    notices.map(async (notice) => {
      const targets = await alertTargets(road, notice.shop);
      const failure = await sendOne(out, notice.way, targets, messageOf(road, notice), signal);
      await noteNotice(road.db, notice.id, road.clock(), failure);
    }),
  );
}

/** Sends one now, to be seen to arrive. @returns null, or why it did not get there. */
export async function sendTest(road: Road, out: WaysOut, shop: string, way: Way): Promise<Reason | null> {
  const says = told(road, because("alert_test"));
  const nothing = { connection: null, destination: null };
  const message: Message = { shop, ...nothing, kind: "test", what: "test", says, since: road.clock().toISOString() };
  return sendOne(out, way, await alertTargets(road, shop), message, new AbortController().signal);
}

function messageOf(road: Road, { shop, connection, destination, kind, what, reason, since }: Notice): Message {
  const name = connection ?? "";
  const over = kind === "embed" || kind === "reconnect" ? because(`over_${kind}`) : because(`over_${kind}`, { name });
  const says = told(road, what === "recovered" ? over : reason);
  return { shop, connection, destination, kind, what, says, since: since.toISOString() };
}

async function sendOne(
  { post, mail }: WaysOut,
  way: Way,
  targets: Targets,
  message: Message,
  signal: AbortSignal,
): Promise<Reason | null> {
  const target = targets[way];
  if (!target) return because("notice_nowhere");
  if (Array.isArray(target)) return mail ? mailFailure(mail, mailOf(target, message)) : because("notice_no_server");
  if (target === SEALED) return because("notice_unopened");
  return postOne(post, target, way === "slack" ? { text: slackText(message) } : message, signal);
}

const SIGNS: Record<Message["what"], string> = { raised: "⚠️", recovered: "✅", test: "👋" };

/** As Slack wants it escaped: a vendor's words shall mention nobody and link nowhere. */
function slackText({ shop, says, what }: Message): string {
  const text = says.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return `${SIGNS[what]} Switchyard, ${shop}: ${text}`;
}

function mailOf(to: string[], { shop, says, since, what }: Message) {
  const line = says.replace(/\s+/g, " ").trim();
  const text = [
    `${line}${/[.!?]$/.test(line) ? "" : "."}`,
    `Shop: ${shop}`,
    ...(what === "test" ? [] : [`Since: ${since}`]),
    `Open Switchyard in Shopify: https://${shop}/admin/apps`,
  ].join("\n\n");
  return { to, subject: `Switchyard: ${line.length > 150 ? `${line.slice(0, 149)}…` : line}`, text };
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
