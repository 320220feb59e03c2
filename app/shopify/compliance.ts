// The erasure of a customer as a person of the shop asks for it: at every vendor that has a call for it, and in our own tables.
import { mailOf, phoneOf } from "../delivery/erasure/contacts.ts";
import { erase } from "../delivery/erasure/erase.ts";
import { type LookedUp, lookUpPerson } from "../delivery/erasure/look-up.ts";
import type { Named } from "../delivery/erasure/named.ts";
import type { Forgotten } from "../delivery/erasure/told.ts";
import type { Road } from "../delivery/road.ts";

/** Why nobody can be found by what was given. */
export class NobodyNamed extends RangeError {
  override name = "NobodyNamed";
  readonly why: "notDigits" | "noMail" | "shortPhone" | "nobody";
  constructor(why: NobodyNamed["why"]) {
    super(why);
    this.why = why;
  }
}

/**
 * Erases a customer of this shop; can be done again, and should be where a vendor failed.
 * @param customer Shopify's id as text, or any of id, e-mail address and phone number.
 * @throws NobodyNamed
 */
export async function forgetCustomer(
  road: Road,
  shop: string,
  customer: string | Partial<Named>,
): Promise<Forgotten[]> {
  return erase(road, shop, namedIn(typeof customer === "string" ? { customerId: customer } : customer), "hand");
}

/** Whom it would be about. @throws NobodyNamed */
export const lookUpCustomer = (road: Road, shop: string, given: Partial<Named>): Promise<LookedUp> =>
  lookUpPerson(road, shop, namedIn(given));

/** @throws NobodyNamed */
function namedIn(given: Partial<Named>): Named {
  const named: Named = {
    customerId: given.customerId || null,
    email: mailOf(given.email),
    phone: given.phone?.trim() || null,
    orders: [],
  };
  if (named.customerId && !/^\d{1,25}$/.test(named.customerId)) throw new NobodyNamed("notDigits");
  if (given.email && !named.email) throw new NobodyNamed("noMail");
  if (named.phone && !phoneOf(named.phone)) throw new NobodyNamed("shortPhone");
  if (!named.customerId && !named.email && !named.phone) throw new NobodyNamed("nobody");
  return named;
}
