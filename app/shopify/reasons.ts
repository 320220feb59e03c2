// Why Shopify has not told or done what it was asked for, as it is kept of a shop and told on a page.
import { type Reason, reasonsOf, tell } from "../base/reason.ts";

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
} as const;
export const because = reasonsOf(SHOPIFY_REASONS);
export type ShopifyCode = keyof typeof SHOPIFY_REASONS;

export const told = (reason: Reason): string => tell(SHOPIFY_REASONS, reason);
