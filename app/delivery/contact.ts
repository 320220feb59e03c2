// Takes e-mail, phone, name and address out of an event, for a vendor that may know the purchase but not the person, and for an erasure.
import type { Event } from "../events/event.ts";
import type { Customer } from "../events/facts.ts";
import type { Order } from "../events/shopping.ts";

const nameless = (customer: Customer): Customer => ({
  ...customer,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  defaultAddress: null,
  addresses: null,
});

const withoutPerson = (order: Order): Order => ({
  ...order,
  email: null,
  phone: null,
  shippingAddress: null,
  billingAddress: null,
  customer: order.customer && nameless(order.customer),
});

/** @returns the same happening without contact data; ids stay. */
export function withoutContact(event: Event): Event {
  if (event.kind === "order.refunded") return { ...event, order: event.order && withoutPerson(event.order) };
  if ("order" in event) return { ...event, order: withoutPerson(event.order) };
  if ("checkout" in event) return { ...event, checkout: { ...event.checkout, email: null, phone: null } };
  if ("customer" in event) return { ...event, customer: nameless(event.customer) };
  return event;
}
