// Which carts, checkouts and orders wait a few seconds for the web pixel to say who their visitor was. Pure.
import type { Destination } from "../../destinations/destination.ts";
import type { Event } from "../../events/event.ts";
import type { Visitor } from "../../events/facts.ts";

/** The thank-you page, where the pixel tells of the order, mostly opens within these of the order's webhook; it tells of a cart as it is filled. */
export const HOLD_MS = 5_000;

/** @param pixelOn whether the shop's pixel is on; an order without a checkout, of the till or a renewal has no page to tell of it. */
export function waitsForPixel(event: Event, sheet: Destination, pixelOn: boolean): boolean {
  if (!pixelOn || !sheet.needsVisitor) return false;
  if (event.kind === "cart.created" || event.kind === "cart.changed") return isUnknown(event.cart);
  if (event.kind === "checkout.started") return isUnknown(event.checkout);
  if (event.kind !== "order.placed" && event.kind !== "order.paid") return false;
  const { checkoutToken, channel } = event.order;
  return isUnknown(event.order) && checkoutToken !== null && channel !== "pos" && channel !== "subscription";
}

const isUnknown = ({ visitorFrom }: Visitor) => visitorFrom !== "pixel" && visitorFrom !== "attribute";
