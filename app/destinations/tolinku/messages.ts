// What Tolinku is told about an event. Pure.
import { compare, sum } from "../../events/decimal.ts";
import type { EventOf } from "../../events/event.ts";
import type { Amounts, Item, Visitor } from "../../events/facts.ts";
import type { Checkout, Order, Page } from "../../events/shopping.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { decimal } from "../number.ts";
import { because as common } from "../reasons.ts";
import type { EcommerceEvent, EcommerceItem } from "./client.ts";
import { because } from "./reasons.ts";

const NO_PRODUCT = skip(common("no_product"));

export function purchase({ order }: EventOf<"order.placed">): Message | Skip {
  if (order.test) return skip(common("test_order"));
  return message("commerce", order.id, {
    event_type: "purchase",
    transaction_id: order.id,
    revenue: decimal(order.amounts.total),
    ...person(order, order.customer?.id),
    ...(order.cartToken ? { cart_id: order.cartToken } : {}),
    ...coupon(order.discountCodes),
    ...money(order.amounts),
    ...someItems(order.items, order.amounts.currency),
    properties: { ...utm(order), order_id: order.id },
  });
}

/** Each refund has a transaction id of its own: Tolinku drops a second one with the same id within 24 hours. */
export function refunded({ refund, order, shop, part, number }: EventOf<"order.refunded">): Message | Message[] | Skip {
  if (order?.test) return skip(common("test_order"));
  const total = part ?? refund.total;
  if (!/[1-9]/.test(total)) return skip(because("tolinku_nothing_back"));
  const id = [refund.orderId, "refund", refund.id, ...(number ? [number] : [])].join("-");
  const currency = refund.currency ?? order?.amounts.currency ?? shop.currency;
  const main = takenOff(id, refund.orderId, order, total, currency);
  const others = refund.others ?? [];
  if (others.length === 0) return main;
  return [
    main,
    ...others.map((one) => takenOff(`${id}-${one.currency}`, refund.orderId, order, one.total, one.currency)),
  ];
}

/** An order that became less without money going back: Tolinku's refund is what takes off a purchase. */
export function reduced({ order, less, number }: EventOf<"order.reduced">): Message | Skip {
  if (order.test) return skip(common("test_order"));
  return takenOff(`${order.id}-reduced-${number}`, order.id, order, less, order.amounts.currency);
}

function takenOff(id: string, orderId: string, order: Order | null, total: string, currency: string): Message {
  return message("commerce", id, {
    event_type: "refund",
    transaction_id: id,
    revenue: decimal(total),
    currency,
    ...(order ? person(order, order.customer?.id) : {}),
    properties: { order_id: orderId },
  });
}

export function cartChanged(event: EventOf<"cart.created"> | EventOf<"cart.changed">): Message[] | Skip {
  if (event.added.length + event.removed.length === 0) return skip(because("tolinku_nothing_changed"));
  const { currency } = event.cart;
  const say = (event_type: "add_to_cart" | "remove_from_cart", lines: Item[]) => {
    const items = itemsOf(lines, currency);
    const facts = { ...named(currency), ...shopper(event.cart, null), cart_id: event.cart.token, items };
    return items.length > 0 ? [message("behaviour", `${event.key}:${event_type}`, { event_type, ...facts })] : [];
  };
  const said = [...say("add_to_cart", event.added), ...say("remove_from_cart", event.removed)];
  return said.length > 0 ? said : NO_PRODUCT;
}

export function checkoutStarted(event: EventOf<"checkout.started">): Message {
  return message("behaviour", event.key, {
    event_type: "begin_checkout",
    ...checkoutFacts(event.checkout),
    ...coupon(event.checkout.discountCodes),
    ...someItems(event.checkout.items, event.checkout.amounts.currency),
  });
}

export function paymentInfoGiven(event: EventOf<"checkout.payment_info_given">): Message {
  return message("behaviour", event.key, { event_type: "add_payment_info", ...checkoutFacts(event.checkout) });
}

export function productViewed(event: EventOf<"product.viewed">): Message | Skip {
  const items = itemsOf([event.item], event.currency);
  if (items.length === 0) return NO_PRODUCT;
  const facts = { currency: event.currency, ...browser(event.page), items };
  return message("behaviour", event.key, { event_type: "view_item", ...facts });
}

export function cartViewed(event: EventOf<"cart.viewed">): Message {
  const { currency } = event.cart;
  const facts = { ...browser(event.page), ...(event.cart.token ? { cart_id: event.cart.token } : {}) };
  return message("behaviour", event.key, {
    event_type: "view_cart",
    ...named(currency),
    ...facts,
    ...someItems(event.cart.items, currency),
  });
}

export function searched(event: EventOf<"search.submitted">): Message | Skip {
  if (!event.query.trim()) return skip(common("nothing_searched"));
  const properties = { search_term: event.query };
  return message("behaviour", event.key, { event_type: "search", ...browser(event.page), properties });
}

/** The transaction id is Tolinku's key of a purchase or refund; the rest has none, so the event's own stands in. */
function message(channel: "commerce" | "behaviour", id: string, body: EcommerceEvent): Message {
  return { channel, id, body, ...(body.user_id ? { userId: body.user_id } : {}) };
}

/** The customer's id, else the visitor's: the id that the person can be erased by; never an e-mail address. */
function person(visitor: Visitor, customerId: string | null | undefined): { user_id?: string } {
  const id = customerId ?? visitor.visitorId;
  return id ? { user_id: id } : {};
}

const browser = (page: Page) => person(page, page.customerId);

/** Before the purchase, one visitor is one id: the one by which the pixel knows them, where it has told of them. */
const shopper = (visitor: Visitor, customerId: string | null): { user_id?: string } =>
  person(visitor, visitor.signedInAs ?? (visitor.visitorFrom === "pixel" ? null : customerId));

function checkoutFacts(checkout: Checkout) {
  return {
    currency: checkout.amounts.currency,
    ...shopper(checkout, checkout.customerId),
    ...(checkout.cartToken ? { cart_id: checkout.cartToken } : {}),
  };
}

const coupon = (codes: string[]) => (codes[0] ? { coupon_code: codes[0] } : {});

/**
 * Its documents give no formula; docs/endpoints.md has ours. All discounts are in `discount`, also those on the shipping,
 * which is told before them: a coupon for free shipping took something off.
 */
function money(amounts: Amounts) {
  const { shippingDiscount = "0" } = amounts;
  return {
    currency: amounts.currency,
    discount: decimal(sum(amounts.discount, shippingDiscount)),
    shipping: decimal(sum(amounts.shipping, shippingDiscount)),
    tax: decimal(amounts.tax),
  };
}

const utm = (order: Order) => Object.fromEntries(Object.entries(order.source.utm).filter(([, value]) => value !== ""));

/** Both its events and its items may go without; Tolinku then takes the appspace's base currency, and we guess none. */
const named = (currency: string | null) => (currency ? { currency } : {});

const someItems = (lines: Item[], currency: string | null) => {
  const items = itemsOf(lines, currency);
  return items.length > 0 ? { items } : {};
};

/** One id space for all events: the variant's id, which every product has; a custom line is no product and is left out. */
function itemsOf(lines: Item[], currency: string | null): EcommerceItem[] {
  return lines.flatMap((line) => {
    const id = line.variantId ?? line.productId;
    if (!id) return [];
    return {
      item_id: id,
      item_name: line.title,
      ...(line.category ? { item_category: line.category } : {}),
      ...(line.vendor ? { item_brand: line.vendor } : {}),
      ...(line.variantTitle ? { item_variant: line.variantTitle } : {}),
      ...(line.image ? { item_image_url: line.image } : {}),
      price: decimal(line.price),
      quantity: line.quantity,
      ...(compare(line.discount, "0") > 0 ? { discount: decimal(line.discount) } : {}),
      ...named(currency),
    };
  });
}
