// Time zones, languages and currencies that nobody knows break no page and no delivery.
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { shopFacts } from "../../app/delivery/shop-facts.ts";
import { currencyOf, languageOf, zoneOf } from "../../app/events/places.ts";
import { readRange } from "../../app/pages/figures/range.ts";
import { money } from "../../app/pages/money.ts";
import { openAsk } from "../../app/shopify/asking.ts";
import { readFacts } from "../../app/shopify/facts.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const NONSENSE = [
  "x".repeat(5_000),
  "Mars/Olympus",
  "Etc/Unknown",
  "",
  "null",
  "GMT+25",
  "Europe/Berlin\n",
  "🕰",
  "../../etc/passwd",
];
const facts = () => shopFacts(trip.road.db, SANDBOX_SHOP);

test("whatever is taken for a zone, a language or a currency is one that Intl knows", () => {
  const names = fc.oneof(
    fc.string(),
    fc.anything(),
    fc.constantFrom(...NONSENSE, ...Intl.supportedValuesOf("timeZone")),
  );
  fc.assert(
    fc.property(names, names, names, (zone, locale, code) => {
      const timeZone = zoneOf(zone) ?? "UTC";
      expect(() => readRange(new URLSearchParams(), new Date(), timeZone)).not.toThrow();
      expect(() => new Intl.NumberFormat(languageOf(locale) ?? "en")).not.toThrow();
      expect(() => money({ amount: "1.00", currency: currencyOf(code) ?? "" })).not.toThrow();
    }),
  );
  expect([zoneOf("Europe/Berlin"), languageOf("pt-BR"), languageOf("fil"), currencyOf("eur")]).toEqual([
    "Europe/Berlin",
    "pt",
    null,
    "EUR",
  ]);
});

test("a shop/update with nonsense leaves the last good facts, and its neighbours are delivered", async () => {
  const before = await facts();
  for (const zone of NONSENSE) {
    const body = { currency: "€", iana_timezone: zone, primary_locale: zone, domain: "shop.example.com" };
    await trip.hear("shop/update", {
      id: 1,
      myshopify_domain: SANDBOX_SHOP,
      updated_at: new Date().toISOString(),
      ...body,
    });
  }
  await trip.hear("orders/create", orderCreated(newOrder()).payload);
  await trip.run();
  expect(await facts()).toEqual({ ...before, id: "1", primaryDomain: "shop.example.com" });
  const states = await trip.states("shopimind");
  expect(states.length).toBeGreaterThan(0);
  expect(states.filter(({ state }) => state === "due")).toEqual([]);
});

test("facts that were kept before they were looked at are looked at when they are read", async () => {
  for (const zone of [...NONSENSE, 7, null, ["UTC"]]) {
    await trip.road.db.query("UPDATE shop SET facts = $1", [{ currency: "€", timeZone: zone, locale: zone }]);
    expect(await facts()).toEqual({
      ...{ domain: SANDBOX_SHOP, primaryDomain: SANDBOX_SHOP },
      ...{ currency: "", timeZone: "UTC", locale: "en" },
    });
  }
});

test("what Shopify's Admin API says that nobody knows leaves what was known, and is no reason to know nothing", async () => {
  const before = await facts();
  const shop = { currencyCode: "", ianaTimezone: "Mars/Olympus", primaryDomain: null };
  const graphql = async (query: string) =>
    Response.json({
      data: query.includes("shopLocales") ? { shopLocales: [{ locale: "fil", primary: true }] } : { shop },
    });
  const ask = openAsk(trip.road, SANDBOX_SHOP, async () => graphql);
  expect(await readFacts(ask, before)).toEqual({
    ...{ facts: before, lacks: {} },
    who: { id: null, domain: null },
  });
});
