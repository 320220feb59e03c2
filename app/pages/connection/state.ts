// A connection and how it is doing, as it arrives in the browser.
import type { SerializeFrom } from "@remix-run/node";
import type { ConnectionState as Stored } from "../../delivery/ledger/ledger.ts";
import { count, sums } from "../money.ts";
import { span } from "../time.tsx";

/** Times are text. */
export type ConnectionState = SerializeFrom<Stored>;

/** Paused by the merchant, not by us. */
export const byMerchant = ({ byMerchant }: ConnectionState): boolean => byMerchant;

/** "12 orders (EUR 1,204.50) wait; the first expires in 7 hours." */
export function whatWaits({ waiting, due }: ConnectionState, now: string): string {
  if (!waiting?.firstDeadline || due === 0) return "";
  const { orders, worth, firstDeadline } = waiting;
  const what = orders > 0 ? count(orders, "order") : count(due, "delivery", "deliveries");
  const wait = (orders > 0 ? orders : due) === 1 ? "waits" : "wait";
  const left = Date.parse(firstDeadline) - Date.parse(now);
  const end = left > 0 ? `the first expires in ${span(left)}` : "the first expires now";
  return `${what}${worth.length > 0 ? ` (${sums(worth)})` : ""} ${wait}; ${end}.`;
}
