// What somebody wants to see of a shop's activity, and where a page of it goes on.
import type { EventKind } from "../../events/event.ts";
import type { DeliveryState } from "../states.ts";

export interface Wanted {
  /** As it was typed; "" for all. */
  typed: string;
  connectionId: string | null;
  state: DeliveryState | null;
  reasonCode: string | null;
  kind: EventKind | null;
  /** null: without a beginning, or an end. */
  from: Date | null;
  /** Exclusive. */
  until: Date | null;
  after: Place | null;
}

/** Behind which line a page begins. */
export interface Place {
  at: Date;
  id: string;
}

export const placeText = ({ at, id }: Place): string => `${at.getTime()}.${id}`;

/** @returns null for what is no place. */
export function readPlace(text: string | null): Place | null {
  const [, at, id] = /^(-?\d{1,15})\.(\d{1,18})$/.exec(text ?? "") ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}

/** Every kind; a test of types holds it against the events. */
const EVERY: Record<EventKind, true> = {
  ...{ "order.placed": true, "order.paid": true, "order.updated": true, "order.cancelled": true },
  ...{ "order.deleted": true, "order.refunded": true, "order.reduced": true, "order.raised": true },
  ...{ "cart.created": true, "cart.changed": true, "checkout.started": true, "checkout.contact_given": true },
  ...{ "checkout.payment_info_given": true, "checkout.abandoned": true, "customer.saved": true },
  ...{ "customer.deleted": true, "customer.merged": true, "customer.consent_changed": true, "product.saved": true },
  ...{ "product.deleted": true, "collection.saved": true, "collection.deleted": true, "page.viewed": true },
  ...{ "product.viewed": true, "collection.viewed": true, "cart.viewed": true, "search.submitted": true },
};
export const KINDS = Object.keys(EVERY) as EventKind[];
