// What strangers may tell a shop's pixel: so fast from one address and of one visitor, and so much in a day, however many processes there are.
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPost } from "../../app/doors/pixel-post.ts";
import { today } from "../../app/pages/settings/CeilingCard.tsx";
import { inEnglish } from "../../app/pages/texts/catalogue.ts";
import { pixelDay, setCeiling } from "../../app/shopify/pixel-ceiling.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openPixelServer, type PixelServer } from "../support/pixel.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { seen } from "../support/visits.ts";

let trip: TestRoad;
let servers: PixelServer[];
beforeEach(async () => {
  trip = await openTestRoad({}, undefined, { still: true });
  servers = [await openPixelServer(trip), await openPixelServer(trip)];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await trip.close();
});

let posted = 0;
/** Posts events that were never posted before. @returns the answer's status. */
async function post(server: PixelServer | undefined, { events = 1, visitor = "", address = "" }): Promise<number> {
  posted += 1;
  const clientId = visitor || `visitor-${posted}`;
  const all = Array.from({ length: events }, (_, n) => seen("page_viewed", { id: `event-${posted}-${n}`, clientId }));
  const from = address || `198.51.${(posted >> 8) & 255}.${posted & 255}`;
  return (await server?.post({ events: all }, { headers: { "x-forwarded-for": from } }))?.status ?? 0;
}
const taken = async () =>
  (await trip.road.db.query<{ count: number }>("SELECT count(*)::int AS count FROM webhook"))[0]?.count ?? 0;
const day = () => pixelDay(trip.road.db, SANDBOX_SHOP, trip.road.clock());

test("a shop's day has a ceiling that two processes share; what is beyond is counted, said, and the next day is a new one", async () => {
  expect(await setCeiling(trip.road.db, SANDBOX_SHOP, "50")).toBeNull();
  const statuses = await Promise.all(Array.from({ length: 90 }, (_, n) => post(servers[n % 2], {})));
  expect(statuses.filter((status) => status === 204)).toHaveLength(50);
  expect(statuses.filter((status) => status === 429)).toHaveLength(40);
  expect(await taken()).toBe(50);
  await expect.poll(day, { timeout: 60_000 }).toEqual({ ceiling: 50, taken: 50, dropped: 40, tooFast: 0 });
  expect(today(await day(), inEnglish.getFixedT("en", "settings"))).toBe(
    "Today about 50 events of 50 were taken. 40 events were dropped, because the day’s limit was reached.",
  );
  trip.forward(86_400_000);
  expect(await post(servers[0], {})).toBe(204);
  expect(await day()).toMatchObject({ taken: 1, dropped: 0 });
});

test("a post with more events than are left is dropped whole, and a smaller one still has room", async () => {
  await setCeiling(trip.road.db, SANDBOX_SHOP, "30");
  expect(await post(servers[0], { events: 20 })).toBe(204);
  expect(await post(servers[0], { events: 20 })).toBe(429);
  expect(await post(servers[0], { events: 10 })).toBe(204);
  await expect.poll(day, { timeout: 60_000 }).toMatchObject({ taken: 30, dropped: 20 });
});

test("the ceiling costs no statement for each post", async () => {
  for (let n = 0; n < 40; n += 1) expect(await post(servers[0], {})).toBe(204);
  // Booked in blocks: far fewer bookings than posts.
  expect((await day()).taken).toBe(200);
});

test("one visitor has a rate, also from many addresses; others are not held up, and it is counted", async () => {
  const flood = await Promise.all(Array.from({ length: 20 }, () => post(servers[0], { events: 50, visitor: "one" })));
  expect(flood.filter((status) => status === 204)).toHaveLength(6);
  expect(flood.filter((status) => status === 429)).toHaveLength(14);
  expect(await post(servers[0], { visitor: "other" })).toBe(204);
  await expect.poll(async () => (await day()).tooFast, { timeout: 60_000 }).toBe(14);
  trip.forward(25_000);
  expect(await post(servers[0], { events: 50, visitor: "one" })).toBe(204);
  expect(await post(servers[0], { visitor: "one" })).toBe(429);
});

test("a post of several visitors counts for each of them what is theirs", () => {
  const events = ["a", "b", "b", "c"].map((clientId, n) => seen("page_viewed", { id: `event-${n}`, clientId }));
  expect(readPost(Buffer.from(JSON.stringify({ events })))).toEqual({
    visitors: new Map([
      ["a", 1],
      ["b", 2],
      ["c", 1],
    ]),
    events: 4,
  });
});

test("one address has a rate in events, not only in posts: 150 posts of fifty are no 7,500 page views", async () => {
  const address = "203.0.113.7";
  const flood = await Promise.all(Array.from({ length: 150 }, () => post(servers[0], { events: 50, address })));
  expect(flood.filter((status) => status === 204)).toHaveLength(30);
  expect(await post(servers[0], {})).toBe(204);
  trip.forward(1_000);
  expect(await post(servers[0], { events: 50, address })).toBe(204);
  expect(await post(servers[0], { events: 50, address })).toBe(429);
});

test("one address has a rate in posts, whatever they hold, and has some again a second later", async () => {
  const headers = { "x-forwarded-for": "203.0.113.8" };
  const nobodys = async () => (await servers[0]?.post({}, { key: "nobody", headers }))?.status;
  const flood = await Promise.all(Array.from({ length: 310 }, nobodys));
  expect(flood.filter((status) => status === 404)).toHaveLength(300);
  expect(flood.filter((status) => status === 429)).toHaveLength(10);
  expect(await post(servers[0], { address: "203.0.113.8" })).toBe(429);
  expect(await post(servers[0], {})).toBe(204);
  trip.forward(1_000);
  expect(await post(servers[0], { address: "203.0.113.8" })).toBe(204);
});

test("a ceiling is a whole number or nothing", async () => {
  for (const wrong of [
    "0",
    "-1",
    "many",
    "1e9",
    "999999999999",
    "\u0000",
    "1.5",
    "1,5",
    "12.000",
    "1,000",
    "1.",
    "1 .5",
    "1٬000",
  ])
    expect(await setCeiling(trip.road.db, SANDBOX_SHOP, wrong), wrong).toEqual({ most: 100_000_000 });
  expect(await setCeiling(trip.road.db, SANDBOX_SHOP, "1 000")).toBeNull();
  expect((await day()).ceiling).toBe(1_000);
  expect(await setCeiling(trip.road.db, SANDBOX_SHOP, "")).toBeNull();
  expect((await day()).ceiling).toBe(200_000);
});
