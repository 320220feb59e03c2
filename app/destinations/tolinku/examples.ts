// What Tolinku is told of each event; how its answers are heard is in the files beside this one.
import { decimal, type Message } from "../destination.ts";
import type { Example, Examples } from "../example.ts";
import { happened, NOW } from "../sample-events.ts";
import { amounts, cart, checkout, customer, item, order, page, refund, source } from "../samples.ts";
import { answerExamples } from "./answer-examples.ts";
import { readExamples } from "./read-examples.ts";

const mug = {
  item_id: "41220003334445",
  item_name: "Stoneware mug",
  item_brand: "Nordlicht",
  item_variant: "Blue",
  price: decimal("12.50"),
  quantity: 2,
  currency: "EUR",
};
const buyer = { user_id: "6401230098" };
const visitor = { user_id: "visitor-7f3a" };
const bought = {
  event_type: "purchase",
  transaction_id: "5500112233445",
  revenue: decimal("29.90"),
  ...buyer,
  cart_id: "c1-3f9a77",
  currency: "EUR",
  discount: decimal("0.00"),
  shipping: decimal("4.90"),
  tax: decimal("4.77"),
  items: [mug],
  properties: { order_id: "5500112233445" },
};
type Body = Record<string, unknown>;
const message = (channel: string, id: string, body: Body): Message => ({
  channel,
  id,
  body,
  ...(typeof body.user_id === "string" ? { userId: body.user_id } : {}),
});
const commerce = (body: Body) => message("commerce", String(body.transaction_id), body);
const behaviour = (id: string, body: Body) => message("behaviour", id, body);
const { cart_id: _, ...boughtWithoutCart } = bought;
const { items: __, ...boughtWithoutItems } = bought;

const purchases: Example[] = [
  {
    name: "an order is a purchase with the order's id, all amounts as numbers, in the shop's currency",
    event: happened("order.placed"),
    sends: [commerce(bought)],
  },
  {
    name: "the campaign becomes properties, all of them text, and the first code the coupon",
    event: happened("order.placed", {
      order: order({
        discountCodes: ["SAVE10", "FREESHIP"],
        source: source({ utm: { source: "email", campaign: "spring-sale", term: "" } }),
      }),
    }),
    sends: [
      commerce({
        ...bought,
        coupon_code: "SAVE10",
        properties: { source: "email", campaign: "spring-sale", order_id: "5500112233445" },
      }),
    ],
  },
  {
    name: "a buyer without an account is known by the visitor's id, never by an e-mail address",
    event: happened("order.placed", { order: order({ customer: null }) }),
    sends: [commerce({ ...bought, ...visitor })],
  },
  {
    name: "an order that no cart led to carries no cart id",
    event: happened("order.placed", { order: order({ cartToken: null }) }),
    sends: [commerce(boughtWithoutCart)],
  },
  {
    name: "the buyer's other currency is not mixed in",
    event: happened("order.placed", {
      order: order({ presentment: amounts({ currency: "SEK", total: "340.50" }) }),
    }),
    sends: [commerce(bought)],
  },
  {
    name: "a currency without decimals is sent as it is, not in hundredths",
    event: happened("order.placed", {
      order: order({
        amounts: amounts({ currency: "JPY", total: "1000", shipping: "0", tax: "91", discount: "0" }),
        items: [item({ price: "1000", quantity: 1 })],
      }),
    }),
    sends: [
      commerce({
        ...bought,
        revenue: decimal("1000"),
        currency: "JPY",
        discount: decimal("0"),
        shipping: decimal("0"),
        tax: decimal("91"),
        items: [{ ...mug, price: decimal("1000"), quantity: 1, currency: "JPY" }],
      }),
    ],
  },
  {
    name: "an amount and an id beyond what a float holds stay exact",
    event: happened("order.placed", {
      order: order({ id: "9007199254740993001", amounts: amounts({ total: "90071992547409.93" }) }),
    }),
    sends: [
      commerce({
        ...bought,
        transaction_id: "9007199254740993001",
        revenue: decimal("90071992547409.93"),
        properties: { order_id: "9007199254740993001" },
      }),
    ],
  },
  {
    name: "a line that is no product of the shop is left out, and the purchase counts",
    event: happened("order.placed", { order: order({ items: [item({ productId: null, variantId: null })] }) }),
    sends: [commerce(boughtWithoutItems)],
  },
  {
    name: "a test order goes nowhere",
    event: happened("order.placed", { order: order({ test: true }) }),
    skips: "a test order",
  },
];

const returned = {
  event_type: "refund",
  transaction_id: "5500112233445-refund-920011223",
  revenue: decimal("12.50"),
  currency: "EUR",
  ...buyer,
  properties: { order_id: "5500112233445" },
};
const second = "5500112233445-refund-920011999";

const refunds: Example[] = [
  { name: "a refund is positive and has its own id", event: happened("order.refunded"), sends: [commerce(returned)] },
  {
    name: "a second partial refund of the same day has another id, so that neither is taken for the other",
    event: happened("order.refunded", { refund: refund({ id: "920011999", total: "3.10" }) }),
    sends: [commerce({ ...returned, transaction_id: second, revenue: decimal("3.10") })],
  },
  {
    name: "a refund is in the currency that was paid back",
    event: happened("order.refunded", { refund: refund({ currency: "SEK", total: "142.00" }) }),
    sends: [commerce({ ...returned, revenue: decimal("142.00"), currency: "SEK" })],
  },
  {
    name: "a refund of an order that we do not know is in the shop's currency, of nobody",
    event: happened("order.refunded", { refund: refund({ currency: null }), order: null }),
    sends: [
      commerce({
        event_type: "refund",
        transaction_id: "5500112233445-refund-920011223",
        revenue: decimal("12.50"),
        currency: "EUR",
        properties: { order_id: "5500112233445" },
      }),
    ],
  },
  {
    name: "goods that came back without money are no refund",
    event: happened("order.refunded", { refund: refund({ total: "0.00" }) }),
    skips: "nothing was paid back",
  },
  {
    name: "a refund of a test order goes nowhere",
    event: happened("order.refunded", { order: order({ test: true }) }),
    skips: "a test order",
  },
];

const inCart = { currency: "EUR", ...visitor, cart_id: "c1-3f9a77" };
const plate = item({
  productId: "7290009998887",
  variantId: "41220009998887",
  title: "Plate",
  vendor: null,
  variantTitle: null,
});

const carts: Example[] = [
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

const browsing: Example[] = [
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
    name: "a cart is viewed; one without a currency is in the shop's",
    event: happened("cart.viewed", { page: page({ customerId: customer().id }), cart: cart({ currency: null }) }),
    sends: [
      behaviour("browse:sh-4", {
        event_type: "view_cart",
        currency: "EUR",
        ...buyer,
        cart_id: "c1-3f9a77",
        items: [mug],
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

export default {
  now: NOW,
  settings: { domain: "https://your-app.tolinku.com", apiKey: "tolk_sec_example" },
  cases: [...purchases, ...refunds, ...carts, ...browsing, ...answerExamples, ...readExamples],
} satisfies Examples;
