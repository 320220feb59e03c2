// Decides what a connection is owed for an event: a delivery, a delivery that is skipped with its reason, or nothing. Pure.

import type { Reason } from "../../base/reason.ts";
import type { Destination } from "../../destinations/destination.ts";
import { because as common } from "../../destinations/reasons.ts";
import { channelName } from "../../events/channel.ts";
import { isZero } from "../../events/decimal.ts";
import type { Event, EventKind, EventOf } from "../../events/event.ts";
import { asPurchase } from "../../events/keys.ts";
import type { Order } from "../../events/shopping.ts";
import type { Rules } from "../connections/rules.ts";
import { consentSkip } from "../consent.ts";
import { because } from "../reasons.ts";
import { waitsForPixel } from "./hold.ts";

/** A connection that may be owed something: on, or paused. */
export interface Recipient {
  id: string;
  destination: string;
  account: string;
  /** Since when it is owed conversions and behaviour. */
  since: Date;
  rules: Rules;
  /** Consent counts as given: the sandbox. */
  consentGiven: boolean;
  /** The shop's web pixel is on. */
  pixelOn: boolean;
  /** A backfill is under way for it. */
  backfilling?: boolean;
  /** Its shop was erased, and is back. */
  shopWasErased?: boolean;
}

export interface Owed {
  /** What it is in the ledger: one row for ever per shop, destination and account. */
  key: string;
  /** null: due. Else why it is rightly not sent. */
  skip: Reason | null;
}

/** @returns null where the connection does not take the event. */
export function owe(event: Event, sheet: Destination, to: Recipient): Owed | null {
  const kind = event.kind === "order.paid" ? "order.placed" : event.kind;
  if (!takes(event, kind, sheet, to.rules) || !purchaseRuleTakes(event, to.rules)) return null;
  return { key: asPurchase(event.key), skip: skipReason(event, sheet, to) };
}

/** What became of a purchase without money is said, or why it cannot be, wherever purchases are told. */
function takes(event: Event, kind: EventKind, sheet: Destination, { kindsOff }: Rules): boolean {
  if (!isChange(event)) return sheet.on[kind] !== undefined && !kindsOff.includes(kind);
  return sheet.on["order.placed"] !== undefined && !kindsOff.includes("order.placed");
}

/** A purchase is the placed order or the paid one, by the rule that held when it was placed; never both. */
function purchaseRuleTakes(event: Event, rules: Rules): boolean {
  const against = "against" in event ? event.against : undefined;
  if (!isPurchase(event) && !against) return true;
  const { purchaseWhen, purchaseWhenSince } = rules;
  const other = purchaseWhen === "placed" ? "paid" : "placed";
  // A refund that was told without its order came after it; only a rule that changed meanwhile could be another's.
  const order = "order" in event ? event.order : null;
  const before =
    order !== null && purchaseWhenSince !== null && Date.parse(order.placedAt) < Date.parse(purchaseWhenSince);
  const rule = before ? other : purchaseWhen;
  return against ? against === rule : event.kind === `order.${rule}`;
}

type Change = EventOf<"order.reduced" | "order.raised">;
const isChange = (event: Event): event is Change => event.kind === "order.reduced" || event.kind === "order.raised";

function changeSkip(event: Change, sheet: Destination, { kindsOff }: Rules): Reason | null {
  const { currency } = event.order.amounts;
  if (event.kind === "order.raised") return because("no_more_call", { more: event.more, currency, vendor: sheet.name });
  if (isZero(event.less)) return because("never_told");
  if (!sheet.on["order.reduced"]) return because("no_less_call", { less: event.less, currency, vendor: sheet.name });
  return kindsOff.includes("order.refunded") ? because("refunds_off") : null;
}

function skipReason(event: Event, sheet: Destination, to: Recipient): Reason | null {
  const order = "order" in event ? event.order : null;
  if (order?.test) return common("test_order");
  if (event.version !== null) return null; // states are exempt from all that follows
  const happened = event.kind === "order.paid" ? event.order.placedAt : event.occurredAt;
  // Shopify's times have whole seconds: what happened in the second of the connection's birth counts.
  if (Date.parse(happened) < Math.floor(to.since.getTime() / 1000) * 1000) return because("before_connection");
  // What takes off a purchase is counted where that was; that is seen when it is sent.
  if (event.kind === "order.refunded")
    return event.part !== undefined && isZero(event.part) ? because("edited_before") : null;
  if (isChange(event)) return changeSkip(event, sheet, to.rules);
  const reason = isPurchase(event) ? notCounted(event.order, to.rules) : null;
  return reason ?? consentSkip(event, sheet, to, waitsForPixel(event, sheet, to.pixelOn));
}

export const isPurchase = (event: Event): event is EventOf<"order.placed" | "order.paid"> =>
  event.kind === "order.placed" || event.kind === "order.paid";

function notCounted(order: Order, rules: Rules): Reason | null {
  if (order.cancelledAt && isZero(order.amounts.total)) return because("cancelled_unpaid");
  return channelSkip(order, rules) ?? tagSkip(order.tags ?? [], rules) ?? countrySkip(order, rules);
}

function channelSkip(order: Order, rules: Rules): Reason | null {
  if (order.channel === "pos" && !rules.countPos) return because("point_of_sale");
  if (order.channel === "subscription" && !rules.countSubscriptions) return because("renewal");
  if (order.channel === "draft" && !rules.countDrafts) return because("draft_order");
  if (!isOthers(order)) return isOnline(order) && !rules.countOnline ? because("online_order") : null;
  const source = order.sourceName?.toLowerCase() ?? "";
  if (rules.channels.includes(source)) return null;
  return source && order.channel !== "web"
    ? because("other_channel", { channel: channelName(source) })
    : because("buyer_not_seen");
}

function tagSkip(tags: string[], { onlyTags, exceptTags }: Rules): Reason | null {
  const among = (words: string[]) => {
    const low = words.map((word) => word.toLowerCase());
    return tags.find((tag) => low.includes(tag.toLowerCase()));
  };
  const barred = among(exceptTags);
  if (barred !== undefined) return because("tag_left_out", { tag: barred });
  if (onlyTags.length === 0 || among(onlyTags) !== undefined) return null;
  return because("tag_missing", { tags: onlyTags.join(", ") });
}

function countrySkip(order: Order, rules: Rules): Reason | null {
  const country = order.shippingAddress?.country ?? order.billingAddress?.country ?? null;
  if (rules.countries.length > 0 && (country === null || !rules.countries.includes(country))) {
    return country === null ? because("no_country") : because("other_country", { country });
  }
  return null;
}

const isOnline = ({ channel }: Order): boolean => channel === "web" || channel === "mobile";

/** Of a marketplace, or of a buyer who was never seen in the shop and got no invoice. What was kept before that was told counts. */
const isOthers = ({ channel, cameBy }: Order): boolean =>
  channel === "marketplace" ||
  (["web", "mobile", "other"].includes(channel) && cameBy === false) ||
  (channel === "other" && cameBy === null);
