// How a buyer is reached, and under whom an order is known: the best that anything tells, and nothing that was taken back.
import { expect, test } from "vitest";
import { address, type Body, consent, customer, order } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";
import { checkout } from "../support/visits.ts";

const none = {
  email: null,
  contact_email: null,
  phone: null,
  customer: null,
  shipping_address: null,
  billing_address: null,
};
const bare = (over: Body = {}) => customer({ phone: null, email: null, default_address: null, addresses: [], ...over });

test.each<[string, Body, string | null]>([
  ["the order", { phone: "+491", customer: bare({ phone: "+492" }) }, "+491"],
  ["the customer", { customer: bare({ phone: "+492" }), shipping_address: address({ phone: "+493" }) }, "+492"],
  ["the shipping address", { customer: bare(), shipping_address: address({ phone: "+493" }) }, "+493"],
  ["the billing address", { billing_address: address({ phone: "+494" }) }, "+494"],
  ["the customer's own address", { customer: bare({ default_address: address({ phone: "+495" }) }) }, "+495"],
  ["nobody", {}, null],
])("the phone of an order and of a checkout is the one that %s knows", (_, over, phone) => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order({ ...none, ...over }) });
  books.hear({ topic: "checkouts/create", body: checkout({ ...none, ...over }) });
  expect(books.of("order.placed")[0]?.order.phone).toBe(phone);
  expect(books.of("checkout.started")[0]?.checkout.phone).toBe(phone);
});

test("an e-mail without @ is none", () => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order({ ...none, email: "nora.example.com" }) });
  expect(books.of("order.placed")[0]?.order.email).toBeNull();
});

test("a customer without an e-mail of their own is reached by their order's", () => {
  const books = new Books();
  const only = { email: "only@example.com", shipping_address: address({ phone: "+493" }) };
  books.hear({ topic: "orders/create", body: order({ ...none, ...only, customer: bare() }) });
  expect(books.of("customer.saved")).toMatchObject([{ customer: { email: "only@example.com", phone: "+493" } }]);
  expect(books.of("order.updated")[0]?.order.customer).toMatchObject({ email: "only@example.com" });
  books.hear({ topic: "customers/update", body: customer({ updated_at: "2026-11-22T18:00:00+01:00" }) });
  expect(books.newest("customer:7001")).toMatchObject({ customer: { email: "nora@example.com" } });
});

test("an e-mail that a newer update took away does not come back by an older order", () => {
  const gone = customer({ email: null, updated_at: "2026-11-22T18:00:00+01:00" });
  for (const sent of [
    [order(), gone],
    [gone, order()],
  ]) {
    const books = new Books();
    for (const body of sent) books.hear({ topic: body === gone ? "customers/update" : "orders/create", body });
    expect(books.newest("customer:7001")).toMatchObject({ customer: { email: null, firstName: "Nora" } });
  }
});

test("an order of a customer who was merged is the survivor's, also over two merges in any order; a deleted one's is nobody's", () => {
  const merge = (kept: number, gone: number) => ({
    topic: "customers/merge",
    body: {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    },
  });
  const whose = (before: { topic: string; body: Body }[]) => {
    const books = new Books();
    for (const sent of before) books.hear(sent);
    books.hear({ topic: "orders/updated", body: order() });
    return books.of("order.updated")[0]?.order.customer?.id ?? null;
  };
  expect(whose([])).toBe("7001");
  expect(whose([merge(7002, 7001)])).toBe("7002");
  expect(whose([merge(7002, 7001), merge(7003, 7002)])).toBe("7003");
  expect(whose([merge(7003, 7002), merge(7002, 7001)])).toBe("7003");
  expect(whose([{ topic: "customers/delete", body: { id: 7001 } }])).toBeNull();
});

test.each<[string, unknown]>([
  ["null", null],
  ["not there", undefined],
  ["empty", {}],
  ["a text", "subscribed"],
  ["a list", [{ state: "subscribed" }]],
  ["without a state", { state: null, opt_in_level: "single_opt_in" }],
  ["of a blank state", { state: " " }],
  ["of a state that is no text", { state: { is: "subscribed" } }],
  ["of a state that is a number", { state: 1 }],
])("a consent that is %s is no consent known, and takes back none", (_, email_marketing_consent) => {
  const topic = "customers_email_marketing_consent/update";
  const books = new Books();
  expect(books.hear({ topic, body: { ...consent(null, null), email_marketing_consent } })).toEqual([]);
  expect(books.snapshots.size).toBe(0);
  books.hear({ topic, body: consent("subscribed", "2026-11-20T18:00:00+01:00") });
  expect(books.hear({ topic, body: { ...consent(null, null), email_marketing_consent } })).toEqual([]);
  expect(books.newest("customer:7001")).toMatchObject({ customer: { emailConsent: { subscribed: true } } });
});

test("a checkout that became an order is none whose contact was given, whichever came first", () => {
  const known = { email: "nora@example.com", updated_at: "2026-11-20T18:10:00+01:00" };
  const said = (sent: { topic: string; body: Body }[]) => {
    const books = new Books();
    for (const one of sent) books.hear(one);
    return books.of("checkout.contact_given").length;
  };
  const begun = { topic: "checkouts/create", body: checkout() };
  const update = { topic: "checkouts/update", body: checkout(known) };
  expect(said([begun, update])).toBe(1);
  expect(
    said([begun, { topic: "checkouts/update", body: checkout({ ...known, completed_at: known.updated_at }) }]),
  ).toBe(0);
  expect(said([begun, { topic: "orders/create", body: order() }, update])).toBe(0);
  expect(said([{ topic: "orders/create", body: order({ checkout_token: null }) }, update])).toBe(0);
  const before = { processed_at: "2026-11-20T17:00:00+01:00" };
  expect(said([{ topic: "orders/create", body: order({ checkout_token: null, ...before }) }, update])).toBe(1);
});

test("a checkout that was deleted is none whose contact was given", () => {
  const books = new Books();
  const given = { email: "nora@example.com", updated_at: "2026-11-20T18:10:00+01:00" };
  books.hear({ topic: "checkouts/create", body: checkout() });
  books.hear({ topic: "checkouts/delete", body: { token: checkout().token } });
  books.hear({ topic: "checkouts/update", body: checkout(given) });
  expect(books.of("checkout.contact_given")).toEqual([]);
});

test("what is told in capitals, or as an object in place of a list, is read", () => {
  const books = new Books();
  const refund = {
    ...{ id: 5501, order_id: 4001, created_at: "2026-11-21T08:00:00+01:00" },
    transactions: { "0": { kind: "REFUND", status: "SUCCESS", amount: "5", currency: "eur" } },
  };
  books.hear({ topic: "orders/updated", body: order({ financial_status: "PARTIALLY_REFUNDED", refunds: refund }) });
  expect(books.of("order.paid")).toHaveLength(1);
  expect(books.of("order.refunded")).toMatchObject([{ refund: { total: "5", currency: "EUR" } }]);
});
