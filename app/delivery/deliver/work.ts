// Turns what was claimed into messages to send, messages in doubt to look up, and deliveries that are settled without a request.
import { faultOf, log } from "../../base/log.ts";
import type { Reason } from "../../base/reason.ts";
import type { Message, Skip } from "../../destinations/destination.ts";
import type { Event, EventOf } from "../../events/event.ts";
import { subjectOf } from "../../events/keys.ts";
import { knownNow } from "../../events/visitor.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { consentOf, consentSkip } from "../consent.ts";
import { withoutContact } from "../contact.ts";
import { isPurchase } from "../normalize/owe.ts";
import { because, type RoadCode } from "../reasons.ts";
import { LEFT_OUT, WAITS } from "../refunds.ts";
import { cannotTell } from "./cannot-tell.ts";
import type { Claimed } from "./claim.ts";
import { type Run, takeTrial } from "./run.ts";
import type { Settlement } from "./settle.ts";

/** One message of one delivery. */
export interface Piece {
  delivery: Claimed;
  number: number;
  /** How many messages the delivery has in all. */
  of: number;
  message: Message;
  /** A person wants it sent again. `twice`: the vendor may have it, and cannot tell. */
  again: "insisted" | "twice" | null;
}
export interface Work {
  send: Piece[];
  lookUp: Piece[];
  settled: Settlement[];
}

const AS_WISHED = "sent_as_wished" satisfies RoadCode;
const PURCHASE_PATIENCE = 3_600_000;
const PURCHASE_LOOK_AGAIN = 60_000;
const CUSTOMER_LOOK_AGAIN = 1_000;

export function sort(run: Run, claimed: Claimed[], now: Date): Work {
  const work: Work = { send: [], lookUp: [], settled: [] };
  const inHand = new Set(claimed.map(({ event }) => event.subject));
  for (const delivery of claimed) {
    const waits = waitsForPurchase(delivery, now) ?? waitsForCustomer(delivery, now, inHand);
    if (waits) work.settled.push({ ...unchanged(delivery), ...waits });
    else sortOne(run, delivery, now, work);
  }
  return work;
}

function sortOne(run: Run, delivery: Claimed, now: Date, work: Work) {
  const { connection } = run;
  const { pausedChannels } = run.lane;
  const settle = (change: Partial<Settlement>) => work.settled.push({ ...unchanged(delivery), ...change });
  const event = asKnownNow(delivery);
  const mayBeTold = isPurchase(event) || isCart(event) || "checkout" in event;
  const kept = mayBeTold ? consentSkip(event, connection.sheet, connection, false) : null;
  if (kept) return settle(notSent(delivery, kept));
  const said = sayIt(event, connection);
  if ("skip" in said) return settle(notSent(delivery, said.skip));
  if ("fault" in said) return settle({ state: "refused", reason: said.fault });
  const open = said.messages
    .map((message, number): Piece => ({ delivery, number, of: said.messages.length, message, again: null }))
    .filter(({ number }) => !delivery.settled.includes(number));
  const closed = [...new Set(open.map(({ message }) => message.channel))].filter((one) => pausedChannels[one]);
  const [first] = closed;
  if (first && !takeTrial(run, closed))
    return settle({ reason: pausedChannels[first] ?? null, dueAt: delivery.deadlineAt, heldBy: first });
  const doubts = doubtsOf(delivery, open, connection, now);
  const todo = whatToDo(delivery, doubts, connection);
  if (todo === "unknown") return settle({ state: "unknown", reason: cannotTell(delivery.reason) });
  if (todo === "look up") return void work.lookUp.push(...open);
  const again: Piece["again"] = delivery.insisted ? (mayCountTwice(delivery, doubts) ? "twice" : "insisted") : null;
  work.send.push(...open.map((piece) => ({ ...piece, again })));
}

/** What the vendor's sheet says of each message that is in doubt; [] where none is. */
function doubtsOf({ doubtSince }: Claimed, open: Piece[], { sheet, settings }: OpenConnection, now: Date) {
  if (!doubtSince) return [];
  const age = now.getTime() - doubtSince.getTime();
  return open.map(({ message }) => sheet.inDoubt(message.channel, age, settings));
}

/** It may have arrived, the vendor takes it again all the same, and cannot tell, or could not when it was asked. */
const mayCountTwice = ({ reason }: Claimed, said: ReturnType<typeof doubtsOf>) =>
  said.includes("unknown") || reason?.code === AS_WISHED;

/** With messages in doubt: the most careful of what was said, unless a person decided otherwise. */
function whatToDo(delivery: Claimed, said: ReturnType<typeof doubtsOf>, { sheet }: OpenConnection) {
  if (!delivery.doubtSince) return "send";
  if (said.includes("unknown")) return delivery.insisted && !delivery.onlyLookUp ? "send" : "unknown";
  // A person's wish is no reason to count twice: where it can be looked up, that is done first.
  const first = said.includes("look up") || delivery.onlyLookUp || (delivery.insisted && sheet.lookUp);
  return first ? "look up" : "send";
}

/** What takes off a purchase is counted where that was; what comes while its purchase is not known waits up to an hour, and is owed again if that comes later. */
function waitsForPurchase(delivery: Claimed, now: Date): Partial<Settlement> | null {
  if (delivery.kind !== "order.refunded" && delivery.kind !== "order.reduced") return null;
  if (delivery.purchase === "delivered" || delivery.purchase === "unknown") return null;
  const patient = delivery.purchase === null && now.getTime() - delivery.createdAt.getTime() < PURCHASE_PATIENCE;
  if (patient || delivery.purchase === "due") {
    return { dueAt: new Date(now.getTime() + PURCHASE_LOOK_AGAIN), reason: WAITS };
  }
  return skipped(LEFT_OUT);
}

/** An order's customer goes first: in the same claim, by the channels' order; one that is held back for good by a pause holds nothing back. */
function waitsForCustomer({ event, customerDueAt }: Claimed, now: Date, inHand: Set<string>) {
  if (!customerDueAt || !("order" in event)) return null;
  const customer = event.order?.customer?.id;
  const isDue = customerDueAt <= now;
  if (isDue && customer && inHand.has(subjectOf("customer", customer))) return null;
  const dueAt = isDue ? new Date(now.getTime() + CUSTOMER_LOOK_AGAIN) : customerDueAt;
  return { dueAt, reason: because("waits_for_customer") };
}

const isCart = (event: Event): event is EventOf<"cart.created" | "cart.changed"> =>
  event.kind === "cart.created" || event.kind === "cart.changed";

/** Rightly not sent; but what was sent before and not answered may have arrived. */
const notSent = ({ doubtSince, reason: last }: Claimed, reason: Reason) =>
  doubtSince ? ({ state: "unknown", reason: cannotTell(last) } as const) : skipped(reason);

const skipped = (reason: Reason) => ({ state: "skipped", reason }) as const;

/** A cart, a checkout or an order goes out with the visitor and the consent that the web pixel has told since it was heard of; a refund with its order. */
function asKnownNow({ event, visitor, order: told }: Claimed): Event {
  if (visitor && isCart(event)) return { ...event, cart: { ...event.cart, ...knownNow(event.cart, visitor) } };
  if (visitor && "checkout" in event)
    return { ...event, checkout: { ...event.checkout, ...knownNow(event.checkout, visitor) } };
  if (event.kind !== "order.refunded" && !isPurchase(event)) return event;
  const order = event.order ?? told;
  return order ? { ...event, order: visitor ? { ...order, ...knownNow(order, visitor) } : order } : event;
}

/** What a connection says of an event, as it would today; [] where it says nothing. */
export function messagesOf(event: Event, connection: OpenConnection): Message[] {
  const said = sayIt(event, connection);
  return "messages" in said ? said.messages : [];
}

function sayIt(known: Event, connection: OpenConnection): { messages: Message[] } | Skip | { fault: Reason } {
  const event = eventFor(known, connection);
  const say = connection.sheet.on[event.kind] as
    | ((event: Event, settings: Record<string, string>) => Message | Message[] | Skip)
    | undefined;
  if (!say) return { skip: because("not_taken") };
  try {
    const said = say(event, connection.settings);
    if ("skip" in said) return said;
    const messages = Array.isArray(said) ? said : [said];
    return messages.length > 0 ? { messages } : { skip: because("nothing_to_say") };
  } catch (error) {
    log.error(
      { fault: faultOf(error), destination: connection.sheet.slug, kind: event.kind },
      "an event could not be told",
    );
    return { fault: because("not_in_words", { vendor: connection.sheet.name }) };
  }
}

/** The event as this connection may tell it: a paid order is its purchase, and unknown consent may cost the contact data. */
function eventFor(event: Event, connection: OpenConnection): Event {
  const told: Event =
    event.kind === "order.paid" ? { ...event, kind: "order.placed", occurredAt: event.paidAt } : event;
  const consent = consentOf(told);
  const unknown = consent && connection.sheet.consent && consent[connection.sheet.consent] === null;
  const strip = unknown && !connection.consentGiven && connection.rules.unknownConsent === "without contact";
  return strip && told.version === null ? withoutContact(told) : told;
}

/** A settlement that changes nothing yet. */
export const unchanged = (delivery: Claimed): Settlement => ({
  id: delivery.id,
  state: "due",
  reason: null,
  heldBy: null,
  alreadyHad: false,
  dueAt: null,
  doubtSince: delivery.doubtSince,
  insisted: delivery.insisted,
  settled: delivery.settled,
  userId: null,
  attemptId: null,
});
