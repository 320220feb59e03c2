// Reasons of Prisjakt's own.
import { reasonsOf } from "../reasons.ts";

export const REASONS = {
  prisjakt_no_click: "no click id: the buyer did not come from Prisjakt",
  prisjakt_strange_click: "the click id is not one that Prisjakt gives out",
  prisjakt_old_click: "the click was more than 30 days before the purchase",
  prisjakt_currency: "unsupported currency {currency}: Prisjakt takes {taken}",
  prisjakt_client_wanted:
    "Prisjakt asks for a client ID with this pixel's purchases: enter the one it gave you ({words})",
  prisjakt_pixel_unknown: "Prisjakt does not know this pixel: check the pixel ID ({words})",
  prisjakt_pixel_off: "The pixel is off, or the client lacks the role event_publisher or shop_user ({words})",
} as const;
export const because = reasonsOf(REASONS);
