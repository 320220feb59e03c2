// A person whose every field carries a mark of its own, in every webhook and every post of the pixel that can tell of them.
import type { Body } from "./payloads.ts";

/** Names whose text is no person's: ids, tokens, amounts, kinds, times, products. */
const IMPERSONAL =
  /(^|_)(id|ids|at|token|key|amount|currency|price|total|subtotal|tax|discounts?|quantity|rate|kind|status|state|level|version|gateway|locale)$|^(id|sku|currency|presentment_currency|currency_code|country_code|source_name|financial_status|fulfillment_status|opt_in_level|code_type|timestamp|clientId|checkoutToken|cartToken|orderId|customerId|embedId|amount|currencyCode|total_.*|subtotal.*|current_.*|admin_graphql_.*|topic|errors|shop_domain)$/;
/** Below these, texts are of a product. */
const PRODUCT = /^(line_item|line_items|productVariant|merchandise|product|collection)$/;
const OF_PRODUCT = /^(title|name|variant_title|vendor|sku|key|type|url)$/;
const MAIL = /^(email|contact_email|email_address|receipt_email|customer_email)$/;

export interface Marked {
  customerId: number;
  email: string;
  /** Spellings of one number. */
  phones: [string, string, string, string];
  /** Puts a mark into each personal field, e-mail addresses and phone numbers as they are the person's. */
  mark(body: Body): Body;
  /** A text with a mark. */
  word(where: string): string;
  /** All that must be gone. */
  marks: string[];
}

/** @param sign letters that no other text has. @param contact where it is a second person with the contact of the first. */
export function markedPerson(
  sign: string,
  customerId: number,
  national: string,
  contact?: Pick<Marked, "email" | "phones">,
): Marked {
  const marks: string[] = [];
  let spelling = 0;
  const email = contact?.email ?? `${sign}.mail@example.com`;
  const spaced = national.replace(/^(\d\d)(\d\d\d)/, "$1 $2-");
  const phones =
    contact?.phones ?? ([`+49${national}`, `0${spaced}`, `0049 ${spaced}`, `+49 (0)${spaced}`] as Marked["phones"]);
  const word = (where: string) => {
    const mark = `${sign}${marks.length}x${where.replace(/\W/g, "")}`.toLowerCase();
    marks.push(mark);
    return mark;
  };
  const walk = (value: unknown, name: string, product: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, name, product));
    if (typeof value === "object" && value !== null) {
      const properties = (value as Body).name !== undefined && (value as Body).value !== undefined;
      return Object.fromEntries(
        Object.entries(value).map(([own, one]) => [
          own,
          walk(one, own, !properties && (product || PRODUCT.test(own)) && own !== "properties"),
        ]),
      );
    }
    if (MAIL.test(name)) return email;
    if (/phone$/.test(name)) return phones[spelling++ % phones.length];
    if (typeof value !== "string" || IMPERSONAL.test(name) || (product && OF_PRODUCT.test(name))) return value;
    if (name === "name" && /^#?\d|_/.test(value)) return value;
    if (/^\d+(\.\d+)?$/.test(value)) return value;
    if (/site$|^(url|referrer|landing_page|abandoned_checkout_url|order_status_url)$/.test(name))
      return `https://shop.example.com/${word(name)}?email=${encodeURIComponent(email)}&utm_source=${word("utm")}&gclid=${word("click")}`;
    return word(name);
  };
  return { customerId, email, phones, marks, word, mark: (body) => walk(body, "", false) as Body };
}
