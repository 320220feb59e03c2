// Reasons of alana's own, and what its test says.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  alana_no_visitor: "no visitor id, and alana takes nothing without one",
  alana_home_only: "alana counts views of the home page only",
  alana_nameless_collection: "the collection has no name",
  alana_no_product_id: "no product id",
  alana_no_variant_id: "no variant id",
  alana_no_sku: "no SKU",
  alana_no_metafield: "no value in the metafield",
  alana_not_valid: "not valid for alana: {stored} of {sent} stored",
  alana_some_stored: "{stored} of {sent} stored; alana does not say which",

  alana_no_time: "alana's events carry no time: old orders would count on the day on which they are sent.",
  alana_check_unread: "alana has no call that only reads; whether the key is right is known with the first event.",
  alana_check_limits: "Limits: 100 requests a minute from this address and 1,000 for this key.",
} as const;
export const because = reasonsOf(REASONS);
