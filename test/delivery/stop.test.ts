// What stops a run under way: its connection or a delivery is switched off, its lease is another's, its turn is over.
import { afterEach, expect, test } from "vitest";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { switchConnection } from "../../app/delivery/connections/switch-connection.ts";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { takeLease } from "../../app/delivery/deliver/lane.ts";
import { newClickId, newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { endLeases } from "../support/crash.ts";
import { textOf } from "../support/database.ts";
import { openTrade, type Trade } from "../support/trade.ts";
import { WIDTH } from "../support/under-way.ts";

let trip: Trade;
afterEach(() => trip.close());

const idOf = async () => (await trip.road.db.query<{ id: string }>("SELECT id FROM connection"))[0]?.id ?? "";
const states = async (slug: "prisjakt" | "tolinku") => {
  const counts: Record<string, number> = {};
  for (const { state } of await trip.purchaseOf(slug)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};
/** Some orders more than leave for Prisjakt side by side, which takes one a request, slowly; `during` happens while the third is under way. */
async function manyOrders(during: () => Promise<unknown>) {
  trip = await openTrade(["prisjakt"]);
  for (let n = 0; n < WIDTH + 4; n += 1) await trip.take(orderCreated(newOrder({ clickId: newClickId() })));
  let requests = 0;
  trip.road.fetch = async (url, init) => {
    requests += 1;
    trip.timer.forward(50);
    if (requests === 3) await during();
    return fetch(url, init);
  };
  await trip.run();
  return requests;
}

test.each([
  "off",
  "paused",
] as const)("a connection that is switched to %s while a run is under way sends nothing more", async (state) => {
  expect(await manyOrders(async () => switchConnection(trip.road, SANDBOX_SHOP, await idOf(), state))).toBe(WIDTH);
  const rest = state === "off" ? { skipped: 4 } : { due: 4 };
  expect(await states("prisjakt")).toEqual({ delivered: WIDTH, ...rest });
  trip.road.fetch = fetch;
  await switchConnection(trip.road, SANDBOX_SHOP, await idOf(), "on");
  await trip.runToTheEnd();
  expect(trip.purchases("prisjakt").every(({ counted, carried }) => counted === 1 && carried === 1)).toBe(true);
});

test("a single delivery that is skipped while a run is under way is not sent, and the others are", async () => {
  const requests = await manyOrders(() =>
    trip.road.db.query("UPDATE delivery SET state = 'skipped' WHERE id = (SELECT max(id) FROM delivery)"),
  );
  expect(requests).toBeGreaterThanOrEqual(WIDTH + 3);
  trip.road.fetch = fetch;
  await trip.runToTheEnd();
  expect(await states("prisjakt")).toEqual({ delivered: WIDTH + 3, skipped: 1 });
});

test("a runner that was held up while it wrote down its attempt sends nothing once another has the lane", async () => {
  trip = await openTrade(["tolinku"]);
  await trip.take(orderCreated(trip.order()));
  const { db } = trip.database;
  let requests = 0;
  trip.road.fetch = (url, init) => {
    requests += 1;
    return fetch(url, init);
  };
  const held = { ...db };
  held.query = (async (what: string, values?: unknown[]) => {
    const rows = await db.query(what, values);
    if (textOf(what).includes("INSERT INTO attempt")) {
      // A minute passes, by its own clock and by the database's, and another takes the lane.
      trip.timer.forward(60_000);
      await endLeases(trip.database);
      await takeLease({ db, timer: trip.timer }, await idOf(), "another");
    }
    return rows;
  }) as typeof db.query;
  trip.road.db = held;
  await trip.run();
  trip.road.db = db;
  expect(requests).toBe(0);
  await endLeases(trip.database);
  await trip.runToTheEnd();
  expect(trip.purchases("tolinku")).toMatchObject([{ counted: 1, carried: 1 }]);
});

test("a run whose vendor is slow ends with its turn, and the lane goes to the back of the queue", async () => {
  trip = await openTrade(["prisjakt"]);
  for (let n = 0; n < 7 * WIDTH; n += 1) await trip.take(orderCreated(newOrder({ clickId: newClickId() })));
  let requests = 0;
  trip.road.fetch = (url, init) => {
    requests += 1;
    // Four seconds for as many as leave side by side.
    trip.timer.forward(4_000 / WIDTH);
    return fetch(url, init);
  };
  await trip.run();
  expect(requests).toBe(3 * WIDTH);
  expect(await deliver(trip.road, await idOf(), new AbortController().signal)).toBeInstanceOf(Date);
  expect(requests).toBe(6 * WIDTH);
});

test("a connection that changes its account owes the new one only what happens from then on", async () => {
  trip = await openTrade(["prisjakt"]);
  trip.vendors.misbehave("prisjakt", "500");
  await trip.take(orderCreated(trip.order()));
  trip.forward(600_000);
  await trip.run();
  await trip.road.db.query("UPDATE delivery SET doubt_since = NULL");
  const id = await idOf();
  const settings = { pixelId: "22222222-2222-4222-8222-222222222222", clientId: "c", clientSecret: "s" };
  expect(
    await saveConnection(trip.road, SANDBOX_SHOP, {
      id,
      destination: "prisjakt",
      name: "Prisjakt",
      settings,
      rules: {},
    }),
  ).toMatchObject({ ok: true });
  expect(await trip.purchaseOf("prisjakt")).toMatchObject([
    { state: "skipped", reason: "it was owed to the account before" },
  ]);
  const [row] = await trip.road.db.query<{ since: Date }>(`SELECT created_at AS since FROM connection`);
  // Ten minutes after it was made.
  expect(trip.road.clock().getTime() - (row?.since.getTime() ?? 0)).toBeLessThan(300_000);
});

test("credentials with a character that no header can hold are refused when they are saved, and are no doubt when they are there", async () => {
  trip = await openTrade(["alana"]);
  const id = await idOf();
  const draft = { id, destination: "alana", name: "alana", settings: { apiKey: "ak_sand\u200bbox" }, rules: {} };
  expect(await saveConnection(trip.road, SANDBOX_SHOP, draft)).toMatchObject({
    ok: false,
    errors: { form: { code: "unsendable" } },
  });
});
