// The first opening while Shopify's Admin API fails or hangs: the page comes, what is missing is said, and it is asked for until it is there.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAsk } from "../../app/shopify/asking.ts";
import { setUpWhatIsMissing } from "../../app/shopify/set-up.ts";
import { HUMAN } from "../support/browser.ts";
import { openTestRoad } from "../support/road.ts";
import { openRealApp, type RealApp, SHOP, tokenOf } from "../support/shopify.ts";
import { framed } from "../support/web.ts";

let app: RealApp;
beforeEach(async () => {
  app = await openRealApp();
});
afterEach(() => app?.close());

async function open(): Promise<{ status: number; text: string; seconds: number }> {
  const began = performance.now();
  const answer = await fetch(`${app.web.url}${framed("/app", SHOP)}&id_token=${tokenOf()}`, {
    headers: { "user-agent": HUMAN, "sec-fetch-dest": "iframe" },
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text(), seconds: (performance.now() - began) / 1000 };
}
const row = async () =>
  (
    await app.database.db.query<{ facts: Record<string, string> | null; endpoint: string | null }>(
      "SELECT facts, pixel_endpoint AS endpoint FROM shop WHERE domain = $1",
      [SHOP],
    )
  )[0];

test("a shop that Shopify tells of is set up at the first opening, and nothing is said to be missing", async () => {
  const { status, text } = await open();
  expect(status, app.web.said()).toBe(200);
  expect(text).not.toContain("Shopify has not told");
  expect(text).not.toContain("could not be asked");
  expect(await row()).toMatchObject({
    facts: { currency: "SEK", timeZone: "Europe/Stockholm", locale: "sv", primaryDomain: "the-shop.example.com" },
    endpoint: "https://app.example.com/pixel",
  });
});

test.each([
  500, 402, 403, 423, 503,
])("an Admin API that answers %s holds up no page, and the page says what is missing", async (mood) => {
  app.standIn.mood = mood;
  const { status, text } = await open();
  expect(status, app.web.said()).toBe(200);
  expect(text).toContain("Shopify has not told the shop’s currency, time zone and language yet");
  expect(text).toContain(
    "The web pixel: Shopify could not be asked just now; it is asked again by itself within minutes.",
  );
  expect(await row()).toEqual({ facts: null, endpoint: null });
});

test("one that hangs holds the page up for a while only", async () => {
  app.standIn.mood = "hangs";
  const { status, text, seconds } = await open();
  expect(status, app.web.said()).toBe(200);
  expect(seconds).toBeLessThan(30); // without a limit it would be for ever
  expect(text).toContain("Shopify has not told");
  expect(text).toContain("The web pixel: Shopify could not be asked just now");
});

test("the upkeep asks until all is there, less often the longer it is missing, and then no more", async () => {
  app.standIn.mood = 500;
  await open();
  const trip = await openTestRoad({ sandbox: null }, app.database, { passing: true });
  const graphql = async (query: string) => {
    const answer = await fetch(app.standIn.url, { method: "POST", body: JSON.stringify({ query }) });
    if (!answer.ok) throw new Error(`Shopify answered ${answer.status}`);
    return answer;
  };
  const round = () =>
    setUpWhatIsMissing(trip.road, "https://app.example.com/pixel", (shop) =>
      openAsk(trip.road, shop, async () => graphql),
    );
  const askedIn = async (work: () => Promise<void>) => {
    const before = app.standIn.asked;
    await work();
    return app.standIn.asked - before;
  };
  expect(await askedIn(round)).toBeGreaterThan(0);
  expect(await askedIn(round)).toBe(0);
  trip.forward(60_000);
  expect(await askedIn(round)).toBeGreaterThan(0);
  app.standIn.mood = "well";
  trip.forward(600_000);
  await round();
  expect(await row()).toMatchObject({ facts: { currency: "SEK" }, endpoint: "https://app.example.com/pixel" });
  trip.forward(3_600_000);
  expect(await askedIn(round)).toBe(0);
  await trip.vendors.stop();
});

test("what the merchant switched off stays off, and a process that ends while Shopify is asked leaves no pixel that seems switched off", async () => {
  app.standIn.mood = "hangs";
  await open();
  await app.web.stop();
  const [asked] = await app.database.db.query(
    "SELECT pixel_says IS NOT NULL OR pixel_key IS NULL AS missing FROM shop WHERE domain = $1",
    [SHOP],
  );
  expect(asked).toEqual({ missing: true });
  const trip = await openTestRoad({ sandbox: null }, app.database, { passing: true });
  await app.database.db.query(
    "UPDATE shop SET pixel_key = 'the-key', pixel_says = NULL, lacks = NULL, facts = $2 WHERE domain = $1",
    [SHOP, { currency: "SEK" }],
  );
  const asks: string[] = [];
  await setUpWhatIsMissing(trip.road, "https://app.example.com/pixel", (shop) => {
    asks.push(shop);
    return async () => ({ is: "token dead" });
  });
  expect(asks).toEqual([]);
  await trip.vendors.stop();
});
