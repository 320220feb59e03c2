// What ShopiPixel is told of carts: the pieces that were added, at what the buyer pays for them.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { cart, item } from "../../samples.ts";

const eventTime = 1795249800; // 2026-11-21T09:30:00+01:00
const mug = { id: "7290001112223", quantity: 2, itemPrice: decimal("12.50") };
const contents = { contents: [mug], contentIds: ["7290001112223"] };
const one = { contents: [{ ...mug, quantity: 1 }], contentIds: ["7290001112223"] };
const event = (id: string, body: object) => ({ channel: "events", id, body: { eventId: id, eventTime, ...body } });

export const cartExamples: Example[] = [
  {
    name: "a new cart is an AddToCart of all its pieces",
    event: happened("cart.created"),
    sends: [
      event("atc_c1-3f9a77_799be38b4622", {
        eventName: "AddToCart",
        customData: { currency: "EUR", value: decimal("25.00"), ...contents },
      }),
    ],
  },
  {
    name: "a cart that grows is an AddToCart of what was added",
    event: happened("cart.changed"),
    sends: [
      event("atc_c1-3f9a77_48e1a1b373b7", {
        eventName: "AddToCart",
        customData: { currency: "EUR", value: decimal("12.50"), ...one },
      }),
    ],
  },
  {
    name: "an AddToCart is worth what the added pieces cost, their discounts taken off",
    event: happened("cart.changed", { added: [item({ price: "10.00", quantity: 2, discount: "4.00" })] }),
    sends: [
      event("atc_c1-3f9a77_48e1a1b373b7", {
        eventName: "AddToCart",
        customData: {
          currency: "EUR",
          value: decimal("16.00"),
          contents: [{ ...mug, itemPrice: decimal("8.00") }],
          contentIds: ["7290001112223"],
        },
      }),
    ],
  },
  {
    name: "a cart whose currency nobody told is sent with its amount, and no currency is guessed",
    event: happened("cart.changed", { cart: cart({ currency: null }) }),
    sends: [
      event("atc_c1-3f9a77_48e1a1b373b7", {
        eventName: "AddToCart",
        customData: { value: decimal("12.50"), ...one },
      }),
    ],
  },
  {
    name: "a cart that only shrinks is not sent",
    event: happened("cart.changed", { added: [], removed: [item()] }),
    skips: "nothing was added to the cart",
  },
];
