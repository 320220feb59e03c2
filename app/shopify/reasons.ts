// Why Shopify has not told or done what it was asked for, as it is kept of a shop and told on a page.
import { reasonsOf } from "../base/reason.ts";

export const SHOPIFY_REASONS = {
  scope_missing:
    "the app may not ask Shopify for it: it lacks {scopes}; open the app in Shopify and agree to what it asks for",
  not_approved:
    "not available: protected customer data ({what}), which Shopify has not approved for this app; all else goes on without it",
  throttled: "Shopify was asked too much just now; it is asked again by itself within minutes",
  token_dead: "Shopify does not take the app’s token any more; open the app to reconnect, nothing is lost meanwhile",
  shopify_ill: "Shopify could not be asked just now; it is asked again by itself within minutes",
  not_approved_yet:
    "not available: protected customer data ({what}), which Shopify has not approved for this app; it goes on by itself once it has",
  bulk_busy: "Shopify makes other files for this shop just now; it goes on when one of them is done",
  bulk_failed: "Shopify did not manage to make the file; start it again later, nothing is sent twice",
  file_cut: "the file that Shopify made breaks off; it is fetched again, and made anew if it must be",
  file_over: "the address of Shopify’s file was over before it was read; it is made anew",
  connection_off: "its connection was switched off",
  connection_paused: "its connection is paused; it goes on when that is turned on",
  uninstalled: "the app was uninstalled",
  shopify_refuses: "Shopify says: {words}",
  no_protected_orders: "orders",
  no_protected_customers: "customers",
  no_protected_products: "products",

  // The web pixel.
  pixel_no_extension:
    "This version of the app was deployed without its web pixel extension; deploy the app with `shopify app deploy`.",
  pixel_other_settings:
    "Shopify's copy of the web pixel extension asks for other settings; deploy the app with `shopify app deploy`.",
  pixel_not_let_go: "Shopify could not be asked just now; try again.",

  // A backfill that does not begin.
  backfill_never: "{vendor} is told nothing of the time before its connection.",
  backfill_nowhere: "There is no such connection.",
  backfill_off: "{name} is switched off. Turn it on first.",
  backfill_of_nothing: "Choose what is to be sent.",
  backfill_no_days: "Give a first day, and a last one that is not before it.",
  backfill_to_come: "These days are still to come.",
  backfill_too_old: "Nothing of these days can be sent.",
  backfill_too_old_why: "Nothing of these days can be sent. {why}",
  backfill_unconfirmed: "Confirm first: {warning}",
  backfill_under_way: "A backfill of this connection is under way already. Wait for its end, or cancel it.",
} as const;
export const because = reasonsOf(SHOPIFY_REASONS);
