// The sandbox's vendors are held to their documents over real HTTP: they judge the app, so they must be right themselves.
import { expect, test } from "vitest";
import { START, vendorsForTests } from "../support/sandbox-vendors.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = START / 1000;
const T = "2026-11-21T10:00:00+01:00";

const sandbox = vendorsForTests();
const { ask, ledger } = sandbox;
const counted = (slug: Parameters<typeof ledger>[0]) => ledger(slug).counts;
const breaches = (slug: Parameters<typeof ledger>[0]) => ledger(slug).breaches.map((one) => one.sentence);

const pixel = (body?: unknown, key = "sp_sandbox", path = "/events", method = "POST") =>
  ask(method, `/shopipixel/api/v1${path}`, { authorization: `Bearer ${key}` }, body);
const event = (eventId: string, more: object = {}) => ({ eventName: "Purchase", eventId, eventTime: NOW, ...more });

test("ShopiPixel knows its keys, their permissions and the plan", async () => {
  expect((await pixel([event("a")], "sp_wrong")).status).toBe(401);
  expect(await pixel([event("a")], "sp_sandbox_read")).toMatchObject({
    status: 403,
    json: { error: "Permission events:write required" },
  });
  expect((await pixel([event("a")], "sp_sandbox_free")).json.error).toBe("Enterprise plan required");
  expect((await pixel(undefined, "sp_sandbox_write", "/stats", "GET")).status).toBe(403);
});

test("ShopiPixel answers each event of a bulk by itself, in order", async () => {
  const { status, json } = await pixel([
    event("a"),
    event("b", { eventName: "Unheard" }),
    event("c", { eventTime: "1" }),
  ]);
  expect(status).toBe(200);
  expect(json.results).toMatchObject([
    { success: true },
    { success: false, error: "event_not_found" },
    { success: false, error: "validation_failed" },
  ]);
  expect(counted("shopipixel")).toEqual({ Purchase: 1 });
  expect(breaches("shopipixel")).toHaveLength(2);
});

test("ShopiPixel takes events from 24 hours ago to 5 minutes ahead", async () => {
  const times = [NOW - 86_401, NOW - 86_400, NOW + 300, NOW + 301];
  const { json } = await pixel(times.map((eventTime, at) => event(`t${at}`, { eventTime })));
  expect(json.results.map((one: { success: boolean }) => one.success)).toEqual([false, true, true, false]);
});

test("ShopiPixel counts an id once in 20 minutes, and again after", async () => {
  await pixel(event("a"));
  sandbox.vendors.moveClock(20 * MINUTE - 1);
  expect((await pixel(event("a"))).json).toMatchObject({ success: true, duplicate: true });
  sandbox.vendors.moveClock(1);
  expect((await pixel(event("a"))).json.duplicate).toBeUndefined();
  expect(sandbox.vendors.ledger("shopipixel").entries).toMatchObject([{ key: "a", counted: 2, carried: 3 }]);
});

test("ShopiPixel limits bodies to 512 KB, batches to 100, and an hour to 1,000 requests", async () => {
  expect((await pixel([event("a", { customData: { note: "ü".repeat(262_144) } })])).status).toBe(413);
  expect((await pixel(Array.from({ length: 101 }, (_, at) => event(`e${at}`)))).status).toBe(400);
  await Promise.all(Array.from({ length: 998 }, () => pixel(undefined, "sp_sandbox", "/events?limit=1", "GET")));
  const refused = await pixel(event("late"));
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("3600");
  sandbox.vendors.moveClock(HOUR);
  expect((await pixel(event("late"))).status).toBe(200);
});

test("ShopiPixel gives events out page by page, without personal data, and refuses an hourly range over 7 days", async () => {
  await pixel([1, 2, 3].map((at) => event(`e${at}`, { userData: { email: "mara@example.com" } })));
  const first = await pixel(undefined, "sp_sandbox", "/events?limit=2", "GET");
  expect(JSON.stringify(first.json)).not.toContain("mara@");
  const { nextCursor } = first.json.pagination;
  const second = await pixel(undefined, "sp_sandbox", `/events?limit=2&cursor=${nextCursor}`, "GET");
  const ids = [...first.json.data, ...second.json.data].map((one) => one.eventId);
  expect(ids).toEqual(["e3", "e2", "e1"]);
  expect(second.json.pagination).toEqual({ hasMore: false, nextCursor: null });
  const range = "/stats?granularity=hour&from=2026-11-01&to=2026-11-20";
  expect((await pixel(undefined, "sp_sandbox", range, "GET")).status).toBe(400);
});

const PIXEL = "/prisjakt/pixels/11111111-1111-4111-8111-111111111111";
const CLICK = "239cd31f-9d43-4cb4-b8dc-2057fe18c289_1b05fa7f1c34d125";
const purchase = (id: string, more: object = {}) => ({
  event_name: "purchase",
  event_time: "2026-11-21T09:00:00Z",
  external_event_id: id,
  data: { amount: 12.5, currency: "EUR", number_of_items: 2 },
  signed_click_id: CLICK,
  ...more,
});
const client = { "client-id": "sandbox-client", "client-secret": "sandbox-client-secret" };
const click = (
  body: unknown,
  path = `${PIXEL}/events`,
  headers: Record<string, string> = { "client-id": "sandbox-client" },
) => ask("POST", path, headers, body);

test("Prisjakt takes a purchase by client id alone, and answers 409 for the same id within 30 days", async () => {
  expect((await click(purchase("1"))).status).toBe(201);
  sandbox.vendors.moveClock(30 * DAY - 1);
  expect((await click(purchase("1"))).status).toBe(409);
  sandbox.vendors.moveClock(1);
  expect((await click(purchase("1"))).status).toBe(201);
});

test("Prisjakt takes a purchase by the pixel ID alone", async () => {
  expect((await click(purchase("1"), undefined, {})).status).toBe(201);
});

test("Prisjakt refuses a wrong client, pixel, click id, currency, time and id", async () => {
  expect((await click(purchase("1"), undefined, { "client-id": "nobody" })).status).toBe(401);
  expect((await click(purchase("1"), undefined, { "client-id": "sandbox-admin" })).status).toBe(403);
  expect((await click(purchase("1"), "/prisjakt/pixels/33333333-3333-4333-8333-333333333333/events")).status).toBe(404);
  const bad = [
    { signed_click_id: CLICK.slice(0, -1) },
    { data: { amount: 1, currency: "USD" } },
    { data: { amount: "1", currency: "EUR" } },
    { event_time: T },
    { external_event_id: "x".repeat(101) },
  ];
  for (const more of bad) expect((await click(purchase("1", more))).status).toBe(400);
  expect(breaches("prisjakt")).toHaveLength(bad.length);
  expect(counted("prisjakt")).toEqual({});
});

test("Prisjakt updates what a batch brings again, asks the secret for it, and pages its list by a link header", async () => {
  await click(purchase("1"));
  const batch = (events: unknown[], headers?: Record<string, string>) =>
    ask("PATCH", `${PIXEL}/events`, headers ?? { "client-id": "sandbox-client" }, events);
  expect((await batch([purchase("1")])).status).toBe(401);
  const again = [purchase("1", { data: { amount: 20, currency: "EUR" } }), purchase("2")];
  expect((await batch(again, client)).status).toBe(204);
  const range = "from=2026-11-01T00:00:00Z&to=2026-11-22T00:00:00Z";
  const page = await ask("GET", `${PIXEL}/events?per_page=1&${range}`, client);
  expect(page.json).toHaveLength(1);
  expect(page.headers.get("link")).toMatch(/page=2>; rel="next".*rel="last"/);
  const summary = await ask("GET", `${PIXEL}/purchase-summary?${range}`, client);
  expect(summary.json.summaries).toEqual([{ total_amount: 32.5, number_of_events: 2, currency: "EUR" }]);
  const wide = "from=2026-01-01T00:00:00Z&to=2026-11-22T00:00:00Z";
  expect((await ask("GET", `${PIXEL}/events?${wide}`, client)).status).toBe(400);
});

test("a misbehaving vendor loses the answer after the work, breaks it off, or says nonsense, and heals by itself", async () => {
  for (const mode of ["lost", "truncated", "down"] as const) {
    sandbox.vendors.misbehave("prisjakt", mode, 1);
    await expect(click(purchase(mode)), mode).rejects.toThrow();
  }
  expect(counted("prisjakt")).toEqual({ purchase: 2 });
  sandbox.vendors.misbehave("prisjakt", "nonsense", 1);
  await expect(click(purchase("nonsense"))).rejects.toThrow(SyntaxError);
  sandbox.vendors.misbehave("prisjakt", "429", 1);
  expect((await click(purchase("later"))).headers.get("retry-after")).toBe("2");
  expect((await click(purchase("later"))).status).toBe(201);
});

test("the control tells the ledgers, sets a failure and moves the clock", async () => {
  expect((await ask("POST", "/control/alana", {}, { mode: "500" })).status).toBe(200);
  expect((await ask("GET", "/control", {})).json.vendors.alana.mode).toBe("500");
  expect((await ask("POST", "/control/alana", {}, { mode: "tired" })).status).toBe(400);
  await ask("POST", "/control/alana", {}, { mode: null });
  expect((await ask("POST", "/control/clock", {}, { forward: DAY })).json.now).toBe("2026-11-22T09:00:00.000Z");
  await click(purchase("1"));
  const { json } = await ask("GET", "/control/prisjakt", {});
  expect(json).toMatchObject({ mode: null, counts: { purchase: 1 }, last: [{ key: "1", facts: { amount: 12.5 } }] });
});
