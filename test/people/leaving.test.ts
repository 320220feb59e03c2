// A merchant leaves, comes back, leaves for good: nothing more is sent, nothing counts twice, and of an erased shop nothing is left but hashes.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConnection } from "../../app/delivery/connections/open-connection.ts";
import { saveConnection } from "../../app/delivery/connections/save-connection.ts";
import { redactShop } from "../../app/delivery/people/redact-shop.ts";
import type { Road } from "../../app/delivery/road.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import { install } from "../../app/shopify/install.ts";
import { customerUpdated, newOrder, type Order, orderCreated, refundCreated, someBuyer } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openLife } from "../support/crash.ts";
import { DAY, HOUR, MINUTE, openTrade, type Trade } from "../support/trade.ts";
import { seen } from "../support/visits.ts";

const OTHER = "bakery.myshopify.com";

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopipixel"]);
});
afterEach(() => trip.close());

const tend = async () => {
  await trip.run();
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
};
const told = { shop_domain: SANDBOX_SHOP, myshopify_domain: SANDBOX_SHOP };
const leaves = () => trip.hear("app/uninstalled", told);
const isRedacted = (triggeredAt?: Date) => trip.hear("shop/redact", told, { triggeredAt });
const SETTINGS = {
  tolinku: { domain: "https://sandbox.tolinku.example", apiKey: "tolk_sec_sandbox" },
  shopipixel: { apiKey: "sp_sandbox" },
};
async function comesBack(shop = SANDBOX_SHOP) {
  await install(trip.road.db, shop, null, trip.road.clock());
  for (const [destination, settings] of Object.entries(SETTINGS)) {
    const saved = await saveConnection(trip.road, shop, {
      id: null,
      destination,
      name: destination,
      settings,
      rules: {},
    });
    expect(saved).toMatchObject({ ok: true });
  }
}
const sales = () =>
  [...trip.purchases("tolinku"), ...trip.purchases("shopipixel")]
    .map(({ key, carried }) => `${key} ×${carried}`)
    .toSorted();
const query = <Row>(text: string) => trip.road.db.query<Row>(text);

/** A life of a shop that leaves a mark in every table that has a shop. */
async function lives(): Promise<Order> {
  const [buyer, order] = [someBuyer(), newOrder({ at: trip.road.clock(), clickId: null })];
  await trip.take(customerUpdated(buyer));
  await trip.take(orderCreated(order));
  await trip.take(refundCreated(order));
  await trip.hear(PIXEL_POST, { events: [seen("page_viewed", { customerId: "77" })] });
  await trip.hear("products/update", "not even JSON");
  await trip.hear("customers/data_request", { ...told, customer: { id: order.customer.id } });
  await trip.hear("customers/redact", { ...told, customer: { id: 99 } });
  await trip.run();
  await query(`INSERT INTO replay (shop, at, which, count) VALUES ('${SANDBOX_SHOP}', now(), '{}', 1)`);
  await query(
    `INSERT INTO look (shop, at, who, what, of, about) VALUES ('${SANDBOX_SHOP}', now(), '42', 'file', 1, 'customer:77')`,
  );
  await query(`INSERT INTO pixel_day (shop, day) VALUES ('${SANDBOX_SHOP}', now())`);
  await query(`INSERT INTO token_turn (shop, owner, until) VALUES ('${SANDBOX_SHOP}', gen_random_uuid(), now())`);
  await query(
    `INSERT INTO session (id, shop, state, "accessToken") VALUES ('offline_${SANDBOX_SHOP}', '${SANDBOX_SHOP}', '', 'token')`,
  );
  await query(`INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at)
    SELECT shop, id, destination, 'late', 'alert_late', '{"name": "${SANDBOX_SHOP}", "minutes": "1"}', now(), now() FROM connection LIMIT 1`);
  await tend();
  return order;
}

/** Every row of every table of every schema that has one of the marks. */
async function rowsWith(marks: string[]): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ row: string; bytes: string }>(`SELECT t::text AS row FROM ${name} t`);
    const bodies =
      name === "public.webhook"
        ? await query<{ row: string }>("SELECT encode(body, 'escape') AS row FROM webhook WHERE body IS NOT NULL")
        : [];
    for (const { row } of [...rows, ...bodies])
      if (marks.some((mark) => row.toLowerCase().includes(mark.toLowerCase())))
        found.push(`${name} ${row.slice(0, 120)}`);
  }
  return found;
}
const marksOf = ({ id, customer, email }: Order) => [
  SANDBOX_SHOP,
  String(id),
  String(customer.id),
  email,
  "tolk_sec",
  "sp_sandbox",
];

test("who leaves is sent nothing more: what is owed is skipped, tokens and credentials are gone at once", async () => {
  await lives();
  trip.vendors.misbehave("tolinku", "down");
  await trip.take(orderCreated(trip.order()));
  await trip.run();
  await leaves();
  await trip.run();
  trip.vendors.misbehave("tolinku", null);
  const before = sales();
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(sales()).toEqual(before);
  expect(await query("SELECT 1 FROM delivery WHERE state = 'due'")).toEqual([]);
  expect((await trip.states("tolinku")).filter(({ reason }) => reason === "uninstalled").length).toBeGreaterThan(0);
  expect(await query("SELECT DISTINCT state, secrets, settings FROM connection")).toEqual([
    { state: "disconnected", secrets: null, settings: {} },
  ]);
  expect(await query("SELECT 1 FROM session")).toEqual([]);
  const [one] = await query<{ id: string }>("SELECT id FROM connection LIMIT 1");
  expect(await openConnection(trip.road, one?.id ?? "")).toBeNull();
});

test("who comes back starts clean, and the same orders sent again count nothing, whatever they say of their time", async () => {
  const order = await lives();
  await leaves();
  await trip.run();
  trip.forward(HOUR);
  await comesBack();
  expect(await query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
  const before = sales();
  const again = { ...order, updated_at: trip.road.clock().toISOString() };
  for (const one of [order, again as Order]) await trip.take(orderCreated(one));
  await trip.runToTheEnd();
  expect(sales()).toEqual(before);
  // The leaving of before, and its shop/redact, come late.
  await trip.hear("app/uninstalled", told, { triggeredAt: new Date(trip.road.clock().getTime() - 50 * MINUTE - HOUR) });
  await isRedacted(new Date(trip.road.clock().getTime() - HOUR - 30 * MINUTE));
  await tend();
  expect(await query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(sales()).toHaveLength(before.length + 2);
});

test("shop/redact leaves nothing of the shop or its people but hashes, and nothing of another shop is touched", async () => {
  await comesBack(OTHER);
  await trip.hear("orders/create", orderCreated(newOrder({ at: trip.road.clock() })).payload, { shop: OTHER });
  const order = await lives();
  const others = await rowsWith([OTHER]);
  expect((await rowsWith([SANDBOX_SHOP])).map((row) => row.split(" ")[0])).toEqual(
    expect.arrayContaining(
      [
        "shop",
        "webhook",
        "event",
        "snapshot",
        "delivery",
        "attempt",
        "alert",
        "replay",
        "erasure",
        "data_request",
        "look",
      ].map((table) => `public.${table}`),
    ),
  );
  await leaves();
  await trip.run();
  trip.forward(2 * DAY);
  await isRedacted();
  await tend();
  expect(await rowsWith(marksOf(order))).toEqual([]);
  expect((await rowsWith([OTHER])).length).toBe(others.length);
  const connections = "SELECT 1 FROM lane UNION ALL SELECT 1 FROM high_water UNION ALL SELECT 1 FROM delivery_count";
  expect(
    await query(
      `${connections.replaceAll(" UNION", " WHERE connection_id NOT IN (SELECT id FROM connection) UNION")} WHERE connection_id NOT IN (SELECT id FROM connection)`,
    ),
  ).toEqual([]);
  expect(await query("SELECT 1 FROM erased_shop")).toHaveLength(1);
  const kept = await query("SELECT 1 FROM kept_key");
  expect(kept.length).toBeGreaterThanOrEqual(4);
  // It comes a second time, for a shop that nobody knows any more.
  await isRedacted();
  await tend();
  expect(await rowsWith(marksOf(order))).toEqual([]);
  expect(await query("SELECT 1 FROM kept_key")).toHaveLength(kept.length);
});

test("what an erased shop counted before is not counted again when it is back, and the page says why", async () => {
  const order = await lives();
  await leaves();
  await isRedacted();
  await tend();
  expect(await rowsWith(marksOf(order))).toEqual([]);
  trip.forward(MINUTE);
  await comesBack();
  const before = sales();
  // As an order that claims to be placed after the shop was back: the ledger's hash alone holds it.
  const now = trip.road
    .clock()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  const { topic, payload } = orderCreated(order);
  await trip.hear(topic, { ...(payload as object), created_at: now, processed_at: now, updated_at: now });
  await trip.runToTheEnd();
  expect(sales()).toEqual(before);
  expect(await trip.purchaseOf("tolinku")).toMatchObject([
    { state: "skipped", reason: "it was counted before the shop left and was erased here" },
  ]);
  await trip.take(orderCreated(trip.order()));
  await trip.runToTheEnd();
  expect(sales()).toHaveLength(before.length + 2);
});

test("a shop that is back before its shop/redact is worked off is not erased", async () => {
  await lives();
  await leaves();
  await isRedacted();
  await trip.run();
  trip.forward(MINUTE);
  await comesBack();
  await tend();
  expect(await query("SELECT state FROM webhook WHERE topic = 'shop/redact'")).toEqual([{ state: "normalized" }]);
  expect(await query("SELECT 1 FROM event")).not.toEqual([]);
  expect(await query("SELECT 1 FROM connection WHERE state = 'on'")).toHaveLength(2);
});

test("a redaction that dies at any of its statements is ended by the next round", async () => {
  const webhook = () => ({ triggeredAt: trip.road.clock(), receivedAt: trip.road.clock() });
  const die = async (point?: number) => {
    const life = openLife(
      trip.database.db,
      point === undefined ? undefined : { point, when: point % 2 ? "before" : "after" },
    );
    const road: Road = { ...trip.road, db: life.db };
    await redactShop(road, SANDBOX_SHOP, webhook()).catch((error: unknown) => {
      if (!life.isOver()) throw error;
    });
    return life.points;
  };
  await lives();
  const whole = await die();
  expect(whole.length).toBeGreaterThan(15);
  for (let point = 1; point <= whole.length; point += 4) {
    await comesBack();
    await trip.take(orderCreated(trip.order()));
    await trip.run();
    trip.forward(MINUTE);
    await leaves();
    await trip.run();
    const keys = await query("SELECT 1 FROM kept_key");
    const owed = await query("SELECT 1 FROM delivery WHERE version IS NULL");
    await die(point);
    expect(await redactShop(trip.road, SANDBOX_SHOP, webhook())).toBe(true);
    expect({ point: whole[point - 1], left: await rowsWith([SANDBOX_SHOP]) }).toEqual({
      point: expect.anything(),
      left: [],
    });
    expect(await query("SELECT 1 FROM kept_key")).toHaveLength(keys.length + owed.length);
    trip.forward(MINUTE);
  }
});
