// Who it was: one visitor id from the first page to the purchase, and the click that brought them, as far as consent allows.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openMetrics } from "../../app/doors/metrics.ts";
import { newClickId } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { embed, visit } from "../support/visit.ts";
import { cartLine } from "../support/visits.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const orders = async () =>
  (
    await trip.road.db.query<{
      order: { visitorId: string | null; visitorFrom: string | null; source: { clicks: object } };
    }>("SELECT data -> 'order' AS order FROM event WHERE kind = 'order.placed' ORDER BY id")
  ).map(({ order }) => order);
const counted = (slug: Slug, kind: string) =>
  trip.vendors.ledger(slug).entries.filter((entry) => entry.kind === kind && entry.counted > 0);
const clicked = async () => counted("prisjakt", "purchase").map(({ key }) => key);

test("the visitor is the same from the first page view over the cart to the purchase", async () => {
  const buyer = visit(trip);
  await buyer.sees("page_viewed");
  await buyer.sees("product_viewed", { data: {} });
  await buyer.fills([cartLine(601, 1)]);
  await buyer.sees("checkout_started", { checkoutToken: buyer.checkoutToken });
  await buyer.checksOut();
  await buyer.buys();
  await trip.run();
  const known = await trip.road.db.query<{ kind: string; id: string }>(
    `SELECT kind, coalesce(data #>> '{page,visitorId}', data #>> '{cart,visitorId}', data #>> '{checkout,visitorId}', data #>> '{order,visitorId}') AS id
     FROM event WHERE kind NOT LIKE 'customer.%' ORDER BY kind`,
  );
  expect(known.map(({ kind }) => kind)).toContain("cart.created");
  expect(new Set(known.map(({ id }) => id))).toEqual(new Set([buyer.client]));
});

test("a cart that only the theme embed knows is its visitor's at the pixel", async () => {
  const buyer = visit(trip);
  const embedId = "0c7a3f10-2b7e-4d6f-9b1a-5e0f2c9d8a41";
  await buyer.sees("page_viewed", { cartToken: undefined, embedId });
  await buyer.fills([cartLine(601, 1)], embed({ v: embedId }));
  await buyer.buys();
  await trip.run();
  expect(await orders()).toMatchObject([{ visitorId: buyer.client, visitorFrom: "pixel" }]);
});

test("an order's id alone, which can be guessed, joins nothing, with a checkout or without", async () => {
  const [stranger, buyer] = [visit(trip), visit(trip)];
  await stranger.sees("checkout_completed", { checkoutToken: "another", orderId: String(buyer.orderId) });
  await buyer.buys();
  await stranger.sees("checkout_completed", { checkoutToken: "a-third", orderId: "4900" });
  await buyer.buys({ id: 4900, checkout_token: null });
  await trip.run();
  expect(await orders()).toMatchObject([{ visitorFrom: "pseudonym" }, { visitorFrom: "pseudonym" }]);
});

test("an order of Shop Pay without attributes has the click that cart or checkout told, with its time", async () => {
  const id = newClickId();
  for (const told of ["cart", "checkout"] as const) {
    const buyer = visit(trip);
    const at = buyer.at(-60_000);
    const attributes = embed({
      v: buyer.client,
      c: { marketing: true },
      clicks: { pjclid: { id, at } },
      utm: { source: "letter" },
    });
    if (told === "cart") await buyer.fills([cartLine(601, 1)], attributes);
    else await buyer.checksOut(attributes);
    await buyer.buys();
    await trip.run();
    expect((await orders()).at(-1)?.source, told).toMatchObject({
      clicks: { pjclid: { id, at } },
      utm: { source: "letter" },
    });
    expect(await clicked()).toContain(String(buyer.orderId));
  }
});

test("a plain pjclid attribute keeps the time at which the embed captured the same click", async () => {
  const [id, buyer] = [newClickId(), visit(trip)];
  const at = buyer.at(-31 * 86_400_000);
  const { note_attributes } = embed({ clicks: { pjclid: { id, at } } }) as { note_attributes: object[] };
  await buyer.buys({
    note_attributes: [...note_attributes, { name: "pjclid", value: id }],
    landing_site: `/?pjclid=${id}`,
  });
  await trip.run();
  expect((await orders())[0]?.source).toMatchObject({ clicks: { pjclid: { id, at } } });
  expect(await trip.states("prisjakt")).toMatchObject([
    { state: "skipped", reason: expect.stringContaining("30 days") },
  ]);
});

test("a click id that only an address told is remembered after a yes to marketing, and none after a no", async () => {
  for (const [consent, remembered] of [
    [{ marketing: true, analytics: true }, true],
    [{ marketing: null, analytics: null }, false],
    [{ marketing: false, analytics: true }, false],
  ] as const) {
    const [id, buyer] = [newClickId(), visit(trip)];
    await buyer.sees("page_viewed", { consent });
    await buyer.checksOut({ landing_site: `/?pjclid=${id}&utm_medium=price` });
    await buyer.buys();
    await trip.run();
    expect((await clicked()).includes(String(buyer.orderId)), JSON.stringify(consent)).toBe(remembered);
    expect((await orders()).at(-1)?.source).toMatchObject({ utm: { medium: "price" } });
  }
});

test("a click id told beside a no is not kept for an order that knows nothing of that no", async () => {
  const [id, buyer] = [newClickId(), visit(trip)];
  await buyer.checksOut(embed({ c: { marketing: false }, clicks: { pjclid: { id, at: buyer.at() } } }));
  await buyer.buys();
  await trip.run();
  const [order] = await orders();
  expect(order).toMatchObject({ consent: { marketing: null } });
  expect(order?.source.clicks).toEqual({});
});

test("a click id is forgotten with the cart's attributes, and by a visitor who takes consent back", async () => {
  const [id, buyer] = [newClickId(), visit(trip)];
  const c = { marketing: true, analytics: true };
  await buyer.fills([cartLine(601, 1)], embed({ v: buyer.client, c, clicks: { pjclid: { id, at: buyer.at() } } }));
  const note_attributes = [
    { name: "__switchyard", value: "" },
    { name: "pjclid", value: "" },
  ];
  await buyer.fills([cartLine(601, 1)], { note_attributes, updated_at: buyer.at(2_000) });
  await buyer.buys({ note_attributes });
  await buyer.buys({ id: 4950 });
  await trip.run();
  for (const order of await orders()) {
    expect(order).toMatchObject({ consent: { marketing: false, analytics: false } });
    expect(order.source.clicks).toEqual({});
  }
  expect(await clicked()).toEqual([]);
});

test("each way in which a visitor was known or not is counted once an order", async () => {
  const [pixel, attribute, cart, first, again, pseudonym, none] = Array.from({ length: 7 }, () => visit(trip));
  const customer = { id: 7009, email: "nora@example.com" };
  await pixel?.sees("checkout_started", { checkoutToken: pixel.checkoutToken });
  await pixel?.buys();
  await pixel?.buys({ updated_at: pixel.at(5_000) });
  await attribute?.buys(embed({ v: "visitor-1" }));
  await cart?.fills([cartLine(601, 1)], embed({ v: "visitor-2" }));
  await cart?.buys();
  await first?.buys({ customer, ...embed({ v: "visitor-3" }) });
  await again?.buys({ customer });
  await pseudonym?.buys();
  await none?.buys({ cart_token: null, checkout_token: null });
  await trip.run();
  const text = await openMetrics(trip.road.db, []).text();
  const figures = [...text.matchAll(/^switchyard_visitors_total\{from="(\w+)"\} (\d+)$/gm)].map(([, from, n]) => [
    from,
    n,
  ]);
  expect(Object.fromEntries(figures)).toEqual({
    pixel: "1",
    attribute: "2",
    cart: "1",
    customer: "1",
    pseudonym: "1",
    none: "1",
  });
});
