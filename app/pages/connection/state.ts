// A connection and how it is doing, as it arrives in the browser.
import type { SerializeFrom } from "@remix-run/node";
import type { Told } from "../../base/reason.ts";
import type { ConnectionState as Stored } from "../../delivery/ledger/ledger.ts";

/** Times are text, and reasons are told. */
export type ConnectionState = Told<SerializeFrom<Stored>>;

/** Paused by the merchant, not by us. */
export const byMerchant = ({ byMerchant }: ConnectionState): boolean => byMerchant;

/** Its state as it is shown: what is on and does not get through, or not on every channel, or of which too little arrives, is not just on. */
export function shownState({ state, pausedChannels, struggle, tooLittle }: ConnectionState): string {
  if (state !== "on") return state;
  if (Object.keys(pausedChannels).length > 0) return "pausedInPart";
  if (struggle) return "struggling";
  return tooLittle ? "tooLittle" : "on";
}

/** Was it tested well, or did the vendor take something, with the settings that it has? */
export function isProved({ test, lastDeliveredAt, settingsAt }: ConnectionState): boolean {
  if (test?.ok) return true;
  return lastDeliveredAt !== null && Date.parse(lastDeliveredAt) >= Date.parse(settingsAt);
}

/** Its last test found something wrong, and nothing was delivered since. */
export const isTestedWrong = ({ test, lastDeliveredAt }: ConnectionState): boolean =>
  test?.ok === false && (Date.parse(lastDeliveredAt ?? "") || 0) < Date.parse(test.at);
