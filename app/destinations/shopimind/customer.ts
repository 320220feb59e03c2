// What ShopiMind is told of a customer: the customer, and the addresses beside it, the default one first.
import type { EventOf } from "../../events/event.ts";
import type { Address, Customer, Id } from "../../events/facts.ts";
import { type Message, type Skip, skip } from "../destination.ts";
import { integer } from "../number.ts";
import type * as of from "./entities.ts";
import { instant, known, language } from "./forms.ts";
import { because } from "./reasons.ts";
import { MOST_PARTS, type Owned } from "./resources.ts";

type Saved = EventOf<"customer.saved"> | EventOf<"customer.consent_changed">;

export function customerMessages(event: Saved): Message[] | Skip {
  const { customer } = event;
  if (!customer.email) return skip(because("shopimind_no_email"));
  const body = customerBody(event, customer, customer.email);
  const saved: Message = { channel: "customers", id: customer.id, body, userId: customer.id };
  return [saved, ...addressMessages(customer)];
}

/** Each address once: the default one may have been told later than the list. */
function addressMessages(customer: Customer): Message[] {
  const byId = new Map<Id, Message>();
  for (const address of [customer.defaultAddress, ...(customer.addresses ?? [])]) {
    const body = address && addressBody(address, customer);
    if (!body || !address?.id || byId.has(address.id)) continue;
    byId.set(address.id, { channel: "addresses", id: address.id, body, userId: customer.id });
  }
  return [...byId.values()].slice(0, MOST_PARTS);
}

function customerBody(event: Saved, customer: Customer, email: string): of.Customer {
  // A required field: what is not known to be a yes is no consent.
  const subscribed = customer.emailConsent?.subscribed ?? false;
  return {
    customer_id: customer.id,
    email,
    first_name: customer.firstName ?? "",
    last_name: customer.lastName ?? "",
    lang: language(customer.locale, event.shop),
    is_opt_in: subscribed,
    is_newsletter_subscribed: subscribed,
    // Shopify's own "disabled" says no more than that there is no login; who is gone is deleted.
    is_active: true,
    created_at: instant(customer.createdAt, customer.updatedAt ?? event.occurredAt),
    updated_at: instant(customer.updatedAt, event.saidAt ?? event.occurredAt),
    ...known({ phone_number: customer.phone }),
  };
}

// thelia-modules/Shopimind, CustomersAddressesData: the vendor's own module drops all other characters.
const POSTAL_CODE = /^[\w\s-]+$/;

/** @returns null where a field that ShopiMind requires is not known */
function addressBody(address: Address, customer: Customer): Owned<"addresses"> | null {
  const { id, line1, city, country, postalCode } = address;
  if (!id || !line1 || !city || !country || !postalCode || !POSTAL_CODE.test(postalCode)) return null;
  return {
    customer_id: customer.id,
    address_id: integer(id),
    first_name: address.firstName ?? customer.firstName ?? "",
    last_name: address.lastName ?? customer.lastName ?? "",
    address_line_1: line1,
    postal_code: postalCode,
    city,
    country,
    is_active: true,
    ...known({ address_line_2: address.line2, company: address.company, primary_phone: address.phone }),
  };
}
