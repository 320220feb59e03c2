// Abandoned checkouts: a buyer who is known, nothing done for the set time, no order; told once, to whom it concerns.
import { afterEach, beforeEach, expect, test } from "vitest";
import { getConnection, listConnections } from "../../app/delivery/connections/connections.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import {
  checkoutCreated,
  customerCreated,
  newBasket,
  newCheckoutToken,
  newOrder,
  orderCreated,
  someBuyer,
  type Webhook,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const tend = () => upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
const told = async () => {
  await tend();
  await trip.run();
  return (await trip.states("shopimind")).filter(({ kind }) => kind === "checkout.abandoned");
};
const begin = async (token = newCheckoutToken()) => {
  const buyer = someBuyer();
  await hear(customerCreated(buyer));
  await hear(checkoutCreated(newBasket(), token, buyer, trip.road.clock()));
  await trip.run();
  return token;
};
const change = async (draft: { settings?: Record<string, string>; rules?: object }) => {
  const [connection] = (await listConnections(trip.road, SANDBOX_SHOP)).filter(
    (one) => one.destination === "shopimind",
  );
  const view = connection && (await getConnection(trip.road, SANDBOX_SHOP, connection.id));
  if (!view) throw new Error("no connection to ShopiMind");
  const settings = { ...view.settings, ...draft.settings };
  const saved = await saveConnection(trip.road, SANDBOX_SHOP, {
    ...view,
    settings,
    rules: { ...view.rules, ...draft.rules },
  });
  expect(saved.ok).toBe(true);
};

test("after four hours without an order it is told, once", async () => {
  const token = await begin();
  trip.forward(4 * HOUR - MINUTE);
  expect(await told()).toEqual([]);
  trip.forward(2 * MINUTE);
  expect(await told()).toMatchObject([{ state: "delivered", subject: `checkout:${token}` }]);
  trip.forward(HOUR);
  expect(await told()).toHaveLength(1);
  const fired = trip.vendors.ledger("shopimind").counts;
  expect(fired["trigger shopify_checkout_abandoned"]).toBe(1);
});

test("an order with its token prevents it, also one that is not read yet", async () => {
  const bought = await begin();
  const unread = await begin();
  await hear(orderCreated(newOrder({ checkoutToken: bought, clickId: null })));
  await trip.run();
  trip.forward(5 * HOUR);
  await hear(orderCreated(newOrder({ checkoutToken: unread, clickId: null })));
  await tend();
  expect(await told()).toEqual([]);
  expect(await told()).toEqual([]);
});

const buyerOf = (payload: object) =>
  payload as { email: string; phone: string | null; customer: { id: number } | null };

test.each<[string, (of: ReturnType<typeof buyerOf>, cart: string) => object]>([
  ["of the same cart, without a checkout's token", (_, cart_token) => ({ cart_token })],
  ["of the same e-mail, written otherwise", ({ email }) => ({ email: email.toUpperCase() })],
  ["of the same customer", ({ customer }) => ({ customer })],
  ["of the same phone, written otherwise", () => ({ phone: "+49 (30) 555-0199" })],
])("an order %s ends the wait; one from before the checkout does not", async (_, same) => {
  for (const [minutes, left] of [
    [10, 0],
    [-10, 1],
  ] as const) {
    const at = new Date(trip.road.clock().getTime() + HOUR);
    trip.forward(HOUR);
    const { payload } = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), at);
    const checkout = { ...payload, phone: "+49305550199" };
    await trip.hear("checkouts/create", checkout);
    const cart = String((checkout as unknown as { cart_token: string }).cart_token);
    const placed = new Date(at.getTime() + minutes * MINUTE).toISOString();
    const nobody = { email: null, contact_email: null, phone: null, customer: null };
    const times = { created_at: placed, processed_at: placed, updated_at: placed };
    const order = newOrder({ checkoutToken: newCheckoutToken(), clickId: null });
    await trip.hear("orders/create", {
      ...{ ...order, ...nobody, ...times, shipping_address: null, billing_address: null },
      ...{ cart_token: null, ...same(buyerOf(checkout), cart) },
    });
    await trip.run();
    trip.forward(5 * HOUR);
    expect(await tend()).toMatchObject({ abandoned: left });
  }
});

test("a checkout that is completed was not left, and is none that begins, whichever webhook says so first", async () => {
  await change({ settings: { triggers: "on" } });
  const at = trip.road.clock();
  const { payload } = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), at);
  const completed_at = new Date(at.getTime() + MINUTE).toISOString();
  const nobody = { email: null, phone: null, customer: null, shipping_address: null, billing_address: null };
  await trip.hear("checkouts/create", { ...payload, ...nobody });
  await trip.hear("checkouts/update", { ...payload, updated_at: completed_at, completed_at });
  await trip.hear("checkouts/update", { ...payload, updated_at: at.toISOString() });
  await trip.run();
  trip.forward(5 * HOUR);
  expect(await tend()).toMatchObject({ abandoned: 0 });
  expect(trip.vendors.ledger("shopimind").counts["trigger shopify_checkout_started"]).toBeUndefined();
});

test("a buyer who goes on is waited for anew", async () => {
  const token = await begin();
  trip.forward(3 * HOUR);
  await hear({ ...checkoutCreated(newBasket(), token, someBuyer(), trip.road.clock()), topic: "checkouts/update" });
  await trip.run();
  trip.forward(2 * HOUR);
  expect(await told()).toEqual([]);
  trip.forward(2 * HOUR + MINUTE);
  expect(await told()).toHaveLength(1);
});

test("nobody is told of a buyer whom nobody knows", async () => {
  const { payload } = checkoutCreated(newBasket(), newCheckoutToken(), someBuyer());
  const nobody = { email: null, phone: null, customer: null, shipping_address: null, billing_address: null };
  await trip.hear("checkouts/create", { ...payload, ...nobody });
  await trip.run();
  trip.forward(5 * HOUR);
  expect(await tend()).toMatchObject({ abandoned: 0 });
});

test("the merchant's time counts, and a kind of event that is off is not looked for", async () => {
  await change({ settings: { abandonedAfter: "2" } });
  await begin();
  trip.forward(2 * HOUR + MINUTE);
  expect(await tend()).toMatchObject({ abandoned: 1 });
  await change({ rules: { kindsOff: ["checkout.abandoned"] } });
  await begin();
  trip.forward(5 * HOUR);
  expect(await tend()).toMatchObject({ abandoned: 0 });
});

test("a checkout that was left before the connection was made is not its", async () => {
  await trip.hear(
    "checkouts/create",
    checkoutCreated(newBasket(), newCheckoutToken(), someBuyer(), new Date(Date.now() - HOUR)).payload,
  );
  await trip.run();
  trip.forward(5 * HOUR);
  expect(await told()).toMatchObject([{ state: "skipped", reason: "it happened before this connection was made" }]);
});

test("a shop whose checkouts cannot be booked holds up no other's", async () => {
  for (const shop of ["bad-1.myshopify.com", "bad-2.myshopify.com"]) {
    await trip.road.db.query(
      `WITH made AS (INSERT INTO connection (id, shop, destination, name, account)
         SELECT gen_random_uuid(), $1, destination, name, account FROM connection WHERE destination = 'shopimind' AND shop = $2)
       INSERT INTO snapshot (shop, kind, id, version, data) VALUES ($1, 'checkout', 'without a time', $3, '{"email": "buyer@example.com"}')`,
      [shop, SANDBOX_SHOP, trip.road.clock().toISOString()],
    );
  }
  await begin();
  trip.forward(5 * HOUR);
  expect(await tend()).toMatchObject({
    failures: [{ part: "abandoned checkouts", error: expect.objectContaining({ cause: expect.any(Error) }) }],
  });
  expect(await told()).toHaveLength(1);
});
