// How a buyer can be reached: the best that an order or checkout knows, of itself, its customer and their addresses.
import { email, field, object, objects, text, yesNo } from "./fields.ts";
import type { Fields } from "./json.ts";

export const bestEmail = (from: Fields): string | null =>
  ownContact(from).email ?? email(object(from, "customer"), "email");

export function bestPhone(from: Fields): string | null {
  const customer = object(from, "customer");
  const address = customer && (object(customer, "default_address") ?? defaultOf(customer));
  return text(from, "phone") ?? text(customer, "phone") ?? ownContact(from).phone ?? text(address, "phone");
}

/** As the order or checkout has it, apart from its customer's record. */
export const ownContact = (from: Fields): { email: string | null; phone: string | null } => ({
  email: email(from, "email") ?? email(from, "contact_email"),
  phone:
    text(from, "phone") ??
    text(object(from, "shipping_address"), "phone") ??
    text(object(from, "billing_address"), "phone"),
});

/** The list's address that is marked, where the customer has no default_address by itself. */
export const defaultOf = (customer: Fields): Fields | null =>
  objects(customer, "addresses").find((one) => yesNo(one, "default") === true && field(one, "id") !== null) ?? null;
