// A channel that was paused for plan, permission or quota is tried again with one delivery every hour; and what a vendor warns of before is told.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAlerts, raiseAlerts } from "../../app/delivery/alerts/alerts.ts";
import { listConnections } from "../../app/delivery/connections/connections.ts";
import { findForgotten } from "../../app/delivery/upkeep/sweep.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { order } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold } from "../support/told.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_PLAN = { status: 403, body: { error: "Ecommerce events are not available on the free tier" } };
const BATCH = "/tolinku/v1/api/analytics/ecommerce/batch";

let trip: TestRoad;
/** The transactions of each request to Tolinku. */
let asked: string[][];
/** What Tolinku answers; null: as it does. */
let answer: { status: number; body: object; headers?: Record<string, string> } | null;

const vendor: typeof fetch = async (input, init) => {
  const { pathname } = new URL(String(input instanceof Request ? input.url : input));
  if (pathname !== BATCH) return fetch(input, init);
  const { events } = JSON.parse(String(init?.body)) as { events: { transaction_id: string }[] };
  asked.push(events.map(({ transaction_id }) => transaction_id));
  if (!answer) return fetch(input, init);
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers: answer.headers });
};

beforeEach(async () => {
  asked = [];
  answer = NO_PLAN;
  trip = await openTestRoad({ fetch: vendor });
});
afterEach(() => trip.close());

const place = async (...ids: number[]) => {
  const now = trip.road.clock().toISOString();
  for (const id of ids)
    await trip.hear("orders/create", order({ id, created_at: now, processed_at: now, updated_at: now }));
  await trip.run();
};
const after = async (milliseconds: number) => {
  asked = [];
  trip.forward(milliseconds);
  await trip.run();
};
const states = async () =>
  (await trip.states("tolinku")).filter(({ kind }) => kind === "order.placed").map(({ state }) => state);
const view = async () => {
  const connections = await listConnections(trip.road, SANDBOX_SHOP);
  const tolinku = connections.find(({ destination }) => destination === "tolinku");
  if (!tolinku) throw new Error("there is no connection to Tolinku");
  return tolinku;
};
const alerts = async () => asTold(await openAlerts(trip.road, SANDBOX_SHOP));

test("every hour one delivery goes out, and all others wait", async () => {
  await place(1, 2, 3);
  expect(asked).toEqual([["1", "2", "3"]]);
  await after(HOUR - MINUTE);
  expect(asked).toEqual([]);
  await after(MINUTE);
  expect(asked).toEqual([["1"]]);
  await after(HOUR - MINUTE);
  expect(asked).toEqual([]);
  await after(MINUTE);
  expect(asked).toEqual([["1"]]);
  expect(await states()).toEqual(["due", "due", "due"]);
});

test("a plan that was bought is noticed by that, and what waited goes at once", async () => {
  await place(1, 2, 3);
  answer = null;
  await place(4);
  expect(asked).toHaveLength(1);
  await after(HOUR);
  expect(asked).toEqual([["1"], ["2", "3", "4"]]);
  expect(await states()).toEqual(["delivered", "delivered", "delivered", "delivered"]);
  expect((await view()).pausedChannels).toEqual({});
  await place(5);
  expect(asked.at(-1)).toEqual(["5"]);
});

test("the lane wakes for it by itself, also where nothing new happens", async () => {
  await place(1, 2);
  const lane = async () => {
    const [row] = await trip.road.db.query<{ at: Date }>(
      "SELECT wake_at AS at FROM lane WHERE destination = 'tolinku'",
    );
    return row?.at;
  };
  expect(await lane()).toEqual(new Date((await view()).channelTries.commerce ?? ""));
  await after(HOUR);
  expect(await lane()).toEqual(new Date((await view()).channelTries.commerce ?? ""));
  const forgotten = async () => (await findForgotten(trip.road)).lanes.map(({ destination }) => destination);
  expect(await forgotten()).toEqual([]);
  trip.forward(HOUR + 2_000);
  expect(await forgotten()).toEqual(["tolinku"]);
  answer = null;
  await after(HOUR);
  expect(await states()).toEqual(["delivered", "delivered"]);
  expect(await lane()).toBeNull();
});

test("one that fails on its way is no answer: the channel stays closed, and is tried an hour later", async () => {
  await place(1, 2);
  answer = { status: 503, body: {} };
  await after(HOUR);
  expect(asked).toEqual([["1"]]);
  answer = NO_PLAN;
  await after(30 * MINUTE);
  expect(asked).toEqual([]);
  answer = null;
  await after(30 * MINUTE);
  expect(await states()).toEqual(["delivered", "delivered"]);
});

test("what came meanwhile tries it, where nothing is left of what it held", async () => {
  await place(1);
  await trip.road.db.query("UPDATE delivery SET state = 'skipped' WHERE destination = 'tolinku'");
  answer = null;
  await after(3 * HOUR);
  await place(2);
  await after(HOUR);
  expect((await states()).at(-1)).toBe("delivered");
});

test("the page says when, and a pause that the version before wrote down is tried at once", async () => {
  await place(1, 2);
  const { pausedChannels, channelTries } = asTold(await view());
  expect(pausedChannels.commerce).toMatch(/free tier/);
  const left = Date.parse(channelTries.commerce ?? "") - trip.road.clock().getTime();
  expect(left).toBeGreaterThan(HOUR - MINUTE);
  expect(left).toBeLessThanOrEqual(HOUR);
  await trip.road.db.query("UPDATE lane SET channel_tries = '{}'");
  answer = null;
  await after(1);
  expect(await states()).toEqual(["delivered", "delivered"]);
});

test("a paused channel is no late one", async () => {
  await place(1, 2);
  await after(HOUR);
  await raiseAlerts(trip.road);
  expect((await alerts()).map(({ kind }) => kind)).toEqual(["paused"]);
});

test("a warning of a limit is shown and told for as long as the vendor gives it, before anything is paused", async () => {
  const ok = (events: number, warning?: string) => ({
    status: 200,
    body: { ok: true, accepted: events },
    headers: warning ? { "x-usage-warning": warning } : undefined,
  });
  answer = ok(1, "API calls at 81% of your plan");
  await place(1);
  await raiseAlerts(trip.road);
  expect(asTold(await view()).warning).toMatch(/API calls at 81% of your plan/);
  expect(asTold(await alerts())).toMatchObject([{ kind: "quota", reason: expect.stringMatching(/^Tolinku warns/) }]);
  expect(await states()).toEqual(["delivered"]);
  answer = ok(1);
  await place(2);
  await raiseAlerts(trip.road);
  expect((await view()).warning).toBeNull();
  expect(await alerts()).toEqual([]);
});
