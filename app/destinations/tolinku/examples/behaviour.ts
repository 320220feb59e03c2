// What Tolinku is told of carts, checkouts and browsing.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { cart, checkout, customer, item, page } from "../../samples.ts";
import { behaviour, buyer, mug, visitor } from "./sample-messages.ts";

const inCart = { currency: "EUR", ...visitor, cart_id: "c1-3f9a77" };
const plate = item({
  productId: "7290009998887",
  variantId: "41220009998887",
  title: "Plate",
  vendor: null,
  variantTitle: null,
});

export const carts: Example[] = [
  {
    name: "a new cart is an addition, with the cart's id that the purchase will carry",
    event: happened("cart.created"),
    sends: [behaviour("cart:c1-3f9a77:1:add_to_cart", { event_type: "add_to_cart", ...inCart, items: [mug] })],
  },
  {
    name: "a cart that gained and lost is two events",
    event: happened("cart.changed", { added: [item({ quantity: 1 })], removed: [plate] }),
    sends: [
      behaviour("cart:c1-3f9a77:2:add_to_cart", {
        event_type: "add_to_cart",
        ...inCart,
        items: [{ ...mug, quantity: 1 }],
      }),
      behaviour("cart:c1-3f9a77:2:remove_from_cart", {
        event_type: "remove_from_cart",
        ...inCart,
        items: [
          { item_id: "41220009998887", item_name: "Plate", price: decimal("12.50"), quantity: 2, currency: "EUR" },
        ],
      }),
    ],
  },
  {
    name: "a cart that changed in its note alone is nothing to tell",
    event: happened("cart.changed", { added: [], removed: [] }),
    skips: "nothing was added or removed",
  },
  {
    name: "a custom line cannot be told, since an item needs an id",
    event: happened("cart.changed", { added: [item({ productId: null, variantId: null })], removed: [] }),
    skips: "no line of it is a product of the shop",
  },
];

export const browsing: Example[] = [
  {
    name: "a checkout is begun by the customer, with the cart's id",
    event: happened("checkout.started", { checkout: checkout({ discountCodes: ["SAVE10"] }) }),
    sends: [
      behaviour("checkout:k1-77aa01", {
        event_type: "begin_checkout",
        currency: "EUR",
        ...buyer,
        cart_id: "c1-3f9a77",
        coupon_code: "SAVE10",
        items: [mug],
      }),
    ],
  },
  {
    name: "payment details were entered",
    event: happened("checkout.payment_info_given", { checkout: checkout({ customerId: null, cartToken: null }) }),
    sends: [behaviour("payment:k1-77aa01", { event_type: "add_payment_info", currency: "EUR", ...visitor })],
  },
  {
    name: "a product is viewed under the id that it is bought by",
    event: happened("product.viewed"),
    sends: [
      behaviour("browse:sh-2", {
        event_type: "view_item",
        currency: "EUR",
        ...visitor,
        items: [{ ...mug, quantity: 1 }],
      }),
    ],
  },
  {
    name: "a product without a variant is known by its own id",
    event: happened("product.viewed", { item: item({ variantId: null, quantity: 1 }) }),
    sends: [
      behaviour("browse:sh-2", {
        event_type: "view_item",
        currency: "EUR",
        ...visitor,
        items: [{ ...mug, item_id: "7290001112223", quantity: 1 }],
      }),
    ],
  },
  {
    name: "a cart is viewed; of one without a currency none is guessed",
    event: happened("cart.viewed", { page: page({ customerId: customer().id }), cart: cart({ currency: null }) }),
    sends: [
      behaviour("browse:sh-4", {
        event_type: "view_cart",
        ...buyer,
        cart_id: "c1-3f9a77",
        items: [{ ...mug, currency: undefined }],
      }),
    ],
  },
  {
    name: "a search carries its words",
    event: happened("search.submitted"),
    sends: [behaviour("browse:sh-5", { event_type: "search", ...visitor, properties: { search_term: "blue mug" } })],
  },
  {
    name: "a visitor without an id is told without one",
    event: happened("search.submitted", { page: page({ visitorId: null, visitorFrom: null }) }),
    sends: [behaviour("browse:sh-5", { event_type: "search", properties: { search_term: "blue mug" } })],
  },
  {
    name: "a search for nothing is none",
    event: happened("search.submitted", { query: "  " }),
    skips: "nothing was searched for",
  },
];
