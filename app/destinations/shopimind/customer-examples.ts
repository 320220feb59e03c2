// What ShopiMind is told of a customer.
import type { Customer } from "../../events/facts.ts";
import { integer, type Message } from "../destination.ts";
import type { Example } from "../example.ts";
import { happened } from "../sample-events.ts";
import { address, customer, shop } from "../samples.ts";

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
const home = (body: object): Message => ({ channel: "addresses", id: "8811002200", body, userId: MARA });

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
  saved("a disabled account is sent as not active", { state: "disabled" }, { is_active: false }),
  saved("a declined invitation is not active", { state: "declined" }, { is_active: false }),
  saved("an account that was never opened is a customer all the same", { state: null }, {}),
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
];
