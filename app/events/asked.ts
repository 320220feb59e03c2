// Reads whom a request of Shopify's is about (customers/data_request, customers/redact): any of an id, an e-mail address, a phone number and orders.
import type { Id } from "./facts.ts";
import { email, field, id, object, text } from "./fields.ts";
import { type Fields, type Json, parseBody, Unreadable } from "./json.ts";

export interface Asked {
  customerId: Id | null;
  email: string | null;
  phone: string | null;
  /** Those that Shopify names: bought without a customer's record, they are the person's too. */
  orders: Id[];
}

/** What a body does not say, or says in a way that nobody knows, is left out; nobody may be left. */
export function readAsked(body: Uint8Array): Asked {
  const from = fieldsOf(body);
  const customer = object(from, "customer");
  const listed = ["orders_to_redact", "orders_requested"].flatMap((name) => listOf(field(from, name)));
  return {
    customerId: id(customer, "id"),
    email: email(customer, "email"),
    phone: text(customer, "phone"),
    orders: [...new Set(listed.flatMap((one) => id({ one }, "one") ?? []))],
  };
}

const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : []);

function fieldsOf(body: Uint8Array): Fields {
  try {
    return parseBody(body);
  } catch (error) {
    if (error instanceof Unreadable) return {};
    throw error;
  }
}
