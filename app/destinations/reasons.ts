// The reasons that any vendor's data sheet may give; its folder has those that are its alone.
import { type Reason, reasonsOf } from "../base/reason.ts";

export { type Reason, reasonsOf, tell } from "../base/reason.ts";

export const COMMON_REASONS = {
  vendor_said: "{words}",
  foreign: "{status}, not in the vendor's own words",
  foreign_said: "{status}, not in the vendor's own words: {said}",
  test_order: "a test order",
  no_product: "no line of it is a product of the shop",
  nothing_added: "nothing was added to the cart",
  nothing_searched: "nothing was searched for",

  // Why there is no answer.
  no_connection: "no connection: {why}",
  connection_refused: "it was refused",
  address_unknown: "the address is not known",
  address_not_looked_up: "the address could not be looked up",
  nobody_answered: "nobody answered there",
  connection_cut: "it was cut",
  certificate_expired: "the certificate there has expired",
  none_made: "none could be made",
  no_answer_within: "no answer within {seconds} s",
  connection_broke: "the connection broke before the answer was there",
  request_unwritable: "the request cannot be written",
  limit_used_up: "{vendor}'s limit of requests is used up just now; try again in a minute",
} as const;
export const because = reasonsOf(COMMON_REASONS);

/** A plain text is the vendor's own words. */
export const reasonOf = (why: Reason | string): Reason =>
  typeof why === "string" ? because("vendor_said", { words: why }) : why;
