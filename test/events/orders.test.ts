// Orders by example: what each webhook becomes.
import { expect, test } from "vitest";
import type { Event } from "../../app/events/event.ts";
import { read, topics } from "../../app/events/read.ts";
import { bytes, line, order, refund } from "../support/payloads.ts";
import { Books, heard } from "../support/readings.ts";
import { asTold } from "../support/told.ts";

const keys = (events: Event[]) => events.map((event) => event.key.replace(/#.*/, ""));

function placed(over: Record<string, unknown>) {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order(over) });
  const [event] = books.of("order.placed");
  if (!event) throw new Error("no order was placed");
  return event;
}

test("a new order brings its customer first, then the purchase and the state", () => {
  const events = new Books().hear({ topic: "orders/create", body: order() });
  expect(keys(events)).toEqual([
    "customer:7001@2026-11-20T17:00:00.000Z",
    "purchase:4001",
    "order:4001@2026-11-20T17:00:03.000Z",
  ]);
  expect(events[1]).toMatchObject({
    kind: "order.placed",
    subject: "order:4001",
    occurredAt: "2026-11-20T18:00:00+01:00",
    version: null,
    order: {
      name: "#1001",
      channel: "web",
      amounts: { currency: "EUR", total: "29.90", tax: "4.77", shipping: "4.90", tip: "0.00", duties: "0" },
      presentment: null,
      taxesIncluded: true,
      carrier: { code: "STD", title: "Standard" },
      source: { clicks: { gclid: { id: "Abc-123", at: null } }, utm: { source: "letter" } },
    },
  });
});

test("any order webhook alone tells all that has happened to the order; a refund without money is nothing that did", () => {
  const body = order({
    financial_status: "partially_refunded",
    cancelled_at: "2026-11-21T08:00:00+01:00",
    refunds: [refund(), refund({ id: 5502, transactions: [] })],
  });
  for (const topic of topics.filter((one) => one.startsWith("orders/") && one !== "orders/delete")) {
    const events = new Books().hear({ topic, body });
    expect(events.map((event) => event.kind)).toEqual([
      "customer.saved",
      "order.placed",
      "order.paid",
      "order.updated",
      "order.cancelled",
      "order.refunded",
    ]);
  }
});

test("the same order under another topic or once more is nothing new", () => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order() });
  expect(books.hear({ topic: "orders/updated", body: order() })).toEqual([]);
  expect(books.hear({ topic: "orders/create", body: order() })).toEqual([]);
});

test("an older update has an older version, also in another zone", () => {
  const books = new Books();
  books.hear({ topic: "orders/updated", body: order({ updated_at: "2026-11-20T19:00:00+01:00", name: "new" }) });
  books.hear({ topic: "orders/updated", body: order({ updated_at: "2026-11-20T20:30:00+03:00", name: "old" }) });
  expect(books.newest("order:4001")).toMatchObject({ order: { name: "new" } });
});

test("of two states of one second the one that was triggered later is newer", () => {
  const books = new Books();
  const later = { topic: "orders/updated", body: order({ name: "later" }), triggeredAt: "2026-11-20T17:00:03.900Z" };
  const sooner = { topic: "orders/paid", body: order({ name: "sooner" }), triggeredAt: "2026-11-20T17:00:03.100Z" };
  books.hear(later);
  books.hear(sooner);
  expect(books.newest("order:4001")).toMatchObject({ order: { name: "later" } });
});

test("a deleted product, a custom line and a missing list leave a right order", () => {
  expect(placed({ line_items: [line({ product_id: null, variant_id: null })] }).order.items[0]).toMatchObject({
    productId: null,
    title: "Enamel cup",
  });
  expect(placed({ line_items: null }).order.items).toEqual([]);
});

test("a guest has no customer, and empty texts are nothing", () => {
  const { order: facts } = placed({ customer: null, email: "", contact_email: null, phone: "" });
  expect(facts).toMatchObject({ customer: null, email: null, phone: null });
});

test("a test order saves no customer", () => {
  const books = new Books();
  books.hear({ topic: "orders/create", body: order({ test: true }) });
  expect(books.of("customer.saved")).toEqual([]);
  expect(books.of("order.placed")[0]?.order).toMatchObject({ test: true, customer: { email: "nora@example.com" } });
});

test("it was paid when it was placed, or when its webhook says so", () => {
  const paidAt = (topic: string, triggeredAt: string | null) => {
    const books = new Books();
    books.hear({ topic, body: order({ financial_status: "paid" }), triggeredAt });
    return books.of("order.paid")[0]?.paidAt;
  };
  expect(paidAt("orders/create", "2026-11-20T17:00:09Z")).toBe("2026-11-20T18:00:00+01:00");
  expect(paidAt("orders/paid", "2026-11-20T17:00:09Z")).toBe("2026-11-20T17:00:09Z");
  expect(paidAt("orders/updated", null)).toBe("2026-11-20T18:00:03+01:00");
});

test("a click id in the cart's attributes comes before the one in the landing page", () => {
  const clicks = (notes: [string, string][]) =>
    placed({
      landing_site: "/?pjclid=landed",
      note_attributes: notes.map(([name, value]) => ({ name, value })),
    }).order.source.clicks.pjclid;
  const kept = { id: "kept", at: "2026-11-19T12:00:00Z" };
  expect(clicks([])).toEqual({ id: "landed", at: null });
  expect(clicks([["pjclid", "bare"]])).toEqual({ id: "bare", at: null });
  expect(clicks([["pjclid", JSON.stringify(kept)]])).toEqual(kept);
  expect(clicks([["__switchyard", JSON.stringify({ clicks: { pjclid: kept } })]])).toEqual(kept);
  expect(
    clicks([
      ["__switchyard", JSON.stringify({ clicks: { pjclid: kept } })],
      ["pjclid", "kept"],
    ]),
  ).toEqual(kept);
});

test("what a shopper wrote into the attributes is cut to what it may be", () => {
  const value = JSON.stringify({
    v: "<script>",
    c: { marketing: "yes" },
    clicks: { pjclid: { id: "x".repeat(9999) } },
  });
  const { order: facts } = placed({ landing_site: null, note_attributes: [{ name: "__switchyard", value }] });
  expect(facts).toMatchObject({ visitorFrom: "pseudonym", consent: { marketing: null }, source: { clicks: {} } });
});

test("U+0000 and half a character are cleaned out of texts", () => {
  const body = new TextDecoder().decode(bytes(order({ customer: null }))).replace("Enamel cup", "A\\u0000B\\ud800C");
  const reading = read(heard("orders/create", new TextEncoder().encode(body)));
  if (reading.is !== "events") throw new Error(reading.is);
  const text = JSON.stringify(reading.normalize(() => undefined));
  expect(text).toContain("AB\ufffdC");
});

test("what makes the order must be there, and the reason names it", () => {
  const reason = (over: Record<string, unknown>) => {
    const reading = read(heard("orders/create", order(over)));
    return reading.is === "unreadable" ? asTold(reading.reason) : reading.is;
  };
  expect(reason({ id: null, admin_graphql_api_id: null })).toBe('The field "id" is missing.');
  expect(reason({ total_price: "a lot", total_price_set: null })).toBe('The field "total_price" is not an amount.');
  expect(reason({ currency: null, total_price_set: null })).toBe('The field "currency" is missing.');
  expect(reason({ created_at: "2026-11-20 18:00", processed_at: null })).toBe(
    'The field "created_at" is not a time with a zone.',
  );
  expect(reason({ created_at: "2026-02-30T18:00:00Z", processed_at: null })).toMatch(/created_at/);
});

test("topics without a reader are ignored; compliance and an uninstall are what they are where the body proves the shop", () => {
  const body = { myshopify_domain: "test-shop.myshopify.com", shop_domain: "test-shop.myshopify.com" };
  const is = (topic: string) => read(heard(topic, body)).is;
  expect(["orders/edited", "orders/link_requested", "draft_orders/update", "__proto__"].map(is)).toEqual(
    Array(4).fill("ignored"),
  );
  expect(["customers/data_request", "customers/redact"].map(is)).toEqual(Array(2).fill("waiting"));
  expect(is("shop/redact")).toBe("redacted");
  expect(is("app/uninstalled")).toBe("uninstalled");
});
