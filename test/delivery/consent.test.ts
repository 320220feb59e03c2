// Consent: what each destination needs, what a merchant lets unknown consent mean, and what consent never holds back.
import { afterEach, beforeEach, expect, test } from "vitest";
import { newClickId } from "../../sandbox/shop.ts";
import type { Slug } from "../../sandbox/vendors.ts";
import { refund } from "../support/payloads.ts";
import { turnPixel } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { embed, visit } from "../support/visit.ts";
import { cartLine } from "../support/visits.ts";
import { leaveSandbox, listen } from "../support/wire.ts";

let trip: TestRoad;
let told: (slug: Slug) => unknown[];
beforeEach(async () => {
  trip = await openTestRoad();
  told = listen(trip);
  leaveSandbox(trip);
});
afterEach(() => trip.close());

const rule = (slug: Slug, unknownConsent: "send" | "without contact" | "skip") =>
  trip.road.db.query("UPDATE connection SET rules = rules || $2::jsonb WHERE destination = $1", [
    slug,
    JSON.stringify({ unknownConsent }),
  ]);
const ends = async (slug: Slug) => (await trip.states(slug)).map(({ state, reason }) => [state, reason]);
const said = (slug: Slug) => JSON.stringify(told(slug));
const customer = { id: 7009, email: "nora@example.com", phone: "+4930123456" };
const click = (c?: object) =>
  embed({ v: "visitor-1", c, clicks: { pjclid: { id: newClickId(), at: visit(trip).at() } } });

test("a refused consent is the reason at each destination that needs it, and no other is asked", async () => {
  await visit(trip).buys({ customer, ...click({ marketing: false, analytics: true }) });
  await visit(trip).buys({ customer, ...click({ marketing: true, analytics: false }) });
  await trip.run();
  const noMarketing = ["skipped", "the visitor did not consent to marketing"];
  const noAnalytics = ["skipped", "the visitor did not consent to analytics"];
  expect(await ends("shopipixel")).toEqual([noMarketing, ["delivered", null]]);
  expect(await ends("prisjakt")).toEqual([noMarketing, ["delivered", null]]);
  expect(await ends("alana")).toEqual([["delivered", null], noAnalytics]);
  expect(await ends("tolinku")).toEqual([["delivered", null], noAnalytics]);
  expect((await ends("shopimind")).map(([state]) => state)).not.toContain("skipped");
});

test("without a word of consent the defaults are: Prisjakt and ShopiMind send, the others send without e-mail and phone", async () => {
  await visit(trip).buys({ customer, email: "nora@example.com", ...click() });
  await trip.run();
  for (const slug of ["shopipixel", "alana", "prisjakt", "tolinku"] as const)
    expect(await ends(slug), slug).toEqual([["delivered", null]]);
  for (const slug of ["shopipixel", "alana", "tolinku"] as const)
    expect(said(slug), slug).not.toMatch(/nora@|4930123456/);
  expect(said("shopimind")).toContain("nora@example.com");
});

test("given consent sends the contact data too, and so does a merchant who says that unknown consent is enough", async () => {
  await visit(trip).buys({ email: "nora@example.com", ...embed({ c: { marketing: true, analytics: true } }) });
  await rule("shopipixel", "send");
  await visit(trip).buys({ email: "mara@example.com" });
  await trip.run();
  expect(said("shopipixel")).toContain("nora@example.com");
  expect(said("shopipixel")).toContain("mara@example.com");
});

test("a merchant can let unknown consent mean no", async () => {
  for (const slug of ["shopipixel", "tolinku"] as const) await rule(slug, "skip");
  await visit(trip).buys();
  await visit(trip).fills([cartLine(601, 1)]);
  await trip.run();
  const unknown = ["skipped", "the visitor's consent is not known"];
  expect(await ends("shopipixel")).toEqual([unknown, unknown]);
  expect(await ends("tolinku")).toEqual([unknown, unknown]);
});

test("a no that the pixel tells while the order waits is heard, and nothing is sent", async () => {
  await turnPixel(trip.road, true);
  const buyer = visit(trip);
  await buyer.buys();
  await trip.run();
  const consent = { marketing: true, analytics: false };
  await buyer.sees("checkout_completed", { checkoutToken: buyer.checkoutToken, consent });
  await trip.runToTheEnd();
  for (const slug of ["alana", "tolinku"] as const) {
    expect(await ends(slug)).toEqual([["skipped", "the visitor did not consent to analytics"]]);
    expect(told(slug)).toEqual([]);
  }
});

test("a yes that comes while the order waits is heard too, where unknown consent means no", async () => {
  await turnPixel(trip.road, true);
  await rule("tolinku", "skip");
  await rule("alana", "skip");
  const [told, silent] = [visit(trip), visit(trip)];
  await told.buys();
  await silent.buys();
  await trip.run();
  await told.sees("checkout_completed", { checkoutToken: told.checkoutToken });
  await trip.runToTheEnd();
  for (const slug of ["alana", "tolinku"] as const)
    expect(await ends(slug), slug).toEqual([
      ["delivered", null],
      ["skipped", "the visitor's consent is not known"],
    ]);
});

test("an answer that was lost before the no is unknown, not skipped: it may have arrived", async () => {
  const buyer = visit(trip);
  trip.vendors.misbehave("tolinku", "lost", 1);
  await buyer.buys();
  await trip.run();
  expect(await ends("tolinku")).toMatchObject([["due", expect.anything()]]);
  await buyer.sees("checkout_completed", {
    checkoutToken: buyer.checkoutToken,
    consent: { marketing: false, analytics: false },
  });
  await trip.runToTheEnd();
  expect(await ends("tolinku")).toMatchObject([["unknown", expect.stringContaining("answer was lost")]]);
});

test("a refund is told where its purchase was, whatever became of the consent since, and without contact data", async () => {
  const buyer = visit(trip);
  const order = { email: "nora@example.com", ...embed({ c: { marketing: true, analytics: true } }) };
  await buyer.buys(order);
  await trip.run();
  const over = { id: 5601, order_id: buyer.orderId, created_at: buyer.at() };
  await buyer.buys({
    ...order,
    ...embed({ c: { marketing: false, analytics: false } }),
    updated_at: buyer.at(60_000),
    refunds: [refund(over)],
  });
  await trip.run();
  const tolinku = (await trip.states("tolinku")).map(({ kind, state }) => [kind, state]);
  expect(tolinku).toEqual([
    ["order.placed", "delivered"],
    ["order.refunded", "delivered"],
  ]);
});

test("a refund of a purchase that consent kept back is not told either", async () => {
  const buyer = visit(trip);
  await buyer.buys({
    ...embed({ c: { analytics: false } }),
    refunds: [refund({ id: 5602, order_id: buyer.orderId, created_at: buyer.at() })],
  });
  await trip.run();
  expect(await ends("tolinku")).toEqual([
    ["skipped", "the visitor did not consent to analytics"],
    ["skipped", "its purchase was not counted here"],
  ]);
});

test("states are never held back: a customer who refused everything is still the shop's customer", async () => {
  await visit(trip).buys({ customer, ...embed({ c: { marketing: false, analytics: false } }) });
  await trip.hear("customers/update", { ...customer, first_name: "Eleonora", updated_at: visit(trip).at(1_000) });
  await trip.run();
  expect(said("shopimind")).toContain("Eleonora");
});

test("carts and what a visitor looks at need the consent too", async () => {
  const [yes, no] = [visit(trip), visit(trip)];
  for (const [buyer, analytics] of [
    [yes, true],
    [no, false],
  ] as const) {
    await buyer.sees("search_submitted", {
      data: { searchResult: { query: "cup" } },
      consent: { marketing: true, analytics },
    });
    await buyer.fills([cartLine(601, 1)]);
  }
  await trip.run();
  const states = (await trip.states("tolinku")).map(({ kind, state }) => [kind, state]);
  expect(states).toEqual([
    ["search.submitted", "delivered"],
    ["cart.created", "delivered"],
    ["search.submitted", "skipped"],
    ["cart.created", "skipped"],
  ]);
});

test("in the sandbox consent counts as given", async () => {
  trip.road.sandbox = { vendorsUrl: trip.vendors.url, budgets: false };
  trip.road.fetch = fetch;
  await visit(trip).buys({ email: "nora@example.com", ...embed({ c: { marketing: false, analytics: false } }) });
  await trip.run();
  for (const slug of ["shopipixel", "alana", "tolinku"] as const)
    expect(await ends(slug), slug).toEqual([["delivered", null]]);
});
