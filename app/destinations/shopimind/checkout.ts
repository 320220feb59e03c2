// What ShopiMind is told of carts and checkouts: external events, since its API has no call that writes a cart.
import type { EventOf } from "../../events/event.ts";
import { pieceCount } from "../../events/item.ts";
import type { Checkout } from "../../events/shopping.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import type { EventType, Trigger } from "./events.ts";
import { amount } from "./forms.ts";
import { because } from "./reasons.ts";

const NOBODY = skip(because("shopimind_nobody"));

const properties: EventType["properties"] = {
  metaData: [
    { name: "checkout_token", type: "text", required: true, description: "Shopify's token of the checkout" },
    { name: "total", type: "decimal", required: true, description: "What the buyer would pay, everything included" },
    { name: "currency", type: "text", required: true, description: "ISO 4217" },
    { name: "item_count", type: "number", required: true, description: "How many pieces" },
    { name: "recovery_url", type: "text", required: false, description: "Where the buyer can go on" },
  ],
};

export const EVENT_TYPES = {
  shopify_checkout_started: {
    name: { en: "Shopify: checkout started" },
    code_name: "shopify_checkout_started",
    properties,
  },
  shopify_checkout_abandoned: {
    name: { en: "Shopify: checkout abandoned" },
    code_name: "shopify_checkout_abandoned",
    properties,
  },
} satisfies Record<string, EventType>;
export type CodeName = keyof typeof EVENT_TYPES;

/** The body of a message on the channel "triggers". */
export interface Firing {
  code_name: CodeName;
  heard_at: string;
  trigger: Trigger;
}

/** A checkout has started for ShopiMind once its buyer can be reached. `triggers` is the setting: on or off. */
export function checkoutMessage(
  event: EventOf<"checkout.contact_given"> | EventOf<"checkout.abandoned">,
  triggers: string,
): Message | Skip {
  if (triggers !== "on") return skip(because("shopimind_triggers_off"));
  const { checkout } = event;
  const contact = contactOf(checkout);
  if (!contact) return NOBODY;
  const code_name = event.kind === "checkout.contact_given" ? "shopify_checkout_started" : "shopify_checkout_abandoned";
  const body: Firing = { code_name, heard_at: event.heardAt, trigger: { contact, metaData: factsOf(checkout) } };
  const person = checkout.customerId ? { userId: checkout.customerId } : {};
  return { channel: "triggers", id: `${code_name}:${checkout.token}`, body, ...person };
}

/** A cart's webhook names no person. */
export const cartMessage = (triggers: string): Skip =>
  triggers === "on" ? NOBODY : skip(because("shopimind_triggers_off"));

/** A contact is found by e-mail or phone; our customer id is not among the documented targets. */
function contactOf({ email, phone }: Checkout): Trigger["contact"] | null {
  if (email) return { email };
  return phone ? { phone } : null;
}

function factsOf(checkout: Checkout): Trigger["metaData"] {
  return {
    checkout_token: checkout.token,
    total: amount(checkout.amounts.total),
    currency: checkout.amounts.currency,
    item_count: pieceCount(checkout.items),
    ...(checkout.recoveryUrl ? { recovery_url: checkout.recoveryUrl } : {}),
  };
}
