// Customers, their consent, and who a visitor was, by example.
import { expect, test } from "vitest";
import { PIXEL_POST, read } from "../../app/events/read.ts";
import { address, consent, customer, order } from "../support/payloads.ts";
import { Books, heard } from "../support/readings.ts";
import { asTold } from "../support/told.ts";
import { cart, cartLine, checkout, seen } from "../support/visits.ts";

const embed = (kept: unknown) => [{ name: "__switchyard", value: JSON.stringify(kept) }];

test("a customer is what all webhooks together say: the newest of each fact", () => {
  const books = new Books();
  const newest = customer({ updated_at: "2026-11-20T20:00:00+01:00", first_name: "Eleonora", phone: undefined });
  books.hear({ topic: "customers/update", body: newest });
  books.hear({ topic: "customers/create", body: customer() });
  expect(books.newest("customer:7001")).toMatchObject({
    customer: { firstName: "Eleonora", phone: "+4930123456", locale: "de", updatedAt: "2026-11-20T20:00:00+01:00" },
  });
});

test("what an update sets to null is gone, also where an older webhook comes after it", () => {
  const newest = customer({ updated_at: "2026-11-20T20:00:00+01:00", phone: null, last_name: "" });
  for (const bodies of [
    [customer(), newest],
    [newest, customer()],
  ]) {
    const books = new Books();
    for (const body of bodies) books.hear({ topic: "customers/update", body });
    expect(books.newest("customer:7001")).toMatchObject({
      customer: { phone: null, lastName: null, firstName: "Nora", email: "nora@example.com" },
    });
  }
});

test("a customer who is told again unchanged is no event", () => {
  const books = new Books();
  books.hear({ topic: "customers/create", body: customer() });
  expect(books.hear({ topic: "customers/update", body: customer() })).toEqual([]);
});

test("a change back and forth within a second is two changes", () => {
  const books = new Books();
  for (const first_name of ["Nora", "Norah", "Nora"])
    books.hear({ topic: "customers/update", body: customer({ first_name }) });
  expect(books.of("customer.saved")).toHaveLength(3);
  expect(books.newest("customer:7001")).toMatchObject({ customer: { firstName: "Nora" } });
});

test("the order that brought the customer tells consent and language", () => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order() });
  expect(books.of("customer.saved")[0]?.customer).toMatchObject({
    locale: "de-DE",
    emailConsent: { subscribed: true, source: "order", at: "2026-11-20T18:00:00+01:00" },
    defaultAddress: { line1: "Lindenstraße 12", country: "DE" },
  });
  expect(books.of("order.placed")[0]?.order.customer).toEqual(books.of("customer.saved")[0]?.customer);
});

test("a later or an earlier order's no does not take back a yes", () => {
  const no = { id: 4002, buyer_accepts_marketing: false };
  for (const processed_at of ["2026-11-21T18:00:00+01:00", "2026-11-19T18:00:00+01:00"]) {
    const books = new Books();
    books.hear({ topic: "orders/create", body: order() });
    books.hear({ topic: "orders/create", body: order({ ...no, processed_at }) });
    expect(books.newest("customer:7001")).toMatchObject({ customer: { emailConsent: { subscribed: true } } });
  }
});

test("the consent topic beats the order, and the newest word of it counts", () => {
  const books = new Books();
  const topic = "customers_email_marketing_consent/update";
  books.hear({ topic: "orders/create", body: order() });
  books.hear({ topic, body: consent("unsubscribed", "2026-11-21T09:00:00+01:00") });
  books.hear({ topic, body: consent("subscribed", "2026-11-21T08:00:00+01:00") });
  books.hear({ topic: "orders/create", body: order({ id: 4002, updated_at: "2026-11-22T08:00:00+01:00" }) });
  expect(books.of("customer.consent_changed")).toHaveLength(1);
  expect(books.newest("customer:7001")).toMatchObject({
    kind: "customer.consent_changed",
    customer: { firstName: "Nora", emailConsent: { subscribed: false, source: "topic" } },
  });
});

test("consent of a customer who was never seen has no names", () => {
  const books = new Books();
  books.hear({ topic: "customers_email_marketing_consent/update", body: consent("subscribed", null, 7002) });
  expect(books.of("customer.consent_changed")[0]?.customer).toMatchObject({
    id: "7002",
    firstName: null,
    emailConsent: { subscribed: true, at: null },
  });
});

test("a state of a consent that we do not know is unreadable", () => {
  expect(asTold(read(heard("customers_email_marketing_consent/update", consent("perhaps", null))))).toMatchObject({
    is: "unreadable",
    reason: expect.stringContaining("email_marketing_consent.state"),
  });
});

test("a deleted customer does not come back with a late webhook", () => {
  const books = new Books();
  books.hear({ topic: "customers/create", body: customer() });
  books.hear({ topic: "customers/delete", body: { id: 7001 } });
  books.hear({ topic: "customers/update", body: customer({ updated_at: "2026-11-22T18:00:00+01:00" }) });
  books.hear({ topic: "orders/updated", body: order() });
  expect(books.newest("customer:7001")).toMatchObject({ kind: "customer.deleted" });
  expect(JSON.stringify(books.snapshots.get("customer 7001"))).not.toContain("nora@");
});

test("a merge that failed changed nothing", () => {
  const body = (status: string) => ({
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/7001",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/7002",
    status,
  });
  const books = new Books();
  expect(books.hear({ topic: "customers/merge", body: body("failed") })).toEqual([]);
  books.hear({ topic: "customers/merge", body: body("completed") });
  expect(books.of("customer.merged")[0]).toMatchObject({
    ...{ subject: "customer:7002", customerId: "7001", mergedId: "7002" },
  });
});

test("the address that is marked stands in for a missing default address", () => {
  const books = new Books();
  const addresses = [address({ default: false, city: "Bonn" }), address({ city: "Kiel" })];
  books.hear({ topic: "customers/create", body: customer({ default_address: null, addresses }) });
  expect(books.of("customer.saved")[0]?.customer.defaultAddress?.city).toBe("Kiel");
});

test("the visitor of an order is known by the pixel, the attributes, the cart, the customer, or not at all", () => {
  const who = (earlier: { topic: string; body: unknown }[], over: Record<string, unknown> = {}) => {
    const books = new Books();
    for (const sent of earlier) books.hear(sent);
    books.hear({ topic: "orders/create", body: order({ id: 4009, ...over }) });
    const { visitorId, visitorFrom } = books.of("order.placed").at(-1)?.order ?? {};
    return [visitorFrom, visitorId];
  };
  const { checkout_token: checkoutToken } = order();
  const pixel = { topic: PIXEL_POST, body: { events: [seen("checkout_started", { checkoutToken })] } };
  const note_attributes = embed({ v: "visitor-1" });
  const known = { topic: "carts/create", body: cart([cartLine(601, 1)], { note_attributes }) };
  const before = { topic: "orders/create", body: order({ cart_token: null, checkout_token: null, note_attributes }) };
  expect(who([pixel, known, before], { note_attributes })).toEqual(["pixel", seen("").clientId]);
  expect(who([known], { note_attributes: embed({ v: "visitor-2" }) })).toEqual(["attribute", "visitor-2"]);
  expect(who([known, before])).toEqual(["cart", "visitor-1"]);
  expect(who([before])).toEqual(["customer", "visitor-1"]);
  expect(who([])).toEqual(["pseudonym", `pseudonym of ${order().cart_token}`]);
  expect(who([], { cart_token: null })).toEqual(["pseudonym", "pseudonym of 7001"]);
  expect(who([], { cart_token: null, customer: null })).toEqual([null, null]);
});

test("consent is what pixel or attributes said, and unknown otherwise", () => {
  const books = new Books();
  const note_attributes = embed({ v: "visitor-1", c: { marketing: false, analytics: true } });
  books.hear({ topic: "checkouts/create", body: checkout({ note_attributes }) });
  books.hear({ topic: "orders/create", body: order() });
  expect(books.of("order.placed")[0]?.order.consent).toEqual({ marketing: false, analytics: true });
  const plain = new Books();
  plain.hear({ topic: "orders/create", body: order() });
  expect(plain.of("order.placed")[0]?.order.consent).toEqual({ marketing: null, analytics: null });
});

test("who it was does not make another state of the same webhook", () => {
  const books = new Books();
  const { checkout_token: checkoutToken } = order();
  books.hear({ topic: "orders/create", body: order() });
  books.hear({ topic: PIXEL_POST, body: { events: [seen("checkout_completed", { checkoutToken, orderId: "4001" })] } });
  expect(books.hear({ topic: "orders/create", body: order() })).toEqual([]);
});

test("an attribute that the theme embed has emptied is a no to all; none at all says nothing", () => {
  const consent = (note_attributes: unknown) => {
    const books = new Books();
    books.hear({ topic: "orders/create", body: order({ note_attributes }) });
    return books.of("order.placed")[0]?.order.consent;
  };
  expect(consent([{ name: "__switchyard", value: "" }])).toEqual({ marketing: false, analytics: false });
  expect(consent([])).toEqual({ marketing: null, analytics: null });
});

test("a visitor's id that no browser made up is none", () => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order({ note_attributes: embed({ v: "<b>1</b>" }) }) });
  expect(books.of("order.placed")[0]?.order.visitorFrom).toBe("pseudonym");
});
