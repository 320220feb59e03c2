// Tolinku's writing calls with their bodies: one event, a batch of events, and the erasure of a user.
import { z } from "zod";
import { fitting } from "../answer.ts";
import type { Answer, Http } from "../destination.ts";

/** A JSON number with exactly the digits that were known: made by `decimal()`. */
export type Exact = unknown;

export interface EcommerceItem {
  item_id: string;
  item_name?: string;
  item_category?: string;
  item_brand?: string;
  item_variant?: string;
  item_list_name?: string;
  item_list_id?: string;
  item_image_url?: string;
  /** Of one piece. */
  price?: Exact;
  /** Tolinku takes 1 where it is missing. */
  quantity?: number;
  currency?: string;
  coupon_code?: string;
  /** Of all pieces of the line. */
  discount?: Exact;
}

interface Facts {
  /** ISO 4217; the appspace's base currency where it is missing. */
  currency?: string;
  user_id?: string;
  cart_id?: string;
  coupon_code?: string;
  discount?: Exact;
  shipping?: Exact;
  tax?: Exact;
  properties?: Record<string, string>;
}

/** The thirteen event types, each with the fields that it may not lack. */
export type EcommerceEvent = Facts &
  (
    | { event_type: "view_item" | "add_to_cart" | "remove_from_cart" | "add_to_wishlist"; items: EcommerceItem[] }
    | { event_type: "view_cart" | "add_payment_info" | "begin_checkout"; items?: EcommerceItem[] }
    | { event_type: "purchase" | "refund"; transaction_id: string; revenue: Exact; items?: EcommerceItem[] }
    | { event_type: "search"; properties: { search_term: string } }
    | { event_type: "share"; properties: { item_id: string } }
    | { event_type: "rate"; properties: { item_id: string; rating: string } }
    | { event_type: "spend_credits"; revenue: Exact }
  );

const PATH = "/v1/api/analytics/ecommerce";

/** The most events in one `batch`. */
export const MOST_EVENTS = 100;

const tracked = z.object({ ok: z.literal(true) });
const batched = z.object({
  ok: z.literal(true),
  accepted: z.int().nonnegative().nullish(),
  errors: z.array(z.string()).nullish(),
});
const deleted = z.object({ ok: z.literal(true), deleted_user_id: z.string().nullish() });

/** Sends one event. Any key. @throws SaidNo · NotAsDocumented */
export async function track(http: Http, event: EcommerceEvent): Promise<z.output<typeof tracked>> {
  return fitting(tracked, await http({ method: "POST", path: `${PATH}/track`, json: event }));
}

/** Sends 1 to 100 events. Any key. The answer is left to the reader, since a no differs by its words. */
export function batch(http: Http, events: EcommerceEvent[]): Promise<Answer> {
  return http({ method: "POST", path: `${PATH}/batch`, json: { events } });
}

/** How many a batch took, and why it left out the others ("events[0]: …"). @throws SaidNo · NotAsDocumented */
export const readBatch = (answer: Answer) => fitting(batched, answer);

/** Erases all events of one user. Secret key; done within minutes, not at once. @throws SaidNo · NotAsDocumented */
export async function deleteUser(http: Http, userId: string): Promise<z.output<typeof deleted>> {
  const path = `/v1/api/analytics/user/${encodeURIComponent(userId)}`;
  return fitting(deleted, await http({ method: "DELETE", path }));
}
