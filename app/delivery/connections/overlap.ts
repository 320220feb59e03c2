// How many of our purchases a vendor had before it heard of them from us: many mean that its own Shopify app counts the same orders.
import type { Reason } from "../../base/reason.ts";
import type { Destination } from "../../destinations/destination.ts";
import { because } from "../reasons.ts";
import type { Rules } from "./rules.ts";

/** As delivery_count keeps them, of what is delivered. */
export interface Purchases {
  purchases: number;
  had: number;
}
export interface Overlap {
  /** Of a hundred purchases so many, in whole ones. */
  percent: number;
  /** What to say where it is much and the merchant has not answered yet who sends them; null: nothing. */
  says: Reason | null;
}

const MUCH = { percent: 20, of: 10 };

/** @returns null where the vendor has no app of its own, or nothing can be said yet. */
export function overlapOf(sheet: Destination, rules: Rules, { purchases, had }: Purchases): Overlap | null {
  if (!sheet.ownApp || purchases === 0) return null;
  const percent = Math.round((had / purchases) * 100);
  const isMuch = percent >= MUCH.percent && purchases >= MUCH.of && !rules.ownApp;
  const values = { vendor: sheet.name, had: `${had}`, purchases: `${purchases}`, percent: `${percent}` };
  return { percent, says: isMuch ? because("counted_by_own_app", values) : null };
}
