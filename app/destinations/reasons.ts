// The reasons that any vendor's data sheet may give; its folder has those that are its alone.
import { type Reason, reasonsOf } from "../base/reason.ts";

export { type Reason, reasonsOf, tell } from "../base/reason.ts";

export const COMMON_REASONS = {
  vendor_said: "the vendor said: “{words}”",
  vendor_answered: "the vendor answered {status}: “{words}”",
  vendor_answered_bare: "the vendor answered {status}",
  foreign: "the answer was {status}, but not in the vendor's own words",
  foreign_said: "the answer was {status}, but not in the vendor's own words: “{said}”",
  not_as_documented: "the vendor answered {status}, but not as its documentation promises",
  not_as_documented_in: "the vendor answered {status}, but not as its documentation promises (field: {field})",
  answer_too_long: "the vendor answered {status} with more than {megabytes} MB, which is not read",
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

/** A plain text is the vendor's own words, with the status before them where they are of a whole answer. */
export function reasonOf(why: Reason | string): Reason {
  if (typeof why !== "string") return why;
  const [, status, words] = /^([1-5]\d\d)(?:\s+(.+))?$/s.exec(why) ?? [];
  if (status === undefined) return because("vendor_said", { words: why });
  return words ? because("vendor_answered", { status, words }) : because("vendor_answered_bare", { status });
}
