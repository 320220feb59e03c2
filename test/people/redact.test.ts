// customers/redact: the person is erased here and at the vendors, however often it comes; who fails is asked again for a month, and a record without personal data stays.
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasures } from "../../app/delivery/erasure/record.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { customer, order } from "../support/payloads.ts";
import { DAY, MINUTE, openTrade, type Trade } from "../support/trade.ts";

const NORA = { id: 6_401_001, email: "nora@home.example", phone: "+4930231259991" };

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopimind", "prisjakt"]);
});
afterEach(() => trip.close());

const asks = (who: object | null, more: object = {}) =>
  trip.hear("customers/redact", { shop_domain: SANDBOX_SHOP, customer: who, ...more });
const tend = async () => {
  await trip.run();
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
};
const lines = () => erasures(trip.road, SANDBOX_SHOP);
const at = async (slug: string) => (await lines())[0]?.vendors.find(({ destination }) => destination === slug)?.is;
const bought = (id: number, over: object = {}) => {
  const now = trip.road
    .clock()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  const times = { created_at: now, processed_at: now, updated_at: now };
  return trip.hear(
    "orders/create",
    order({ id, name: `#${id}`, cart_token: null, checkout_token: null, ...times, ...over }),
  );
};
const lives = async () => {
  const person = customer({ ...NORA, default_address: null, addresses: [] });
  await trip.hear("customers/create", person);
  await bought(5_001_001, { customer: person, email: NORA.email });
  await trip.run();
};
const left = async (mark: string) =>
  trip.road.db.query(
    `SELECT 'event' FROM event WHERE data::text LIKE $1 UNION ALL SELECT 'snapshot' FROM snapshot WHERE data::text LIKE $1
     UNION ALL SELECT topic FROM webhook WHERE encode(body, 'escape') LIKE $1 UNION ALL SELECT 'erasure' FROM erasure e WHERE e::text LIKE $1`,
    [`%${mark}%`],
  );
const deletedAtTolinku = () => trip.vendors.ledger("tolinku").entries.filter(({ kind }) => kind === "deleted user");

test("the person is erased here and at the vendors, and a second one for the same person does no harm", async () => {
  await lives();
  await asks(NORA, { orders_to_redact: [5_001_001, 77] });
  await tend();
  expect(await lines()).toMatchObject([{ customerId: "6401001", by: "shopify", doneAt: expect.any(Date) }]);
  expect([await at("tolinku"), await at("shopimind"), await at("prisjakt")]).toEqual(["done", "done", "no such call"]);
  expect(await left(NORA.email)).toEqual([]);
  await asks(NORA);
  await tend();
  expect(await lines()).toHaveLength(2);
  expect([await at("tolinku"), await at("shopimind")]).toEqual(["done", "done"]);
  expect(await trip.road.db.query("SELECT count(*)::int AS count FROM webhook WHERE state <> 'normalized'")).toEqual([
    { count: 0 },
  ]);
});

test("without an id, a guest is found by the e-mail address, the number, or the orders that are named", async () => {
  const guest = { customer: null, contact_email: null, billing_address: null, shipping_address: null };
  await bought(5_001_002, { ...guest, email: "by-mail@home.example", phone: null });
  await bought(5_001_003, { ...guest, email: null, phone: "030 231259992", note: "by-phone" });
  await bought(5_001_004, { ...guest, email: "by-order@home.example", phone: null });
  await trip.run();
  await asks({ email: "By-Mail@home.example" });
  await asks({ phone: "+4930231259992" });
  await asks(null, { orders_to_redact: [5_001_004] });
  await tend();
  const found = await Promise.all(["by-mail@", "by-phone", "by-order@"].map(left));
  expect(found).toEqual([[], [], []]);
  expect((await lines()).map(({ customerId, nobody }) => [customerId, nobody])).toEqual(Array(3).fill([null, false]));
});

test("one that names nobody, or nobody who is known, is done and written down", async () => {
  await lives();
  await asks(null);
  await asks({ id: 1 }, { orders_to_redact: [99] });
  await trip.hear(
    "customers/redact",
    { shop_domain: "gone.myshopify.com", customer: NORA },
    { shop: "gone.myshopify.com" },
  );
  await tend();
  expect(await lines()).toMatchObject([
    { customerId: "1", nobody: false, doneAt: expect.any(Date) },
    { nobody: true, by: "shopify", doneAt: expect.any(Date), vendors: [] },
  ]);
  expect(await erasures(trip.road, "gone.myshopify.com")).toMatchObject([{ customerId: "6401001", vendors: [] }]);
  expect(await left(NORA.email)).not.toEqual([]);
});

test("a vendor that fails is asked again by itself, rarer and rarer, until it does it", async () => {
  await lives();
  trip.vendors.misbehave("tolinku", "500");
  await asks(NORA);
  await tend();
  expect([await at("tolinku"), await at("shopimind")]).toEqual(["failed", "done"]);
  const requests = () => trip.vendors.ledger("tolinku").requests;
  const before = requests();
  await tend();
  expect(requests()).toBe(before);
  for (let days = 0; days < 10; days += 1) {
    trip.forward(DAY);
    await tend();
  }
  expect(requests()).toBeGreaterThanOrEqual(before + 10);
  trip.vendors.misbehave("tolinku", null);
  trip.forward(DAY + MINUTE);
  await tend();
  expect(await at("tolinku")).toBe("done");
  expect(deletedAtTolinku()).toMatchObject([{ key: "6401001" }]);
  expect(await trip.road.db.query("SELECT told, person FROM erasure")).toEqual([{ told: null, person: null }]);
});

test("of a vendor that was disconnected meanwhile the record says so; after thirty days nobody is asked any more", async () => {
  await lives();
  trip.vendors.misbehave("tolinku", "500");
  trip.vendors.misbehave("shopimind", "500");
  await asks(NORA);
  await tend();
  await trip.road.db.query(
    "UPDATE connection SET state = 'disconnected', secrets = NULL WHERE destination = 'tolinku'",
  );
  trip.forward(DAY);
  await tend();
  expect([await at("tolinku"), await at("shopimind")]).toEqual(["not connected", "failed"]);
  trip.vendors.misbehave("shopimind", null);
  trip.forward(30 * DAY);
  await tend();
  expect(await at("shopimind")).toBe("failed");
});
