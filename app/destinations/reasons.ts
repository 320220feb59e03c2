// The reasons that any vendor's data sheet may give; its folder has those that are its alone.
import { type Reason, reasonsOf } from "../base/reason.ts";

export { type Reason, reasonsOf, tell } from "../base/reason.ts";

export const COMMON_REASONS = {
  vendor_said: "{words}",
  test_order: "a test order",
  no_product: "no line of it is a product of the shop",
  nothing_added: "nothing was added to the cart",
  nothing_searched: "nothing was searched for",
} as const;
export const because = reasonsOf(COMMON_REASONS);

/** A plain text is the vendor's own words. */
export const reasonOf = (why: Reason | string): Reason =>
  typeof why === "string" ? because("vendor_said", { words: why }) : why;
