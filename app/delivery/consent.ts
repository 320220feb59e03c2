// The visitor's consent: whose an event goes by, and whether it keeps the event back from a destination.

import type { Reason } from "../base/reason.ts";
import type { Destination } from "../destinations/destination.ts";
import type { Event } from "../events/event.ts";
import type { Consent } from "../events/facts.ts";
import type { Rules } from "./connections/rules.ts";
import { because } from "./reasons.ts";

/** @returns the consent of the visitor whom the event is about; null where it is about none. */
export function consentOf(event: Event): Consent | null {
  if (event.kind === "order.refunded") return event.order?.consent ?? null;
  if ("order" in event) return event.order.consent;
  if ("cart" in event) return event.cart.consent;
  if ("checkout" in event) return event.checkout.consent;
  return "page" in event ? event.page.consent : null;
}

/**
 * @param mayBeTold consent that is not known may be known soon: what it means is decided when the event is sent.
 * @returns why the visitor's consent keeps the event back; null: it does not.
 */
export function consentSkip(
  event: Event,
  sheet: Destination,
  to: { rules: Rules; consentGiven: boolean },
  mayBeTold: boolean,
): Reason | null {
  const consent = consentOf(event);
  if (!consent || sheet.consent === null || to.consentGiven) return null;
  const given = consent[sheet.consent];
  if (given === false) return because("no_consent", { purpose: because(`purpose_${sheet.consent}`) });
  if (given === null && to.rules.unknownConsent === "skip" && !mayBeTold) return because("consent_not_known");
  return null;
}
