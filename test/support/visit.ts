// One visitor of a shop, from the first page to the order: the same tokens in the pixel's posts and in Shopify's webhooks.
import { randomUUID } from "node:crypto";
import { PIXEL_POST } from "../../app/events/read.ts";
import { type Body, order } from "./payloads.ts";
import type { TestRoad } from "./road.ts";
import { cart, checkout, seen } from "./visits.ts";

let visits = 0;

export interface Visit {
  client: string;
  cartToken: string;
  checkoutToken: string;
  orderId: number;
  /** Shopify's time, now by the app's clock; `later` in milliseconds. */
  at(later?: number): string;
  sees(name: string, over?: Body): Promise<void>;
  fills(lines: Body[], over?: Body): Promise<void>;
  checksOut(over?: Body): Promise<void>;
  buys(over?: Body): Promise<void>;
}

/** Nothing of the order's own tells who it was, unless `over` says so. */
export function visit(trip: TestRoad): Visit {
  visits += 1;
  const orderId = 4000 + visits;
  const [client, cartToken, checkoutToken] = [randomUUID(), randomUUID(), randomUUID()];
  const at = (later = 0) => new Date(trip.road.clock().getTime() + later).toISOString().replace(/\.\d+Z$/, "Z");
  const tokens = { cart_token: cartToken, checkout_token: checkoutToken };
  return {
    client,
    cartToken,
    checkoutToken,
    orderId,
    at,
    sees: (name, over = {}) =>
      trip.hear(PIXEL_POST, {
        events: [seen(name, { id: randomUUID(), clientId: client, timestamp: at(), cartToken, ...over })],
      }),
    fills: (lines, over = {}) =>
      trip.hear("carts/update", cart(lines, { token: cartToken, created_at: at(), updated_at: at(), ...over })),
    checksOut: (over = {}) =>
      trip.hear(
        "checkouts/create",
        checkout({ token: checkoutToken, cart_token: cartToken, created_at: at(), updated_at: at(), ...over }),
      ),
    buys: (over = {}) =>
      trip.hear(
        "orders/create",
        order({
          ...{ id: orderId, name: `#${orderId}`, ...tokens, created_at: at(), processed_at: at(), updated_at: at() },
          ...{ landing_site: "/", referring_site: null, customer: null, ...over },
        }),
      ),
  };
}

/** What the theme embed keeps in a cart's attributes. */
export const embed = (kept: Body): Body => ({
  note_attributes: [{ name: "__switchyard", value: JSON.stringify(kept) }],
});
