// Orders that still name a customer who was merged: they are the survivor's, with what is known of the survivor.
import { expect, test } from "vitest";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { type Body, customer, order } from "../support/payloads.ts";
import { Books, type Sent } from "../support/readings.ts";
import { openTrade } from "../support/trade.ts";

const merge = (kept: number, gone: number) => ({
  topic: "customers/merge",
  body: {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    status: "completed",
  },
});
const survivor = customer({
  ...{ id: 7002, admin_graphql_api_id: "gid://shopify/Customer/7002", default_address: null, addresses: [] },
  ...{ email: "cora@example.com", phone: "+4977", first_name: "Cora" },
});
const C: Sent = { topic: "customers/create", body: survivor };
const unsaid = { email: null, contact_email: null, phone: null, shipping_address: null, billing_address: null };

/** The order's state, and all that was said of customers after what came before. */
function heardAfter(before: Sent[], over: Body) {
  const books = new Books();
  for (const one of before) books.hear(one);
  const events = books.hear({ topic: "orders/updated", body: order(over) });
  return { order: books.of("order.updated")[0]?.order, events, books };
}

test("the order is told with the survivor's own facts, not with those of the one who is gone", () => {
  const told = heardAfter([C, merge(7002, 7001)], unsaid).order;
  expect(told).toMatchObject({ email: "cora@example.com", phone: "+4977" });
  expect(told?.customer).toMatchObject({ id: "7002", email: "cora@example.com", firstName: "Cora" });
});

test("an e-mail of the one who is gone stays only where the order says it as its own", () => {
  const alone = heardAfter([merge(7002, 7001)], unsaid).order;
  expect(alone).toMatchObject({ email: null, phone: null, customer: { id: "7002", email: null, firstName: null } });
  const own = heardAfter([merge(7002, 7001)], { ...unsaid, email: "nora@example.com" });
  expect(own.order).toMatchObject({ email: "nora@example.com", customer: { id: "7002", email: "nora@example.com" } });
  const both = heardAfter([C, merge(7002, 7001)], { ...unsaid, email: "order@example.com" }).order;
  expect(both).toMatchObject({ email: "order@example.com", customer: { id: "7002", email: "cora@example.com" } });
});

test("a survivor who was never heard of is saved by the order that tells how to reach them, and the next order adds nothing", () => {
  const { events, books } = heardAfter([merge(7002, 7001)], { ...unsaid, email: "nora@example.com" });
  expect(events.map(({ kind }) => kind)[0]).toBe("customer.saved");
  expect(events[0]).toMatchObject({ subject: "customer:7002", customer: { email: "nora@example.com" } });
  const over = { ...unsaid, email: "nora@example.com", updated_at: "2026-11-21T18:00:03+01:00" };
  const again = books.hear({ topic: "orders/updated", body: order(over) });
  expect(again.map(({ kind }) => kind)).not.toContain("customer.saved");
});

test("over two merges it is the last who is left, in whatever order these come; a survivor who was deleted is nobody", () => {
  const last = customer({ ...survivor, id: 7003, admin_graphql_api_id: "gid://shopify/Customer/7003" });
  const D = { topic: "customers/create", body: last };
  for (const merges of [
    [merge(7002, 7001), merge(7003, 7002)],
    [merge(7003, 7002), merge(7002, 7001)],
  ])
    expect(heardAfter([C, D, ...merges], unsaid).order?.customer).toMatchObject({ id: "7003", firstName: "Cora" });
  const deleted = [C, merge(7002, 7001), { topic: "customers/delete", body: { id: 7002 } }];
  expect(heardAfter(deleted, unsaid).order).toMatchObject({ customer: null, email: null, phone: null });
});

test("a test order of one who was merged saves nobody, and is told with the survivor's facts", () => {
  const told = heardAfter([C, merge(7002, 7001)], { ...unsaid, test: true });
  expect(told.order?.customer).toMatchObject({ id: "7002", email: "cora@example.com" });
  expect(told.events.map(({ kind }) => kind)).not.toContain("customer.saved");
});

test.each(["one by one", "all at once"])("ShopiMind gets the survivor first, then the order, heard %s", async (how) => {
  const trip = await openTrade(["shopimind"]);
  try {
    const took: string[] = [];
    const bodies: string[] = [];
    trip.road.fetch = async (url, init) => {
      if (init?.method === "POST") {
        took.push(new URL(String(url)).pathname.replace(/.*\/v1\//, ""));
        bodies.push(String(init.body));
      }
      return fetch(url, init);
    };
    const sent = [merge(7002, 7001), { topic: "orders/updated", body: order({ ...unsaid, email: "own@example.com" }) }];
    for (const { topic, body } of sent) {
      await trip.hear(topic, body);
      if (how === "one by one") await normalize(trip.road, SANDBOX_SHOP);
    }
    await trip.runToTheEnd();
    expect(took.filter((path) => path === "customers" || path === "orders")).toEqual(["customers", "orders"]);
    expect(bodies.join()).toContain("own@example.com");
    expect(bodies.join()).not.toContain("nora@example.com");
  } finally {
    await trip.close();
  }
});
