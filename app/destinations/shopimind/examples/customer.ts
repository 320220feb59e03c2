// What ShopiMind is told of a customer.
import type { Customer } from "../../../events/facts.ts";
import type { Message } from "../../destination.ts";
import type { Example } from "../../example.ts";
import { integer } from "../../number.ts";
import { happened } from "../../sample-events.ts";
import { address, customer, shop } from "../../samples.ts";

const MARA = "6401230098";
const body = {
  customer_id: MARA,
  email: "mara@example.com",
  first_name: "Mara",
  last_name: "Lindqvist",
  lang: "de",
  is_opt_in: true,
  is_newsletter_subscribed: true,
  is_active: true,
  created_at: "2026-01-05T11:00:00.000Z",
  updated_at: "2026-11-21T08:30:00.000Z",
  phone_number: "+493099999999",
};
const lives = {
  customer_id: MARA,
  address_id: integer("8811002200"),
  first_name: "Mara",
  last_name: "Lindqvist",
  address_line_1: "Lindenweg 4",
  postal_code: "10969",
  city: "Berlin",
  country: "DE",
  is_active: true,
  primary_phone: "+493099999999",
};
const message = (body: object): Message => ({ channel: "customers", id: MARA, body, userId: MARA });
const home = (body: object, id = "8811002200"): Message => ({ channel: "addresses", id, body, userId: MARA });
const away = (id: string) => ({ address_id: integer(id), address_line_1: "Hafenstr. 1" });
const MANY = Array.from({ length: 60 }, (_, at) => String(8811003300 + at));

/** A customer without an address, who is told in one message. */
const saved = (name: string, change: Partial<Customer>, differs: object): Example => ({
  name,
  event: happened("customer.saved", { customer: customer({ defaultAddress: null, ...change }) }),
  sends: [message({ ...body, ...differs })],
});
const alone = (name: string, change: Partial<ReturnType<typeof address>>): Example => ({
  name,
  event: happened("customer.saved", { customer: customer({ defaultAddress: address(change) }) }),
  sends: [message(body)],
});
const unsubscribed = { is_opt_in: false, is_newsletter_subscribed: false };

export const customerExamples: Example[] = [
  {
    name: "a customer goes with the default address, in this order",
    event: happened("customer.saved"),
    sends: [message(body), home(lives)],
  },
  {
    name: "an address with all of its lines",
    event: happened("customer.saved", {
      customer: customer({ defaultAddress: address({ line2: "2nd floor", company: "Nordlicht GmbH", phone: null }) }),
    }),
    sends: [
      message(body),
      home(
        Object.fromEntries(
          Object.entries({ ...lives, address_line_2: "2nd floor", company: "Nordlicht GmbH" }).filter(
            ([name]) => name !== "primary_phone",
          ),
        ),
      ),
    ],
  },
  {
    name: "all addresses go, the default one first; it is told once, and one that ShopiMind does not take stays with us",
    event: happened("customer.saved", {
      customer: customer({
        addresses: [
          address({ id: "8811002201", line1: "Hafenstr. 1" }),
          address({ line1: "of the list" }),
          address({ id: "8811002202", country: null }),
        ],
      }),
    }),
    sends: [message(body), home(lives), home({ ...lives, ...away("8811002201") }, "8811002201")],
  },
  {
    name: "an address that is not the default one goes without it",
    event: happened("customer.saved", {
      customer: customer({
        defaultAddress: null,
        addresses: [address({ id: "8811002201", line1: "Hafenstr. 1" })],
      }),
    }),
    sends: [message(body), home({ ...lives, ...away("8811002201") }, "8811002201")],
  },
  {
    name: "of more than fifty addresses the first fifty go",
    event: happened("customer.saved", {
      customer: customer({ addresses: MANY.map((id) => address({ id, line1: "Hafenstr. 1" })) }),
    }),
    sends: [message(body), home(lives), ...MANY.slice(0, 49).map((id) => home({ ...lives, ...away(id) }, id))],
  },
  alone("an address without a number of its own stays with us", { id: null }),
  alone("an address without a town stays with us", { city: null }),
  alone("a postal code that ShopiMind refuses holds back the address, not the customer", { postalCode: "1069/9" }),
  saved("names that are not known are empty", { firstName: null, lastName: null }, { first_name: "", last_name: "" }),
  saved("a language has two letters", { locale: "en-US" }, { lang: "en" }),
  {
    name: "without a language of their own, it is the shop's",
    event: happened("customer.saved", {
      customer: customer({ defaultAddress: null, locale: null }),
      shop: shop({ locale: "fr" }),
    }),
    sends: [message({ ...body, lang: "fr" })],
  },
  saved("a no is sent as a no", { emailConsent: { subscribed: false, source: "topic", at: null } }, unsubscribed),
  saved("consent that nobody told of is never a yes", { emailConsent: null }, unsubscribed),
  saved(
    "what the buyer ticked on the order counts while the consent topic is silent",
    { emailConsent: { subscribed: true, source: "order", at: null } },
    {},
  ),
  {
    name: "a change of consent is the customer with the new word",
    event: happened("customer.consent_changed", {
      customer: customer({ defaultAddress: null, emailConsent: { subscribed: false, source: "topic", at: null } }),
    }),
    sends: [message({ ...body, ...unsubscribed })],
  },
  {
    name: "a customer without an e-mail address cannot be sent",
    event: happened("customer.saved", { customer: customer({ email: null }) }),
    skips: "ShopiMind needs an e-mail",
  },
  {
    name: "a deleted customer is deleted there",
    event: happened("customer.deleted"),
    sends: [{ channel: "deletions", id: `customers/${MARA}`, body: { resource: "customers", id: MARA } }],
  },
  {
    name: "of two customers that were merged the one that is no more is deleted",
    event: happened("customer.merged"),
    sends: [{ channel: "deletions", id: "customers/6401230555", body: { resource: "customers", id: "6401230555" } }],
  },
];
