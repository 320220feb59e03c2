// What ShopiPixel is told of an event: its standard events by name, amounts in the currency that they are in.
import { createHash } from "node:crypto";
import { compare, perPiece } from "../../events/decimal.ts";
import type { EventOf } from "../../events/event.ts";
import type { Item } from "../../events/facts.ts";
import { worth } from "../../events/item.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { decimal } from "../number.ts";
import { because as common } from "../reasons.ts";
import type { VendorEvent } from "./client.ts";
import { because } from "./reasons.ts";

export const EVENTS = "events";
type Happened = { occurredAt: string; saidAt: string | null; heardAt: string };

export function purchase(event: EventOf<"order.placed">): Message | Skip {
  const { order } = event;
  return message(event, {
    eventName: "Purchase",
    eventId: `purchase_${order.id}`,
    userData: userData(order),
    customData: {
      currency: order.amounts.currency,
      value: decimal(order.amounts.total),
      orderId: order.id,
      ...contents(order.items),
    },
  });
}

/** The merchant's own event, since the vendor has none for refunds. */
export function refund(event: EventOf<"order.refunded">, eventName: string): Message | Message[] | Skip {
  if (!eventName) return skip(because("shopipixel_no_refund_event"));
  const { refund, order } = event;
  const total = event.part ?? refund.total;
  if (compare(total, "0") <= 0) return skip(because("shopipixel_no_money_back"));
  const inShop = order?.amounts.currency ?? event.shop.currency;
  const currency = refund.currency ?? inShop;
  const id = ["refund", refund.id, ...(event.number ? [event.number] : [])].join("_");
  const told = (eventId: string, currency: string, value: string, items: Item[]) =>
    message(event, {
      eventName,
      eventId,
      userData: order ? userData(order) : undefined,
      // The prices of the items are in the shop's currency: beside an amount in another they would be taken for that.
      customData: money(currency, value, refund.orderId, contents(items, currency === inShop)),
    });
  const first = told(id, currency, total, refund.items);
  const others = (refund.others ?? []).map((one) => told(`${id}_${one.currency}`, one.currency, one.total, []));
  const all = [first, ...others].flatMap((one) => ("skip" in one ? [] : [one]));
  return others.length === 0 || all.length === 0 ? first : all; // their time is one, so all are told or none
}

/** An order that became less without money going back takes off a purchase as a refund does. */
export function reduction(event: EventOf<"order.reduced">, eventName: string): Message | Skip {
  if (!eventName) return skip(because("shopipixel_no_reduction_event"));
  const { order, less, number } = event;
  return message(event, {
    eventName,
    eventId: `reduced_${order.id}_${number}`,
    userData: userData(order),
    customData: money(order.amounts.currency, less, order.id, contents([])),
  });
}

const money = (currency: string, value: string, orderId: string, about: object) => ({
  ...{ currency, value: decimal(value), orderId },
  ...about,
});

export function addToCart(event: EventOf<"cart.created"> | EventOf<"cart.changed">): Message | Skip {
  if (event.added.length === 0) return skip(common("nothing_added"));
  const { token, currency } = event.cart;
  return message(event, {
    eventName: "AddToCart",
    eventId: `atc_${token}_${hash(event.key)}`,
    customData: {
      // A cart without price sets does not name its currency; the amount is said all the same, and none is guessed.
      ...(currency === null ? {} : { currency }),
      value: decimal(worth(event.added)),
      ...contents(event.added),
    },
  });
}

export function initiateCheckout(event: EventOf<"checkout.started">): Message | Skip {
  const { checkout } = event;
  return message(event, {
    eventName: "InitiateCheckout",
    eventId: `ic_${checkout.token}`,
    userData: userData(checkout),
    customData: {
      currency: checkout.amounts.currency,
      value: decimal(checkout.amounts.total),
      ...contents(checkout.items),
    },
  });
}

// No address of the page: it may carry what the visitor typed, and customData can be read back.
export function pageView(event: EventOf<"page.viewed">): Message | Skip {
  return message(event, { eventName: "PageView", eventId: `pv_${hash(event.key)}` });
}

export function viewContent(event: EventOf<"product.viewed">): Message | Skip {
  const { currency, item } = event;
  return message(event, {
    eventName: "ViewContent",
    eventId: `vc_${hash(event.key)}`,
    customData: { currency, value: decimal(worth([item])), ...contents([item]) },
  });
}

/** ShopiPixel refuses a time that is so far ahead of its clock. Shopify's clock and ours are closer: such a time is a wrong one, of an imported or scheduled order. */
const MOST_AHEAD = 5 * 60_000;

function message(event: Happened, said: Omit<VendorEvent, "eventTime">): Message | Skip {
  const told = Math.max(Date.parse(event.heardAt), Date.parse(event.saidAt ?? event.heardAt));
  if (Date.parse(event.occurredAt) - told > MOST_AHEAD) return skip(because("shopipixel_ahead"));
  const body: VendorEvent = { ...said, eventTime: Math.floor(Date.parse(event.occurredAt) / 1000) };
  return { channel: EVENTS, id: said.eventId, body };
}

function userData(of: { email: string | null; phone: string | null }): VendorEvent["userData"] {
  if (!of.email && !of.phone) return undefined;
  return { email: of.email || undefined, phone: of.phone || undefined };
}

// A custom line has no product that the vendor could know.
function contents(items: Item[], priced = true): Pick<VendorEvent["customData"] & {}, "contents" | "contentIds"> {
  const known = items.flatMap((item) => (item.productId === null ? [] : [{ ...item, productId: item.productId }]));
  return {
    contents: known.map((item) => ({
      id: item.productId,
      quantity: item.quantity,
      // What the buyer pays for it, so that the items tell the same story as the value.
      itemPrice: priced ? decimal(priceOf(item)) : undefined,
    })),
    contentIds: [...new Set(known.map((item) => item.productId))],
  };
}

const priceOf = (item: Item) => (compare(item.discount, "0") > 0 ? perPiece(worth([item]), item.quantity) : item.price);

function hash(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}
