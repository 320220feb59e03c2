// What Prisjakt is told of an order: a purchase that belongs to a click of theirs, in a currency that they take.
import type { EventOf } from "../../events/event.ts";
import type { Amounts, Click } from "../../events/facts.ts";
import { pieceCount } from "../../events/item.ts";
import type { Order } from "../../events/shopping.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { decimal } from "../number.ts";
import type { NewEvent } from "./client.ts";
import { because } from "./reasons.ts";

export const PURCHASE = "purchase";

// The currencies are listed in "Browser Script Integration" only; a purchase counts for 30 days after its click.
const CURRENCIES = ["DKK", "EUR", "GBP", "NOK", "NZD", "SEK"];
const THIRTY_DAYS = 30 * 86_400_000;
const SIGNED = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}_[0-9A-Za-z]{16}$/;

export function purchase(event: EventOf<"order.placed">): Message | Skip {
  const { order } = event;
  const click = order.source.clicks.pjclid;
  if (!click) return skip(because("prisjakt_no_click"));
  const signed_click_id = plain(click.id);
  // The id came through the buyer's browser, so it can be anything.
  if (!SIGNED.test(signed_click_id)) return skip(because("prisjakt_strange_click"));
  if (isOld(click, event.occurredAt)) return skip(because("prisjakt_old_click"));
  const amounts = amountsOf(order);
  if (!amounts)
    return skip(because("prisjakt_currency", { currency: order.amounts.currency, taken: CURRENCIES.join(", ") }));
  const body: NewEvent = {
    event_name: "purchase",
    event_time: utc(event.occurredAt),
    external_event_id: order.id,
    data: {
      number_of_items: pieceCount(order.items),
      currency: amounts.currency,
      amount: decimal(amounts.total),
    },
    signed_click_id,
  };
  return { channel: PURCHASE, id: order.id, body };
}

/** "2026-11-21T08:30:00Z": UTC, without milliseconds. */
export function utc(time: string | number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The amounts go with the currency that they are in, the shop's first; nothing is converted. */
function amountsOf({ amounts, presentment }: Order): Amounts | undefined {
  return [amounts, presentment].find((one) => one !== null && CURRENCIES.includes(one.currency)) ?? undefined;
}

function isOld(click: Click, boughtAt: string): boolean {
  return click.at !== null && Date.parse(boughtAt) - Date.parse(click.at) > THIRTY_DAYS;
}

/** A theme may keep the parameter as it stood in the address: percent-encoded. */
function plain(id: string): string {
  try {
    return decodeURIComponent(id).trim();
  } catch {
    return id; // no valid encoding, so no valid click id either: the pattern says so
  }
}
