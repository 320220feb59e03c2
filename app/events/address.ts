// Reads a postal address.
import type { Address } from "./facts.ts";
import { id, text } from "./fields.ts";
import type { Fields } from "./json.ts";

export function address(from: Fields | null): Address | null {
  if (!from) return null;
  const country = text(from, "country_code");
  return {
    id: id(from, "id"),
    firstName: text(from, "first_name"),
    lastName: text(from, "last_name"),
    company: text(from, "company"),
    line1: text(from, "address1"),
    line2: text(from, "address2"),
    postalCode: text(from, "zip"),
    city: text(from, "city"),
    country: country && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : null,
    phone: text(from, "phone"),
  };
}
