// Does what a form about alerts asks for; reasons are told on the page.

import type { Env } from "../../base/env.ts";
import { fetchOutward } from "../../base/outward.ts";
import type { Reason } from "../../base/reason.ts";
import { alertLimits, setAlertLimits } from "../../delivery/alerts/limits.ts";
import { openMail } from "../../delivery/alerts/mail.ts";
import { sendTest } from "../../delivery/alerts/send.ts";
import { alertWays, setAlertLanguage, setAlertMail, setAlertUrl, WAYS, type Way } from "../../delivery/alerts/ways.ts";
import { because } from "../../delivery/reasons.ts";
import type { Road } from "../../delivery/road.ts";
import { noteSaved, type ShopSetting, shopSaved } from "../../delivery/shop-saved.ts";
import { textsIn } from "../texts/catalogue.ts";
import type { Language } from "../texts/languages.ts";
import { tellIn } from "../texts/tell-in.ts";

type MailEnv = Pick<Env, "SMTP_URL" | "SMTP_SENDER">;

export async function alertSettings(road: Road, env: MailEnv, shop: string) {
  const [ways, limits] = await Promise.all([alertWays(road, shop), alertLimits(road, shop)]);
  return { ways, limits, mailServer: Boolean(env.SMTP_URL) };
}

interface Asked {
  by: string;
  /** Of the page that asks: alerts are told in it from then on. */
  language: Language;
}

/** @returns null: it is done; else why not. */
export async function alertDeed(
  road: Road,
  env: MailEnv,
  shop: string,
  form: FormData,
  { by, language }: Asked,
): Promise<Reason | null> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const intent = text("intent");
  if (intent === "alert-test") {
    const way = WAYS.find((one) => one === text("way"));
    return way ? testIn(language, road, env, shop, way) : because("notice_nowhere");
  }
  const what = intent as Extract<ShopSetting, `alert-${string}`>;
  const { [what]: last } = await shopSaved(road, shop);
  const was = text("was");
  if ((last?.at ?? "") !== was) return because("alert_changed", { user: last?.by ?? "?" });
  const refused = await written(road, shop, what, text);
  if (refused) return refused;
  await noteSaved(road, shop, { what, was, by });
  await setAlertLanguage(road, shop, language);
  return null;
}

async function testIn(language: Language, road: Road, env: MailEnv, shop: string, way: Way): Promise<Reason | null> {
  const texts = await textsIn(language);
  const telling = { language, tell: (reason: Reason) => tellIn(texts, reason) };
  return sendTest(road, { post: fetchOutward, mail: openMail(env) }, shop, way, telling);
}

function written(road: Road, shop: string, what: ShopSetting, text: (name: string) => string): Promise<Reason | null> {
  if (what === "alert-mail") return setAlertMail(road, shop, text("to"));
  if (what === "alert-limits") {
    const given = { failing: text("failing"), silentHours: text("silentHours"), accuracy: text("accuracy") };
    return setAlertLimits(road, shop, given);
  }
  return setAlertUrl(road, shop, what === "alert-slack" ? "slack" : "webhook", text("url"));
}
