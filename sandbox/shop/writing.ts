// How Shopify writes money, times and ids in a webhook.
import { randomInt } from "node:crypto";

export const CURRENCY = "EUR";
const TIME_ZONE = "Europe/Berlin";

/** 1290 cents → "12.90" */
export function money(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100);
  return `${cents < 0 ? "-" : ""}${whole}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;
}

export function moneySet(cents: number) {
  const amount = { amount: money(cents), currency_code: CURRENCY };
  return { shop_money: amount, presentment_money: { ...amount } };
}

/** The tax that is inside a gross amount at 19 %, in cents. */
export const taxInside = (cents: number) => Math.round((cents * 19) / 119);

const berlin = new Intl.DateTimeFormat("sv-SE", {
  timeZone: TIME_ZONE,
  dateStyle: "short",
  timeStyle: "medium",
});
const offset = new Intl.DateTimeFormat("en", { timeZone: TIME_ZONE, timeZoneName: "longOffset" });

/** "2026-11-21T09:30:00+01:00": orders and customers carry the shop's own time. */
export function shopTime(at: Date): string {
  const zone = offset.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return `${berlin.format(at).replace(" ", "T")}${zone.replace("GMT", "") || "+00:00"}`;
}

// Begins where the clock stands, in thousands, so that no two processes and no two starts give out the same id.
let last = Date.now() * 1000 + randomInt(1000);
export const nextId = () => ++last;

export const gid = (kind: string, id: number) => `gid://shopify/${kind}/${id}`;
