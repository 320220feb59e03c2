// All that a marked person can do in a shop, as the webhooks and the pixel's posts that tell of it.
import type { Marked } from "./marks.ts";
import { address, type Body, consent, customer, line, order, refund, transaction } from "./payloads.ts";
import { cart, cartLine, checkout, seen } from "./visits.ts";

export interface Told {
  topic: string;
  body: Body;
}

export const PIXEL = "pixel";
const NOTE = { note: "For the neighbour", note_attributes: [{ name: "gift to", value: "Nora" }], tags: "vip, nora" };
const CLIENT = {
  ...{ browser_ip: "198.51.100.7", company: { id: 1, name: "Lindqvist AB" }, customer_locale: "de-DE" },
  client_details: { accept_language: "de", browser_ip: "198.51.100.7", user_agent: "Mozilla/5.0", session_hash: "abc" },
};
const LINES = { line_items: [line({ properties: [{ name: "engraving", value: "Nora" }] })] };
const ADDRESS = address({ company: "Lindqvist AB", phone: "+491", address2: "Rear", latitude: 52.1, name: "Nora L" });

/** @param n tells the things of several persons apart. */
function things(n: number, { customerId }: Pick<Marked, "customerId">) {
  const tokens = { cart_token: `cart-token-${n}-000000`, checkout_token: `checkout-token-${n}-0000` };
  const person = customer({
    id: customerId,
    admin_graphql_api_id: undefined,
    default_address: ADDRESS,
    addresses: [ADDRESS],
    note: "vip",
    tags: "vip",
  });
  const bought = (id: number, over: Body = {}) =>
    order({
      ...{
        id,
        admin_graphql_api_id: undefined,
        name: `#${id}`,
        ...tokens,
        ...NOTE,
        ...CLIENT,
        ...LINES,
        customer: person,
        phone: "+491",
      },
      ...{ shipping_address: ADDRESS, billing_address: ADDRESS, discount_codes: [{ code: "NORA10", amount: "1.00" }] },
      ...{
        landing_site: "/?email=x",
        referring_site: "https://a.example.com/?email=x",
        shipping_lines: [{ code: "For Nora", title: "To Nora", price: "4.90" }],
      },
      ...{
        order_status_url: "https://shop.example.com/1?key=x",
        fulfillments: [{ tracking_number: "TRACK1", receipt: { name: "Nora" } }],
      },
      ...over,
    });
  const left = (token: string, over: Body = {}) =>
    checkout({
      ...{
        token,
        cart_token: null,
        email: "x",
        phone: "+491",
        ...NOTE,
        ...LINES,
        shipping_address: ADDRESS,
        billing_address: ADDRESS,
      },
      ...{ landing_site: "/?email=x", referring_site: "https://a.example.com", customer: null, ...over },
    });
  return { tokens, person, bought, left };
}

/** Of one customer with an id; `n` keeps the ids of several apart. */
export function lifeOf(n: number, who: Marked): Told[] {
  const { tokens, person, bought, left } = things(n, who);
  const own = (id: number) => 5_600_000_000_000 + n * 1000 + id;
  const client = `client-of-${n}-0000000`;
  const named = {
    customer: { id: who.customerId, email: "x", phone: "+491" },
    shop_domain: "sandbox-shop.myshopify.com",
    shop_id: 1,
  };
  const guest = { customer: null, cart_token: null, checkout_token: null };
  const later = { updated_at: "2026-11-20T19:00:03+01:00" };
  const post = (name: string, data: Body, over: Body = {}) => ({
    topic: PIXEL,
    body: {
      events: [
        seen(name, {
          id: `post-${n}-${name}`,
          clientId: client,
          data,
          cartToken: tokens.cart_token,
          embedId: `embed-${n}-0000`,
          ...over,
        }),
      ],
    },
  });
  const told = (topic: string, body: Body): Told => ({ topic, body: who.mark(body) });
  return [
    ...[post("page_viewed", {}), post("search_submitted", { searchResult: { query: "gift for nora" } })],
    post(
      "checkout_started",
      { checkout: { email: "x", phone: "+491", shippingAddress: ADDRESS } },
      { checkoutToken: tokens.checkout_token },
    ),
    post("page_viewed", {}, { id: `signed-${n}`, customerId: String(who.customerId) }),
    ...(["carts/create", "carts/update"].map((topic, at) => ({
      topic,
      body: cart([cartLine(601, at + 1, { properties: { engraving: "Nora" } })], {
        token: tokens.cart_token,
        updated_at: `2026-11-20T17:0${at}:00.000Z`,
        ...NOTE,
        attributes: { to: "Nora" },
      }),
    })) as Told[]),
    ...["checkouts/create", "checkouts/update"].map((topic) => ({
      topic,
      body: left(tokens.checkout_token, { cart_token: tokens.cart_token, customer: person }),
    })),
    {
      topic: "checkouts/create",
      body: left(`left-by-mail-${n}-00`, { phone: undefined, shipping_address: undefined, billing_address: undefined }),
    },
    { topic: "checkouts/create", body: left(`left-by-phone-${n}-0`, { email: null }) },
    ...["customers/create", "customers/update"].map((topic) => ({ topic, body: person })),
    {
      topic: "customers_email_marketing_consent/update",
      body: consent("subscribed", "2026-11-20T18:00:00+01:00", who.customerId),
    },
    ...["create", "paid", "updated", "cancelled", "fulfilled", "partially_fulfilled"].map((what) => ({
      topic: `orders/${what}`,
      body: bought(own(1)),
    })),
    {
      topic: "refunds/create",
      body: refund({
        id: own(2),
        admin_graphql_api_id: undefined,
        order_id: own(1),
        note: "Nora wants it back",
        transactions: [transaction({ id: own(3), message: "to Nora", receipt: { name: "Nora" } })],
      }),
    },
    { topic: "orders/create", body: bought(own(4), { ...guest, email: "x", name: `#${own(4)}` }) },
    { topic: "orders/create", body: bought(own(5), { ...guest, email: null, contact_email: null }) },
    {
      topic: "orders/create",
      body: bought(own(6), {
        ...guest,
        email: null,
        contact_email: null,
        phone: null,
        billing_address: null,
        shipping_address: null,
      }),
    },
    { topic: "orders/updated", body: bought(own(6), { ...guest, ...later, customer: person }) },
    { topic: "draft_orders/create", body: { id: own(7), email: "x", note: "Nora", customer: person } },
    {
      topic: "order_transactions/create",
      body: { id: own(8), order_id: own(1), message: "Nora", receipt: { payer: "Nora" } },
    },
    { topic: "fulfillments/create", body: { id: own(9), order_id: own(5), destination: ADDRESS } },
    { topic: "orders/updated", body: { note: "no id at all", email: "x", customer: { first_name: "Nora" } } },
    ...["customers/data_request", "customers/redact"].map((topic) => ({
      topic,
      body: { ...named, orders_to_redact: [own(1)], note: "of Nora" },
    })),
  ].map(({ topic, body }) => told(topic, body));
}
