// The erasure of a customer: at the vendors that have a call for it, and in every table of ours.
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { BUYERS, type Buyer } from "../../sandbox/shop/catalogue.ts";
import {
  checkoutCreated,
  customerCreated,
  customerUpdated,
  newBasket,
  newCheckoutToken,
  newOrder,
  orderCreated,
  orderUpdated,
  type Webhook,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";
import { embed, visit } from "../support/visit.ts";

const someone = BUYERS[0] as Buyer;
const buyer: Buyer = {
  ...someone,
  firstName: "Markfirst",
  lastName: "Marklast",
  email: "markmail@example.com",
  phone: "+4930231259991",
  street: "Markstreet 7",
};
const marks = ["Markfirst", "Marklast", "markmail", "30231259991", "Markstreet"];
const other = BUYERS[5] as Buyer;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const forget = (shop = SANDBOX_SHOP) => forgetCustomer(trip.road, shop, String(buyer.id));
const live = async () => {
  const basket = newBasket();
  const checkoutToken = newCheckoutToken();
  await hear(customerCreated(buyer));
  await hear(checkoutCreated(basket, checkoutToken, buyer));
  const order = newOrder({ basket, buyer, checkoutToken, clickId: null });
  await hear(orderCreated(order));
  await hear(orderUpdated(order));
  await hear(customerUpdated(buyer));
  await hear(customerCreated(other));
  await trip.run();
  return order;
};
/** Every row of every table, bodies as text. */
async function everything(): Promise<string> {
  const { db } = trip.road;
  const tables = await db.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await db.query<Record<string, unknown>>(`SELECT * FROM "${name}"`);
      return rows.map((row) =>
        JSON.stringify(Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString() : value))),
      );
    }),
  );
  return texts.flat().join("\n");
}

test("the vendors that can are asked, the others are named, and nothing of the person is left in our tables", async () => {
  await live();
  const before = await everything();
  for (const mark of marks) expect(before, mark).toContain(mark);
  const outcomes = await forget();
  expect(Object.fromEntries(outcomes.map(({ destination, is }) => [destination, is]))).toEqual({
    shopipixel: "no such call",
    alana: "no such call",
    prisjakt: "no such call",
    tolinku: "done",
    shopimind: "done",
  });
  const after = await everything();
  for (const mark of marks) expect(after, mark).not.toContain(mark);
  expect(after).toContain(other.email);
  // Done again, it finds the same person and does no harm.
  expect((await forget()).map(({ is }) => is)).toEqual(outcomes.map(({ is }) => is));
});

test("what was heard and not yet worked off does not bring the person back", async () => {
  await live();
  await hear(customerUpdated(buyer));
  await hear(orderCreated(newOrder({ buyer, clickId: null })));
  await forget();
  await trip.run();
  const after = await everything();
  for (const mark of marks) expect(after, mark).not.toContain(mark);
});

test("who the visitor was is forgotten under every token that told of it, the theme embed's among them", async () => {
  const guest = visit(trip);
  await guest.sees("page_viewed", { embedId: "embed-of-theirs-1", checkoutToken: guest.checkoutToken });
  await guest.buys({ customer: { id: buyer.id, email: buyer.email } });
  await trip.run();
  const kept = () =>
    trip.road.db.query<{ id: string }>("SELECT id FROM snapshot WHERE kind = 'visitor' AND data ->> 'visitorId' = $1", [
      guest.client,
    ]);
  expect((await kept()).map(({ id }) => id.replace(/:.*/, "")).toSorted()).toEqual(
    expect.arrayContaining(["checkout", "customer", "embed"]),
  );
  await forget();
  expect(await kept()).toEqual([]);
});

test.each([
  ["before the order and after it", true],
  ["after the order only", false],
])("all clients that came with the theme embed's id of theirs are followed: %s", async (_when, before) => {
  const [guest, stranger] = [visit(trip), visit(trip)];
  const page = (clientId: string, embedId: string) => ({ clientId, embedId, cartToken: undefined });
  if (before) await guest.sees("page_viewed", page("client-zero-0001", "embed-of-theirs-2"));
  if (before) await guest.sees("page_viewed", page("client-one-00001", "embed-of-theirs-2"));
  await guest.buys({ customer: { id: buyer.id, email: buyer.email }, ...embed({ v: "embed-of-theirs-2" }) });
  await trip.run();
  await guest.sees("page_viewed", page("client-two-00002", "embed-of-theirs-2"));
  await trip.run();
  await guest.sees("page_viewed", page("client-three-003", "embed-of-theirs-2"));
  await stranger.sees("page_viewed", page("client-other-004", "embed-of-another"));
  await trip.run();
  const seen = () =>
    trip.road.db.query<{ subject: string }>(
      "SELECT subject FROM event WHERE kind = 'page.viewed' AND data #>> '{page,url}' LIKE 'http%' ORDER BY id",
    );
  expect(await seen()).toHaveLength(before ? 5 : 3);
  await forget();
  expect(await seen()).toEqual([{ subject: "visitor:client-other-004" }]);
  const left = await trip.road.db.query<{ id: string }>("SELECT id FROM snapshot WHERE kind = 'visitor' ORDER BY id");
  expect(left.map(({ id }) => id)).toEqual(["client:client-other-004", "embed:embed-of-another"]);
});

test("the ledger's keys and amounts stay: the order is not told again", async () => {
  const order = await live();
  await forget();
  await hear(orderUpdated(order));
  await trip.run();
  const purchases = trip.vendors.ledger("shopipixel").entries.filter(({ kind }) => kind === "Purchase");
  expect(purchases).toMatchObject([{ key: `purchase_${order.id}`, carried: 1 }]);
});

test("what is still to be told of the customer is told no more", async () => {
  trip.vendors.misbehave("shopimind", "down");
  await live();
  trip.vendors.misbehave("shopimind", null);
  await forget();
  await trip.runToTheEnd();
  const told = (await trip.states("shopimind")).filter(
    ({ subject, state }) => subject === `customer:${buyer.id}` && state !== "superseded",
  );
  expect(told).toMatchObject([{ state: "skipped", reason: "the customer was erased" }]);
});

test("a vendor that cannot be reached is named with the reason, and can be asked again", async () => {
  await live();
  trip.vendors.misbehave("tolinku", "down");
  const failed = asTold(await forget()).find(({ destination }) => destination === "tolinku");
  expect(failed).toMatchObject({ is: "failed", reason: expect.stringContaining("connection broke") });
  trip.vendors.misbehave("tolinku", null);
  expect((await forget()).find(({ destination }) => destination === "tolinku")).toMatchObject({ is: "done" });
});

test("a customer of another shop is not touched", async () => {
  await live();
  expect(await forget("other.myshopify.com")).toEqual([]);
  expect(await everything()).toContain(buyer.email);
});

test("a request of Shopify's stays waiting, with its body", async () => {
  await trip.hear("customers/redact", { shop_domain: SANDBOX_SHOP, customer: { id: buyer.id, email: buyer.email } });
  await live();
  await forget();
  const [row] = await trip.road.db.query(
    "SELECT state, body IS NOT NULL AS body FROM webhook WHERE topic = 'customers/redact'",
  );
  expect(row).toEqual({ state: "waiting", body: true });
});
