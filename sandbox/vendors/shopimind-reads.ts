// What can be read at ShopiMind: lists, single records, and the contacts and carts that it makes of what it was sent.
import { type Books, type Item, listed, one, visibleOf } from "./shopimind-books.ts";
import { RESOURCES } from "./shopimind-fields.ts";
import type { Call, Reply, Route } from "./vendor.ts";

export function readRoutes(books: Books): Route[] {
  // Newsletter subscribers can only be written.
  const kinds = Object.entries(RESOURCES).filter(([kind]) => kind !== "newsletter-subscribers");
  const lists = kinds.map(
    ([kind]): Route => ["GET", new RegExp(`^/v1/${kind}$`), (call) => listed(call, visibleOf(books, kind))],
  );
  const nothing = (call: Call): Reply => listed(call, []);
  return [
    ["GET", /^\/v1\/customers\/([^/]+)$/, (_call, [id]) => one(visibleOf(books, "customers"), "customer_id", id)],
    ["GET", /^\/v1\/orders\/id\/([^/]+)$/, (_call, [id]) => one(visibleOf(books, "orders"), "order_id", id)],
    ["GET", /^\/v1\/orders\/reference\/([^/]+)$/, (_call, [id]) => one(visibleOf(books, "orders"), "reference", id)],
    ["GET", /^\/v1\/contacts(?:\/all)?$/, (call) => listed(call, contactsOf(books, call.query))],
    ["GET", /^\/v1\/contacts\/[^/]+\/(?:lists|tags|custom-data-definitions)$/, nothing],
    ["GET", /^\/v1\/(?:contact-consent-history|contact-messages-reject)$/, nothing],
    ["GET", /^\/v1\/carts$/, (call) => listed(call, cartsOf(books))],
    ["GET", /^\/v1\/customers\/([^/]+)\/groups$/, (call, [id]) => listed(call, groupsOf(books, id))],
    [
      "GET",
      /^\/v1\/customers\/([^/]+)\/addresses$/,
      (call, [id]) =>
        listed(
          call,
          visibleOf(books, "addresses").filter((one) => (one.parent_id ?? one.customer_id) === id),
        ),
    ],
    ...lists,
  ];
}

/** One contact for each e-mail address, as the overview says. */
function contactsOf(books: Books, query: URLSearchParams): Item[] {
  const people = Map.groupBy(visibleOf(books, "customers"), (customer) => String(customer.email).toLowerCase());
  const contacts = [...people].map(([email, customers], at) => ({
    id_contact: at + 1,
    email,
    customer_ids: customers.map((customer) => String(customer.customer_id)),
  }));
  const [email, customer] = [query.get("contact_data_email")?.toLowerCase(), query.get("id_customer_shop")];
  return contacts.filter(
    (contact) => (!email || contact.email === email) && (!customer || contact.customer_ids.includes(customer)),
  );
}

/** Carts cannot be written: the ones that are known come with orders. */
const cartsOf = (books: Books): Item[] =>
  visibleOf(books, "orders").map((order) => ({ cart_id: order.cart_id, updated_at: order.cart_updated_at }));

function groupsOf(books: Books, customerId: string | undefined): Item[] {
  const customer = visibleOf(books, "customers").find((one) => one.customer_id === customerId);
  const ids = Array.isArray(customer?.group_ids) ? customer.group_ids : [];
  return visibleOf(books, "customers-groups").filter((group) => ids.includes(group.group_id));
}
