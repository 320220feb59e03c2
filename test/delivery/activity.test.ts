// The activity of a shop: what was typed is found, filters hold, pages follow one another, and nothing is read beyond what is shown.
import { afterEach, beforeEach, expect, test } from "vitest";
import { activity } from "../../app/delivery/activity/activity.ts";
import { eventStory } from "../../app/delivery/activity/event.ts";
import type { Line } from "../../app/delivery/activity/lines.ts";
import { orderStory } from "../../app/delivery/activity/order.ts";
import { placeText, readPlace, type Wanted } from "../../app/delivery/activity/wanted.ts";
import { orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { customer, line, order } from "../support/payloads.ts";
import { DAY, MINUTE, openTrade, type Trade } from "../support/trade.ts";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopimind"]);
});
afterEach(() => trip.close());

const ALL: Wanted = {
  ...{ typed: "", connectionId: null, state: null, reasonCode: null, kind: null, from: null, until: null, after: null },
};
const page = (wanted: Partial<Wanted> = {}, shop = SANDBOX_SHOP) => activity(trip.road, shop, { ...ALL, ...wanted });
const found = async (typed: string, shop?: string) => (await page({ typed }, shop)).lines.map(({ subject }) => subject);
const names = (lines: Line[]) => lines.map(({ kind, name }) => `${kind} ${name}`);
const connection = async (slug: string) =>
  (await trip.road.db.query<{ id: string }>("SELECT id FROM connection WHERE destination = $1", [slug]))[0]?.id ?? "";

test("an order is found by its name, its id, its customer, an e-mail address, a phone number, and ids of events and deliveries", async () => {
  const buyer = customer({ id: 6_400_000_000_123, email: "nora@example.com", phone: "+49302312999" });
  await trip.hear(
    "orders/create",
    order({ id: 5_600_000_000_777, name: "#1777", email: "Nora@Example.com", customer: buyer }),
  );
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  const subject = "order:5600000000777";
  const [event] = await trip.road.db.query<{ id: string; delivery: string }>(
    "SELECT e.id, d.id AS delivery FROM event e JOIN delivery d ON d.event_id = e.id WHERE e.subject = $1 LIMIT 1",
    [subject],
  );
  for (const typed of [
    ...["#1777", " 1777 ", "5600000000777", "purchase:5600000000777", "purchase_5600000000777"],
    ...["5600000000777-refund-1", "gid://shopify/Order/5600000000777", subject, "6400000000123"],
    ...["NORA@example.com", "+49 30 2312999", "030 2312999", "004930/2312999", event?.id ?? "", event?.delivery ?? ""],
  ]) {
    expect(await found(typed), typed).toContain(subject);
    expect(await found(typed, "other.myshopify.com"), typed).toEqual([]);
  }
  expect(new Set(await found("#1777"))).toEqual(new Set([subject]));
  for (const typed of [
    "nora",
    "#177",
    "+49 30 2312998",
    "%",
    "_",
    "' OR true --",
    "\\",
    "\u0000",
    "\ud800",
    "{}",
    "#1777'",
  ])
    expect(await found(typed), typed).toEqual([]);
  expect(await found("#1777".padEnd(10_000, "7"))).toEqual([]);
});

test("what is shown is filtered by connection, kind, state, reason and day", async () => {
  const [first, test1] = [trip.order(), trip.order()];
  await trip.take(orderCreated(first));
  await trip.take(orderCreated({ ...test1, test: true } as never));
  await trip.run();
  const tolinku = await connection("tolinku");
  const told = async (wanted: Partial<Wanted>) => {
    const { lines } = await page(wanted);
    return lines.flatMap(({ name, deliveries }) =>
      deliveries.map(({ destination, state }) => `${name} ${destination} ${state}`),
    );
  };
  expect((await told({ connectionId: tolinku })).toSorted()).toEqual(
    [`${first.name} tolinku delivered`, `${test1.name} tolinku skipped`].toSorted(),
  );
  expect(await told({ state: "skipped", connectionId: tolinku })).toEqual([`${test1.name} tolinku skipped`]);
  const { lines } = await page({ state: "skipped" });
  const reasonCode = lines[0]?.deliveries[0]?.reason?.code ?? null;
  expect(reasonCode).not.toBeNull();
  expect(await told({ reasonCode, connectionId: tolinku })).toEqual([`${test1.name} tolinku skipped`]);
  expect(await told({ state: "skipped", reasonCode: "no_such" })).toEqual([]);
  expect(await told({ state: "delivered", kind: "order.placed" })).toEqual([`${first.name} tolinku delivered`]);
  expect(await told({ typed: first.name, connectionId: tolinku })).toEqual([`${first.name} tolinku delivered`]);
  const now = trip.road.clock();
  const later = new Date(now.getTime() + MINUTE);
  expect((await page({ from: new Date(now.getTime() - DAY), until: later })).lines.length).toBeGreaterThan(3);
  expect((await page({ from: later })).lines).toEqual([]);
  expect((await page({ until: new Date(now.getTime() - DAY) })).lines).toEqual([]);
});

test("what waits is told in the order in which it would be lost, and is gone from there when it was sent", async () => {
  trip.vendors.misbehave("tolinku", "500");
  await trip.take(orderCreated(trip.order()));
  trip.forward(MINUTE);
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  const waiting = (await page({ state: "due", connectionId: await connection("tolinku") })).lines;
  expect(waiting).toHaveLength(2);
  const [one, other] = waiting.map(({ deliveries }) => deliveries[0]?.deadlineAt ?? "");
  expect(one && other && one <= other).toBe(true);
  expect((await page({ state: "due", kind: "order.placed" })).lines).toHaveLength(2);
  trip.vendors.misbehave("tolinku", null);
  await trip.runToTheEnd();
  expect((await page({ state: "due" })).lines).toEqual([]);
});

test("the pages follow one another without a gap or a repetition, also where many happened at one moment", async () => {
  const { db } = trip.road;
  await db.query(
    `INSERT INTO event (shop, key, kind, subject, occurred_at)
     SELECT $1, 'k' || n, (ARRAY['page.viewed', 'order.placed', 'cart.changed'])[n % 3 + 1], 's:' || n, now() - (n / 40) * interval '1 minute'
     FROM generate_series(1, 230) n`,
    [SANDBOX_SHOP],
  );
  await db.query(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, state, subject, occurred_at, due_at, deadline_at, settled_at)
     SELECT $1, 'tolinku', 'a', sha256(key::bytea), $2, id, kind, CASE WHEN id % 2 = 0 THEN 'skipped' ELSE 'due' END, subject, occurred_at, now(), occurred_at, occurred_at FROM event`,
    [SANDBOX_SHOP, await connection("tolinku")],
  );
  const all = async (wanted: Partial<Wanted>) => {
    const subjects: string[] = [];
    for (let after: Wanted["after"] | undefined; after !== null; ) {
      const { lines, next } = await page({ ...wanted, after: after ?? null });
      subjects.push(...lines.map(({ subject }) => subject));
      after = next && readPlace(placeText(next));
    }
    return subjects;
  };
  const whole = await all({});
  expect(whole).toHaveLength(230);
  expect(new Set(whole).size).toBe(230);
  for (const state of ["skipped", "due"] as const) {
    const some = await all({ state });
    expect(new Set(some).size).toBe(some.length);
    expect(some).toHaveLength(115);
  }
});

test("an order's page has all that happened to it and what became of each, at ended connections too; no other shop's", async () => {
  await trip.road.db.query("UPDATE connection SET created_at = '2020-01-01'");
  const lines = Array.from({ length: 300 }, (_, n) => line({ id: 9_000 + n, title: `Thing ${n}`, quantity: 2 }));
  const one = order({ id: 5_600_000_000_888, name: "#1888", line_items: lines });
  await trip.hear("orders/create", one);
  await trip.run();
  await trip.road.db.query("UPDATE connection SET state = 'disconnected' WHERE destination = 'tolinku'");
  await trip.hear("orders/cancelled", {
    ...one,
    cancelled_at: "2026-11-20T19:00:03+01:00",
    updated_at: "2026-11-20T19:00:03+01:00",
  });
  await trip.run();
  const story = await orderStory(trip.road, SANDBOX_SHOP, "5600000000888");
  expect(story).toMatchObject({ name: "#1888", more: false, lines: { count: 300 } });
  expect(story?.lines?.first).toHaveLength(20);
  expect(new Set(names(story?.events ?? []))).toContain("order.cancelled #1888");
  const purchase = story?.events.find(({ kind }) => kind === "order.placed")?.deliveries;
  expect(purchase).toMatchObject([{ destination: "tolinku", ended: true, state: "delivered" }]);
  for (const [shop, id] of [
    ["other.myshopify.com", "5600000000888"],
    [SANDBOX_SHOP, "1"],
    [SANDBOX_SHOP, "'"],
    [SANDBOX_SHOP, ""],
  ] as const)
    expect(await orderStory(trip.road, shop, id)).toBeNull();
});

test("an event's page has the webhook with its headers and body, covered until it is opened, and each request", async () => {
  const buyer = trip.order();
  await trip.take(orderCreated(buyer));
  await trip.run();
  const [event] = await trip.road.db.query<{ id: string }>("SELECT id FROM event WHERE kind = 'order.placed'");
  const closed = await eventStory(trip.road, SANDBOX_SHOP, event?.id ?? "", false);
  const opened = await eventStory(trip.road, SANDBOX_SHOP, event?.id ?? "", true);
  expect(closed?.webhook?.headers).toMatchObject({
    "X-Shopify-Topic": "orders/create",
    "X-Shopify-API-Version": "2026-10",
  });
  for (const shown of ["webhook", "data"] as const) {
    const text = (story: typeof closed) => (shown === "data" ? story?.data : story?.webhook?.body)?.text ?? "";
    expect(text(closed)).toContain(String(buyer.id));
    expect(text(closed)).not.toContain(buyer.email);
    expect(text(closed)).not.toContain(String(buyer.customer?.last_name));
    expect(text(opened)).toContain(buyer.email);
  }
  expect(closed?.deliveries.map(({ attempts }) => attempts.length)).toEqual([1]);
  await trip.road.db.query("UPDATE webhook SET body = NULL");
  expect((await eventStory(trip.road, SANDBOX_SHOP, event?.id ?? "", true))?.webhook?.body).toBeNull();
  expect(await eventStory(trip.road, "other.myshopify.com", event?.id ?? "", true)).toBeNull();
});
