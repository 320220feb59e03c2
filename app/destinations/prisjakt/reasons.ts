// Reasons of Prisjakt's own, and what its test and its report say.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  prisjakt_no_click: "no click id: the buyer did not come from Prisjakt",
  prisjakt_strange_click: "the click id is not one that Prisjakt gives out",
  prisjakt_old_click: "the click was more than 30 days before the purchase",
  prisjakt_currency: "unsupported currency {currency}: Prisjakt takes {taken}",
  prisjakt_client_wanted:
    "Prisjakt asks for a client ID with this pixel's purchases: enter the one it gave you (“{words}”)",
  prisjakt_pixel_unknown: "Prisjakt does not know this pixel: check the pixel ID (“{words}”)",
  prisjakt_pixel_off: "The pixel is off, or the client lacks the role event_publisher or shop_user (“{words}”)",

  prisjakt_clicks_only: "Only orders whose buyer came by a click at Prisjakt are sent, 30 days after it at the most.",

  // Its test.
  prisjakt_enable: "Enable the pixel",
  prisjakt_check_unread:
    "Without a client ID and its secret nothing can be read at Prisjakt: not whether the pixel is right and enabled, not its figures, and not whether it has a purchase whose answer was lost. Whether the pixel ID is right is known with the first purchase.",
  prisjakt_check_limit: "Limit: 10,000 requests an hour for this client.",
  prisjakt_check_takes: "Whether Prisjakt takes this client's purchases is known with the first event.",
  prisjakt_roles: "The client's roles: {roles}.",
  prisjakt_roles_lack: "The client's roles: {roles}. To send purchases it needs event_publisher or shop_user.",
  prisjakt_no_roles: "The client's roles: none. To send purchases it needs event_publisher or shop_user.",
  prisjakt_roles_untold: "Prisjakt does not tell the client's roles.",
  prisjakt_pixel_enabled: "The pixel is there and enabled.",
  prisjakt_pixel_disabled: "The pixel is there, but disabled: it takes no purchases.",
  prisjakt_pixel_there: "The pixel is there. Prisjakt does not tell whether it is enabled.",
  prisjakt_pixels: "Pixels of shop {shop}: {pixels}.",
  prisjakt_pixels_others: "Pixels of shop {shop}: {pixels}. The pixel ID is none of them.",
  prisjakt_pixels_none: "Pixels of shop {shop}: none. The pixel ID is none of them.",
  prisjakt_enabled: "{pixel} (enabled)",
  prisjakt_disabled: "{pixel} (disabled)",
  prisjakt_unreadable_client: "Prisjakt's answer about the client could not be read: {words}",
  prisjakt_unreadable_pixel: "Prisjakt's answer about the pixel could not be read: {words}",
  prisjakt_unreadable_shop: "Prisjakt's answer about the shop could not be read: {words}",
  prisjakt_unknown_client: "Prisjakt does not know this client (“{words}”).",
  prisjakt_unknown_pixel: "Prisjakt does not know this pixel (“{words}”).",
  prisjakt_unknown_shop: "Prisjakt does not know this shop (“{words}”).",
  prisjakt_closed_client:
    "Prisjakt does not let this client read the client: client ID or secret is wrong, or the role shop_user is missing (“{words}”).",
  prisjakt_closed_pixel:
    "Prisjakt does not let this client read the pixel: client ID or secret is wrong, or the role shop_user is missing (“{words}”).",
  prisjakt_closed_shop:
    "Prisjakt does not let this client read the shop: client ID or secret is wrong, or the role shop_user is missing (“{words}”).",
  prisjakt_check_failed: "Prisjakt could not say just now: “{words}”",

  // Its report.
  prisjakt_figures_closed: "Prisjakt's figures can be read with a client ID and its secret only.",
  prisjakt_figures_cut: "Prisjakt gives figures for at most 60 days: these are the last 60.",
  prisjakt_conversions_ungiven: "Prisjakt did not give the single conversions: “{words}”",
  prisjakt_day_ends: "It is asked for days of UTC: the first and the last day may lack some hours.",
  prisjakt_purchases: "Purchases in {currency}",
  prisjakt_value: "Their value in {currency}",
  prisjakt_value_by_day: "Value by day in {currency}",
  prisjakt_conversions: "Latest conversions",
  prisjakt_bought: "Bought",
  prisjakt_purchase: "Purchase",
  prisjakt_amount: "Amount",
  prisjakt_items: "Items",
  prisjakt_product: "Product",
  prisjakt_clicked: "Clicked",
} as const;
export const because = reasonsOf(REASONS);
