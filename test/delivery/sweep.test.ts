// The sweep: it finds what waits without a bell, and leaves alone what waits for a reason.
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliver } from "../../app/delivery/deliver/deliver.ts";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { findForgotten } from "../../app/delivery/upkeep/sweep.ts";
import { destinations } from "../../app/destinations/index.ts";
import { newOrder, orderCreated } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const never = new AbortController().signal;

let trip: TestRoad;
let lane: string;
beforeEach(async () => {
  trip = await openTestRoad({ destinations: destinations.filter(({ slug }) => slug === "shopipixel") });
  const [row] = await trip.road.db.query<{ id: string }>("SELECT connection_id AS id FROM lane");
  lane = row?.id ?? "";
});
afterEach(() => trip.close());

/** As a process that dies between its commit and its bell. */
async function book(): Promise<void> {
  await trip.hear("orders/create", orderCreated(newOrder({ clickId: null, at: trip.road.clock() })).payload);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
}
const change = (text: string) => trip.road.db.query(text);
const run = () => deliver(trip.road, lane, never);
const found = async () => (await findForgotten(trip.road)).lanes.map(({ connectionId }) => connectionId);
const soon = () => trip.forward(2 * SECOND);

test("a bell that is lost is rung again, although the lane's next time lies an hour or days ahead", async () => {
  await book();
  for (const ahead of ["1 hour", "72 hours"]) {
    await change(`UPDATE delivery SET due_at = now() + interval '${ahead}' WHERE state = 'due'`);
    await run();
    soon();
    expect(await found()).toEqual([]);
    await book();
    expect(await found()).toEqual([]);
    soon();
    expect(await found()).toEqual([lane]);
    await run();
    expect(await found()).toEqual([]);
  }
});

test("a lane that waits for a slot, or backs off, is not rung before its time", async () => {
  await book();
  soon();
  for (const held of ["slot_at = now() + interval '1 minute'", "slot_at = NULL, failures = 1"]) {
    await change(
      `UPDATE lane SET wake_at = now() + interval '1 minute', held_until = now() + interval '1 minute', ${held}`,
    );
    expect(await found()).toEqual([]);
  }
  trip.forward(MINUTE);
  expect(await found()).toEqual([lane]);
});

test("nor one whose host is ill, until a probe may leave; and those that were woken together stay spread", async () => {
  await book();
  soon();
  await change("UPDATE lane SET wake_at = now() + interval '1 minute', host = 'ill.example'");
  const breaker = (more: string) =>
    change(`INSERT INTO host_breaker (host, failures, lanes, opened_at, probe_at) VALUES ('ill.example', 9, '{}', ${more})
      ON CONFLICT (host) DO UPDATE SET opened_at = excluded.opened_at, probe_at = excluded.probe_at`);
  await breaker("now(), now() + interval '30 s'");
  expect(await found()).toEqual([]);
  await breaker("NULL, NULL");
  expect(await found()).toEqual([lane]);
  await breaker("now(), now() + interval '-1 s'");
  expect(await found()).toEqual([lane]);
  await change("UPDATE lane SET wake_at = now() + interval '5 s'");
  expect(await found()).toEqual([]);
});

test("what waits behind an older one of its subject rings nobody", async () => {
  const order = newOrder({ clickId: null, at: trip.road.clock() });
  await trip.hear("orders/create", orderCreated(order).payload);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  await change(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT shop, destination, account, '\\x01', connection_id, event_id, kind, subject, occurred_at + interval '1 s', due_at, deadline_at FROM delivery`,
  );
  soon();
  expect(await found()).toEqual([lane]);
  await change("UPDATE delivery SET due_at = now() + interval '1 hour' WHERE key_hash <> '\\x01'");
  expect(await found()).toEqual([]);
});

test("a shop whose webhook nobody rang for is rung, once its own bell should have been answered", async () => {
  const shops = async () => (await findForgotten(trip.road)).shops;
  await trip.hear("orders/create", orderCreated(newOrder({ clickId: null })).payload);
  // By the database's clock, which dates the webhooks.
  await change("UPDATE webhook SET received_at = clock_timestamp() + interval '1 minute'");
  expect(await shops()).toEqual([]);
  await change("UPDATE webhook SET received_at = clock_timestamp() - interval '2 s'");
  expect(await shops()).toEqual([SANDBOX_SHOP]);
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  expect(await shops()).toEqual([]);
});

test("of very many shops and lanes that wait, one sweep rings for some, and none is left out for ever", async () => {
  const MANY = 250;
  await book();
  const copies = `generate_series(1, ${MANY}) AS n`;
  const own = (row: string, other: string) =>
    `(jsonb_populate_record(r, jsonb_build_object(${other}, 'shop', 'shop-' || n || '.myshopify.com'))).* FROM ${row} AS r, ${copies}`;
  await change(`INSERT INTO connection SELECT ${own("connection", "'id', md5(n::text)::uuid")}`);
  await change(`INSERT INTO lane SELECT ${own("lane", "'connection_id', md5(n::text)::uuid")}`);
  await change(
    `INSERT INTO delivery (shop, destination, account, key_hash, connection_id, event_id, kind, subject, occurred_at, due_at, deadline_at)
     SELECT 'shop-' || n || '.myshopify.com', destination, account, key_hash, md5(n::text)::uuid, event_id, kind, subject, occurred_at, due_at, deadline_at
     FROM delivery, ${copies}`,
  );
  await change(
    `INSERT INTO webhook (shop, topic, webhook_id, received_at)
     SELECT 'shop-' || n || '.myshopify.com', 'orders/create', 'late', clock_timestamp() - interval '2 s' FROM ${copies}`,
  );
  soon();
  const [shops, lanes] = [new Set<string>(), new Set<string>()];
  while (shops.size < MANY || lanes.size < MANY) {
    const found = await findForgotten(trip.road);
    expect(found.shops.length).toBeLessThan(MANY);
    expect(found.lanes.length).toBeLessThan(MANY);
    for (const shop of found.shops) shops.add(shop);
    for (const { connectionId } of found.lanes) lanes.add(connectionId);
  }
});
