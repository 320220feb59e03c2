// The ways in which a shop is told of alerts: an address of its own, Slack, mail. Addresses are often credentials: sealed, and only their host is shown.
import { whyNotOutward } from "../../base/outward.ts";
import type { Reason } from "../../base/reason.ts";
import { statement } from "../../base/statement.ts";
import { keptJson } from "../../base/text.ts";
import { because, sqlReason } from "../reasons.ts";
import type { Road } from "../road.ts";

export const WAYS = ["webhook", "slack", "mail"] as const;
export type Way = (typeof WAYS)[number];
/** Those with an address that is posted to. */
export type PostedWay = Exclude<Way, "mail">;

/** Each address is sealed in its own place. */
export const alertContext = (shop: string) => `alert:${shop}`;
export const slackContext = (shop: string) => `alert slack:${shop}`;
const CONTEXT: Record<PostedWay, (shop: string) => string> = { webhook: alertContext, slack: slackContext };

const SET_WEBHOOK = statement<never, [shop: string, sealed: string | null]>("set-alert-url")`
  UPDATE shop
  SET alert_url = $2
  WHERE domain = $1`;
const SET_SLACK = statement<never, [shop: string, sealed: string | null]>("set-alert-slack")`
  UPDATE shop
  SET alert_slack = $2
  WHERE domain = $1`;
const SET_MAIL = statement<never, [shop: string, to: string | null]>("set-alert-mail")`
  UPDATE shop
  SET alert_mail = $2
  WHERE domain = $1`;

/** @param url "" to post no more. @returns null, or why it will not do. */
export async function setAlertUrl(road: Road, shop: string, way: PostedWay, url: string): Promise<Reason | null> {
  const parsed = URL.parse(url.trim());
  if (url.trim() && (parsed?.protocol !== "https:" || parsed.username || parsed.password))
    return because("alert_https");
  const wrong = parsed && (await whyNotOutward(parsed));
  if (wrong) return because("alert_inward", { why: wrong });
  const sealed = parsed ? road.keys.seal(parsed.href, CONTEXT[way](shop)) : null;
  await road.db.query(way === "slack" ? SET_SLACK : SET_WEBHOOK, [shop, sealed]);
  return null;
}

const MOST_RECIPIENTS = 10;
/** What a mail server takes for one address and no more: nothing that could begin a header or another address. */
const AN_ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]{2,63}$/;

/** @param typed addresses, with commas, semicolons or lines between them; "": to nobody. @returns null, or why they will not do. */
export async function setAlertMail(road: Road, shop: string, typed: string): Promise<Reason | null> {
  const to = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))];
  const wrong = to.find((address) => address.length > 254 || !AN_ADDRESS.test(address));
  if (wrong) return because("alert_address", { address: wrong.slice(0, 100) });
  if (to.length > MOST_RECIPIENTS) return because("alert_addresses", { most: String(MOST_RECIPIENTS) });
  await road.db.query(SET_MAIL, [shop, to.length > 0 ? keptJson(to) : null]);
  return null;
}

const SET_LANGUAGE = statement<never, [shop: string, language: string]>("set-alert-language")`
  UPDATE shop
  SET alert_language = $2
  WHERE domain = $1`;

/** The language that alerts are told in from now on. */
export const setAlertLanguage = (road: Road, shop: string, language: string) =>
  road.db.query(SET_LANGUAGE, [shop, language]);

type Stored = { url: string | null; slack: string | null; mail: string[] | null; language: string | null };
const STORED = statement<Stored, [shop: string]>("alert-ways-of-shop")`
  SELECT alert_url AS url, alert_slack AS slack, alert_mail AS mail, alert_language AS language
  FROM shop
  WHERE domain = $1 AND uninstalled_at IS NULL`;

/** Where alerts go; "sealed": there is an address, and no key of ours opens it. */
export interface Targets {
  webhook: string | null;
  slack: string | null;
  mail: string[] | null;
  /** In which language; null: English. */
  language: string | null;
}
export const SEALED = "sealed";

export async function alertTargets(road: Road, shop: string): Promise<Targets> {
  const [row] = await road.db.query(STORED, [shop]);
  const opened = (way: PostedWay, sealed: string | null | undefined) => {
    if (!sealed) return null;
    try {
      return road.keys.open(sealed, CONTEXT[way](shop));
    } catch {
      return SEALED; // what is wrong is told wherever the address would be used or shown
    }
  };
  const { mail = null, language = null } = row ?? {};
  return { webhook: opened("webhook", row?.url), slack: opened("slack", row?.slack), mail, language };
}

const PROBLEMS = statement<{ way: Way; problem: Reason | null }, [shop: string]>("problems-of-alert-ways")`
  SELECT w.way, n.problem
  FROM (VALUES ('webhook'), ('slack'), ('mail')) AS w (way)
  CROSS JOIN LATERAL (
    SELECT ${sqlReason("alert_notice")} AS problem
    FROM alert_notice
    WHERE shop = $1 AND alert_notice.way = w.way AND (sent_at IS NOT NULL OR reason_code IS NOT NULL)
    ORDER BY id DESC
    LIMIT 1
  ) n`;

export interface AlertWays {
  /** Its host; null: it can no longer be opened. */
  webhook: { host: string | null; problem: Reason | null } | null;
  slack: { host: string | null; problem: Reason | null } | null;
  mail: { to: string[]; problem: Reason | null } | null;
}

/** What may be shown of them, and why the last message did not get there. */
export async function alertWays(road: Road, shop: string): Promise<AlertWays> {
  const [targets, problems] = await Promise.all([alertTargets(road, shop), road.db.query(PROBLEMS, [shop])]);
  const problem = (way: Way) => problems.find((one) => one.way === way)?.problem ?? null;
  const posted = (way: PostedWay) => {
    const url = targets[way];
    return url && { host: url === SEALED ? null : new URL(url).host, problem: problem(way) };
  };
  return {
    webhook: posted("webhook") || null,
    slack: posted("slack") || null,
    mail: targets.mail && { to: targets.mail, problem: problem("mail") },
  };
}
