// Which orders wait a few seconds for the web pixel to say who their visitor was. Pure.
import type { Destination } from "../../destinations/destination.ts";
import type { Event } from "../../events/event.ts";

/** The thank-you page, where the pixel tells of the order, mostly opens within these of the order's webhook. */
export const HOLD_MS = 5_000;

/** @param pixelOn whether the shop's pixel is on; an order without a checkout, of the till or a renewal has no page to tell of it. */
export function waitsForPixel(event: Event, sheet: Destination, pixelOn: boolean): boolean {
  if (!pixelOn || !sheet.needsVisitor || (event.kind !== "order.placed" && event.kind !== "order.paid")) return false;
  const { visitorFrom, checkoutToken, channel } = event.order;
  if (visitorFrom === "pixel" || visitorFrom === "attribute") return false;
  return checkoutToken !== null && channel !== "pos" && channel !== "subscription";
}
