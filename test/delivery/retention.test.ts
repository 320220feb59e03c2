// The retention: what is not ready keeps what it needs, and holds up nothing else.
import { afterEach, beforeEach, expect, test } from "vitest";
import { removals } from "../../app/delivery/upkeep/retention.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { PIXEL_POST } from "../../app/events/read.ts";
import {
  consentChanged,
  customerCreated,
  newOrder,
  orderCreated,
  productUpdated,
  someBuyer,
} from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { SLUGS } from "../../sandbox/vendors.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { seen } from "../support/visits.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const tend = async () => {
  const round = await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  expect(round).toMatchObject({ failures: [] });
};
const query = <Row>(text: string, values?: unknown[]) => trip.road.db.query<Row>(text, values);
const bodies = async () =>
  (await query<{ topic: string }>("SELECT topic FROM webhook WHERE body IS NOT NULL ORDER BY id")).map(
    ({ topic }) => topic,
  );

test("a webhook that nobody can work off keeps its own body, and that of no other", async () => {
  await trip.hear("orders/create", { id: 1 }, { shop: "stuck.myshopify.com" });
  await trip.road.db.transaction(async (sql) => {
    await sql.query("SELECT pg_advisory_xact_lock(hashtextextended('stuck.myshopify.com', 1))");
    await trip.hear("themes/publish", "{}");
    await trip.hear("products/update", productUpdated().payload);
    await query("UPDATE webhook SET state = 'normalized' WHERE topic = 'products/update'");
    await query("UPDATE webhook SET state = 'ignored' WHERE topic = 'themes/publish'");
    trip.forward(2 * DAY);
    await tend();
    expect(await bodies()).toEqual(["orders/create", "products/update"]);
    trip.forward(29 * DAY);
    await tend();
    expect(await bodies()).toEqual(["orders/create"]);
  });
  await query("UPDATE webhook SET state = 'unreadable' WHERE state = 'received'");
  await tend();
  expect(await bodies()).toEqual([]);
});

test("a request of the shop's customer keeps its body until it was worked off, and no longer", async () => {
  await trip.hear("customers/redact", { shop_domain: SANDBOX_SHOP, customer: { id: 1 } });
  await trip.run();
  trip.forward(400 * DAY);
  for (const { remove } of removals(trip.road, new AbortController().signal)) await remove();
  expect(await bodies()).toEqual(["customers/redact"]);
  await tend();
  expect(await bodies()).toEqual([]);
});

test("a post of the web pixel keeps its body for a day, once it was read", async () => {
  await trip.hear(PIXEL_POST, { events: [seen("page_viewed")] });
  await trip.run();
  await trip.hear("orders/create", orderCreated(newOrder()).payload);
  await trip.run();
  trip.forward(23 * HOUR);
  await tend();
  expect(await bodies()).toEqual([PIXEL_POST, "orders/create"]);
  trip.forward(2 * HOUR);
  await tend();
  expect(await bodies()).toEqual(["orders/create"]);
});

test("what is known of a customer goes with its time; what they said of the newsletter stays, and no old webhook brings the rest back", async () => {
  const buyer = someBuyer();
  const [saved, said] = [customerCreated(buyer), consentChanged(buyer, true)];
  const triggeredAt = trip.road.clock();
  for (const { topic, payload } of [saved, said]) await trip.hear(topic, payload, { triggeredAt });
  await trip.run();
  await query("UPDATE snapshot SET expires_at = $1 WHERE kind = 'customer'", [new Date(triggeredAt.getTime() - 1)]);
  const forgotten = async () => {
    const known = JSON.stringify(await query("SELECT data FROM snapshot WHERE kind = 'customer'"));
    expect(known).not.toContain(buyer.lastName);
    expect(known).toContain('"subscribed":true');
  };
  await tend();
  await forgotten();
  const events = await query("SELECT key FROM event");
  await trip.hear(saved.topic, saved.payload, { triggeredAt });
  await trip.run();
  await forgotten();
  expect(await query("SELECT key FROM event")).toEqual(events);
  const changed = { ...(saved.payload as object), updated_at: new Date(Date.now() + HOUR).toISOString() };
  await trip.hear(saved.topic, changed);
  await trip.run();
  expect(JSON.stringify(await query("SELECT data FROM snapshot WHERE kind = 'customer'"))).toContain(buyer.lastName);
});

test("replays and alerts that are over are kept for a year", async () => {
  await query(`INSERT INTO replay (shop, at, which, count) VALUES ('${SANDBOX_SHOP}', now(), '{}', 1)`);
  await query(`INSERT INTO alert (shop, connection_id, destination, kind, reason_code, reason_values, since, told_at, ended_at)
    SELECT shop, id, destination, 'late', 'alert_late', '{}', now(), now(), CASE WHEN destination = 'alana' THEN now() END FROM connection`);
  await query("UPDATE alert SET ended_at = now() WHERE destination = 'alana'");
  const count = async (table: string) => (await query(`SELECT 1 FROM ${table}`)).length;
  trip.forward(364 * DAY);
  await tend();
  expect([await count("replay"), await count("alert")]).toEqual([1, SLUGS.length]);
  trip.forward(2 * DAY);
  await tend();
  // The others ended when the upkeep first saw that they had no cause.
  expect([await count("replay"), await count("alert")]).toEqual([0, SLUGS.length - 1]);
});
