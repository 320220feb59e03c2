// A backfill in words: what it sends, of which days, and what is told of its states.
import { timeFormat } from "../../base/formats.ts";
import type { BackfillState } from "../../delivery/normalize/open-backfills.ts";
import type { DeliveryState } from "../../delivery/states.ts";
import type { What } from "../../destinations/history.ts";
import { count } from "../money.ts";
import { deliveryWords } from "../words.ts";

export const WHAT: Record<What, { word: string; label: string; help: string }> = {
  customers: { word: "customer", label: "Customers", help: "who were created in these days" },
  products: { word: "product", label: "Products", help: "that were created in these days" },
  orders: { word: "order", label: "Orders", help: "of these days, with their refunds" },
};

/** "customers, products and orders" */
export function together(what: What[]): string {
  const last = what.at(-1) ?? "";
  return what.length < 2 ? last : `${what.slice(0, -1).join(", ")} and ${last}`;
}

export const STATES: Record<BackfillState, { word: string; tone?: "success" | "info" | "attention" | "critical" }> = {
  planned: { word: "Planned", tone: "info" },
  running: { word: "Running", tone: "info" },
  paused: { word: "Paused", tone: "attention" },
  done: { word: "Done", tone: "success" },
  cancelled: { word: "Cancelled" },
  failed: { word: "Failed", tone: "critical" },
};

/** "7 Nov 2026 to 9 Nov 2026": the end is not included. */
export function days(since: string, until: string, timeZone: string): string {
  const format = timeFormat("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" });
  return `${format.format(new Date(since))} to ${format.format(new Date(Date.parse(until) - 1))}`;
}

/** "1,200 delivered, 3 skipped": deliveries, of which an order may be more than one. */
export const became = (deliveries: Partial<Record<DeliveryState, number>>, deliveredAs: string): string =>
  Object.entries(deliveries)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${number.toLocaleString("en")} ${deliveryWords(state, deliveredAs).word.toLowerCase()}`)
    .join(", ") || "nothing yet";

/** "1 entry of Shopify’s could not be read and was left out (Shopify’s id 5607311)." */
export function unread(left: number, ids: string[]): string {
  if (left <= 0) return "";
  const named = ids.length > 0 ? ` (Shopify’s ${ids.length === 1 ? "id" : "ids"} ${ids.join(", ")})` : "";
  const were = left === 1 ? "was" : "were";
  return `${count(left, "entry", "entries")} of Shopify’s could not be read and ${were} left out${named}. A backfill of the same days asks for ${left === 1 ? "it" : "them"} again.`;
}
