// Does what a form about alerts asks for; reasons are told on the page.

import type { Env } from "../../base/env.ts";
import { fetchOutward } from "../../base/outward.ts";
import type { Reason } from "../../base/reason.ts";
import { alertLimits, setAlertLimits } from "../../delivery/alerts/limits.ts";
import { openMail } from "../../delivery/alerts/mail.ts";
import { sendTest } from "../../delivery/alerts/send.ts";
import { alertWays, setAlertMail, setAlertUrl, WAYS } from "../../delivery/alerts/ways.ts";
import { because } from "../../delivery/reasons.ts";
import type { Road } from "../../delivery/road.ts";
import { noteSaved, type ShopSetting, shopSaved } from "../../delivery/shop-saved.ts";

export async function alertSettings(road: Road, env: Env, shop: string) {
  const [ways, limits] = await Promise.all([alertWays(road, shop), alertLimits(road, shop)]);
  return { ways, limits, mailServer: Boolean(env.SMTP_URL) };
}

/** @returns null: it is done; else why not. */
export async function alertDeed(
  road: Road,
  env: Env,
  shop: string,
  form: FormData,
  by: string,
): Promise<Reason | null> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const intent = text("intent");
  if (intent === "alert-test") {
    const way = WAYS.find((one) => one === text("way"));
    return way ? sendTest(road, { post: fetchOutward, mail: openMail(env) }, shop, way) : because("notice_nowhere");
  }
  const what = intent as Extract<ShopSetting, `alert-${string}`>;
  const { [what]: last } = await shopSaved(road, shop);
  const was = text("was");
  if ((last?.at ?? "") !== was) return because("alert_changed", { user: last?.by ?? "?" });
  const refused = await written(road, shop, what, text);
  if (!refused) await noteSaved(road, shop, { what, was, by });
  return refused;
}

function written(road: Road, shop: string, what: ShopSetting, text: (name: string) => string): Promise<Reason | null> {
  if (what === "alert-mail") return setAlertMail(road, shop, text("to"));
  if (what === "alert-limits") {
    const given = { failing: text("failing"), silentHours: text("silentHours"), accuracy: text("accuracy") };
    return setAlertLimits(road, shop, given);
  }
  return setAlertUrl(road, shop, what === "alert-slack" ? "slack" : "webhook", text("url"));
}
