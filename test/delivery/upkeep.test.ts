// The upkeep: what is too old goes and nothing else, and one process at a time does it.
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeyring } from "../../app/base/secrets.ts";
import { alertWays, setAlertUrl } from "../../app/delivery/alerts/ways.ts";
import { attention } from "../../app/delivery/ledger/attention.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { replays } from "../../app/delivery/ledger/replays.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { newClickId, newOrder, orderCreated, orderUpdated, type Webhook } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { becauseOf } from "../support/told.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const hear = ({ topic, payload }: Webhook) => trip.hear(topic, payload);
const tend = () => upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
const query = <Row>(text: string) => trip.road.db.query<Row>(text);
const bodies = async () =>
  Object.fromEntries(
    (await query<{ topic: string; there: boolean }>("SELECT topic, body IS NOT NULL AS there FROM webhook")).map(
      ({ topic, there }) => [topic, there],
    ),
  );
const count = async (table: string, where = "true") =>
  (await query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE ${where}`))[0]?.count;

test("an ignored webhook's body goes after a day, a request's once it is worked off, all others after 30 days, and one that is not read yet stays", async () => {
  await trip.hear("themes/publish", "{}");
  await trip.hear("carts/create", "no json {");
  await trip.hear("customers/redact", { shop_domain: SANDBOX_SHOP });
  await hear(orderCreated(newOrder()));
  await trip.run();
  trip.forward(23 * HOUR);
  await tend();
  expect(await bodies()).toMatchObject({ "themes/publish": true, "carts/create": true, "orders/create": true });
  trip.forward(2 * HOUR);
  await tend();
  expect(await bodies()).toEqual({
    "themes/publish": false,
    "carts/create": true,
    "customers/redact": false,
    "orders/create": true,
  });

  await trip.hear("collections/delete", '{"id":1}');
  trip.forward(30 * DAY);
  await tend();
  expect(await bodies()).toMatchObject({ "orders/create": false, "collections/delete": true });
  await trip.run();
  await tend();
  expect((await bodies())["collections/delete"]).toBe(false);
});

test("an event's data goes after 90 days, and the key that it was sent by stays for ever", async () => {
  const order = newOrder({ clickId: newClickId() });
  await hear(orderCreated(order));
  await trip.run();
  const owed = await count("delivery", "kind = 'order.placed'");
  trip.forward(89 * DAY);
  await tend();
  expect(await count("event", "data IS NULL")).toBe(0);
  trip.forward(2 * DAY);
  await tend();
  expect(await count("event", "data IS NOT NULL")).toBe(0);
  expect(await count("delivery", "kind = 'order.placed'")).toBe(owed);

  await hear(orderUpdated(order));
  await trip.run();
  const purchases = trip.vendors.ledger("prisjakt").entries.filter(({ kind }) => kind === "purchase");
  expect(purchases).toMatchObject([{ key: String(order.id), carried: 1 }]);
});

test("an event that is still to be sent keeps its data until it was, and no other has to wait for it", async () => {
  await hear(orderCreated(newOrder({ clickId: null })));
  await trip.run();
  await query(
    "UPDATE delivery SET state = 'due', due_at = now() + interval '1 year', deadline_at = now() + interval '1 year' WHERE kind = 'order.placed' AND destination = 'shopipixel'",
  );
  trip.forward(91 * DAY);
  await tend();
  expect(await query("SELECT kind FROM event WHERE data IS NOT NULL")).toEqual([{ kind: "order.placed" }]);
  await query("UPDATE delivery SET state = 'delivered' WHERE state = 'due'");
  await tend();
  expect(await count("event", "data IS NOT NULL")).toBe(0);
});

test("superseded states go after 30 days with their events; attempts and expired snapshots go as well", async () => {
  const order = newOrder({ clickId: null });
  await hear(orderCreated(order));
  await hear(
    orderUpdated({ ...order, updated_at: new Date(Date.now() + 1_000).toISOString(), note: "later" } as never),
  );
  await trip.run();
  expect(await count("delivery", "state = 'superseded'")).toBeGreaterThan(0);
  expect(await count("attempt")).toBeGreaterThan(0);
  const states = (await count("event", "kind = 'order.updated'")) ?? 0;
  trip.forward(29 * DAY);
  await tend();
  expect(await count("attempt")).toBeGreaterThan(0);
  trip.forward(2 * DAY);
  await query("UPDATE snapshot SET expires_at = now() WHERE kind = 'visitor'");
  await tend();
  expect(await count("delivery", "state = 'superseded'")).toBe(0);
  expect(await count("event", "kind = 'order.updated'")).toBe(states - 1);
  expect(await count("event", "kind = 'order.placed'")).toBe(1);
  expect(await count("attempt")).toBe(0);
  expect(await count("snapshot", "kind = 'visitor'")).toBe(0);
  expect(await query("SELECT count FROM delivery_count WHERE state = 'superseded'")).toEqual([{ count: "0" }]);
});

test("one process at a time tends", async () => {
  await trip.road.db.transaction(async (sql) => {
    await sql.query("SELECT pg_advisory_xact_lock(7, 2)");
    expect(await tend()).toBe(false);
  });
  expect(await tend()).toMatchObject({ abandoned: 0 });
});

test("a connection to the database that breaks between two statements fails its transaction, and no more", async () => {
  const broken = trip.road.db.transaction(async (sql) => {
    const [own] = await sql.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await trip.road.db.query("SELECT pg_terminate_backend($1, 1000)", [own?.pid]);
    await sql.query("SELECT 1");
  });
  await expect(broken).rejects.toThrow();
  expect(await tend()).toMatchObject({ abandoned: 0 });
});

test("a part that fails is told, and holds up no other", async () => {
  await hear(orderCreated(newOrder({ clickId: null })));
  await trip.run();
  await query("ALTER TABLE alert RENAME TO lost");
  trip.forward(31 * DAY);
  expect(await tend()).toMatchObject({
    failures: ["alerts", "notices of alerts", "removal of alerts"].map((part) => ({ part, error: expect.any(Error) })),
  });
  expect(await count("attempt")).toBe(0);
});

test("an address for alerts that no key opens any more is told where it is shown and where it was to be used, and stops nothing", async () => {
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://alerts.example.com/hook");
  trip.road.keys = openKeyring(randomBytes(32).toString("base64"));
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook).toEqual({ host: null, problem: null });
  await query(`UPDATE connection SET state = 'paused', ${becauseOf("it says 401")} WHERE destination = 'alana'`);
  expect(await tend()).toMatchObject({ failures: [] });
  expect(await query("SELECT reason_code AS code FROM alert_notice")).toEqual([{ code: "notice_unopened" }]);
  await setAlertUrl(trip.road, SANDBOX_SHOP, "webhook", "https://alerts.example.com/hook");
  expect((await alertWays(trip.road, SANDBOX_SHOP)).webhook).toMatchObject({ host: "alerts.example.com" });
});

test("a replay is written down with what was asked for and how many it was", async () => {
  trip.vendors.misbehave("alana", "lost", 1);
  await hear(orderCreated(newOrder({ clickId: null })));
  await trip.run();
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  const which = { connectionId: group?.connectionId ?? "", state: group?.state ?? "", reason: group?.reason ?? null };
  expect(await replay(trip.road, SANDBOX_SHOP, which)).toBe(1);
  expect(await replays(trip.road, SANDBOX_SHOP)).toMatchObject([{ at: expect.any(Date), which, count: 1 }]);
  expect(await replays(trip.road, "other.myshopify.com")).toEqual([]);
});

test("what is too old to outlast its sending is not replayed", async () => {
  await hear(orderCreated(newOrder({ clickId: null })));
  await trip.run();
  await query(`UPDATE delivery SET state = 'refused', ${becauseOf("no")} WHERE destination = 'tolinku'`);
  const [group] = await attention(trip.road, SANDBOX_SHOP);
  const which = { ids: [group?.sampleId ?? ""] };
  trip.forward(87 * DAY);
  expect(await replay(trip.road, SANDBOX_SHOP, which)).toBe(0);
  trip.forward(-DAY);
  expect(await replay(trip.road, SANDBOX_SHOP, which)).toBe(1);
});
