// A connection and how it is doing, as it arrives in the browser.
import type { SerializeFrom } from "@remix-run/node";
import type { Told } from "../../base/reason.ts";
import type { ConnectionState as Stored } from "../../delivery/ledger/ledger.ts";
import { count, inTotal, sums } from "../money.ts";
import { hourIn, span } from "../time.tsx";

/** Times are text, and reasons are told. */
export type ConnectionState = Told<SerializeFrom<Stored>>;

/** Paused by the merchant, not by us. */
export const byMerchant = ({ byMerchant }: ConnectionState): boolean => byMerchant;

/** "12 orders (EUR 1,204.50) wait; the first expires in 7 hours." */
export function whatWaits(waiting: ConnectionState["waiting"], now: string): string {
  if (!waiting?.firstDeadline || waiting.due === 0) return "";
  const { due, orders, firstDeadline } = waiting;
  const worth = inTotal(waiting.worth);
  const what = orders > 0 ? count(orders, "order") : count(due, "delivery", "deliveries");
  const wait = (orders > 0 ? orders : due) === 1 ? "waits" : "wait";
  const left = Date.parse(firstDeadline) - Date.parse(now);
  const end = left > 0 ? `the first expires in ${span(left)}` : "the first expires now";
  return `${what}${worth.length > 0 ? ` (${sums(worth)})` : ""} ${wait}; ${end}.`;
}

/** Its state as it is shown: what is on and does not get through, or not on every channel, is not just on. */
export function shownState({ state, pausedChannels, struggle }: ConnectionState): string {
  if (state !== "on") return state;
  if (Object.keys(pausedChannels).length > 0) return "paused in part";
  return struggle ? "struggling" : "on";
}

/** "since 10:02, next try in 20 seconds" */
export function strugglesSince(
  { since, nextTry }: NonNullable<ConnectionState["struggle"]>,
  now: string,
  zone: string,
) {
  const left = nextTry ? Date.parse(nextTry) - Date.parse(now) : 0;
  return `since ${hourIn(zone, since)}, ${left > 0 ? `next try in ${span(left)}` : "it is tried now"}`;
}

/** "It is tried again in 20 minutes." */
export function channelTriedIn({ channelTries }: ConnectionState, channel: string, now: string): string {
  const left = Date.parse(channelTries[channel] ?? "") - Date.parse(now);
  return left > 0 ? `It is tried again in ${span(left)}.` : "It is tried now.";
}

/** Was it tested well, or did the vendor take something, with the settings that it has? */
export function isProved({ test, lastDeliveredAt, settingsAt }: ConnectionState): boolean {
  if (test?.ok) return true;
  return lastDeliveredAt !== null && Date.parse(lastDeliveredAt) >= Date.parse(settingsAt);
}

/** Its last test found something wrong, and nothing was delivered since. */
export const isTestedWrong = ({ test, lastDeliveredAt }: ConnectionState): boolean =>
  test?.ok === false && (Date.parse(lastDeliveredAt ?? "") || 0) < Date.parse(test.at);
