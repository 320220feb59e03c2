// Whom somebody asks about, by what they were named, and what they are called in the books: by an id or a pseudonym.
import { subjectOf } from "../../events/keys.ts";
import type { Road } from "../road.ts";
import { NOBODY, type Person } from "./person.ts";

/** What a person is known by; nothing at all is nobody. */
export interface Named {
  customerId: string | null;
  email: string | null;
  phone: string | null;
  orders: string[];
}

/** In the place of a pseudonym, where nobody was named. */
export const NOBODY_NAMED = "nobody";

/** @returns null where nobody is named. */
export function aboutOf(road: Road, shop: string, { customerId, email, phone, orders }: Named): string | null {
  if (customerId) return subjectOf("customer", customerId);
  const [kind, text] = email ? ["email", email] : phone ? ["phone", phone] : ["orders", orders.join(" ")];
  return text ? `${kind}:${road.keys.pseudonym(`${shop}:${text}`)}` : null;
}

/** A number by which somebody is asked for counts as theirs alone; beside an id or an address Shopify's may be a household's. */
export function personNamed({ customerId, email, phone, orders }: Named, by: "hand" | "shopify") {
  const phones = phone ? [phone] : [];
  const person: Person = {
    ...NOBODY,
    customers: customerId ? [customerId] : [],
    emails: email ? [email] : [],
    phones,
    orders,
  };
  return { person, askedPhones: by === "hand" || !(customerId || email) ? phones : [] };
}
