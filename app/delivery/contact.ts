// Takes e-mail, phone, name and address out of an event, for a vendor that may know the purchase but not the person.
import type { Event, Order } from "../events/event.ts";

const withoutPerson = (order: Order): Order => ({
  ...order,
  email: null,
  phone: null,
  shippingAddress: null,
  billingAddress: null,
  customer: order.customer && {
    ...order.customer,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    defaultAddress: null,
  },
});

/** @returns the same happening without contact data; ids stay. */
export function withoutContact(event: Event): Event {
  if (event.kind === "order.refunded") return { ...event, order: event.order && withoutPerson(event.order) };
  if ("order" in event) return { ...event, order: withoutPerson(event.order) };
  if ("checkout" in event) return { ...event, checkout: { ...event.checkout, email: null, phone: null } };
  return event;
}
