// customers/data_request: what is held about a person becomes a file that the merchant can download for thirty days, and that goes with the person.
import { afterEach, beforeEach, expect, test } from "vitest";
import { normalize } from "../../app/delivery/normalize/normalize.ts";
import { dataFile, dataRequests } from "../../app/delivery/people/data-requests.ts";
import { upkeep } from "../../app/delivery/upkeep/upkeep.ts";
import { forgetCustomer } from "../../app/shopify/compliance.ts";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { customer, order } from "../support/payloads.ts";
import { DAY, HOUR, openTrade, type Trade } from "../support/trade.ts";
import { visit } from "../support/visit.ts";

const NORA = { id: 6_401_001, email: "nora@home.example", phone: "+4930231259991" };

let trip: Trade;
beforeEach(async () => {
  trip = await openTrade(["tolinku", "shopimind"]);
});
afterEach(() => trip.close());

const person = ({ id, email, phone }: typeof NORA) =>
  customer({
    id,
    email,
    phone,
    default_address: null,
    addresses: [],
    first_name: `First${id}`,
    last_name: `Last${id}`,
  });
const asks = (who: object, more: object = {}) =>
  trip.hear("customers/data_request", { shop_domain: SANDBOX_SHOP, customer: who, ...more });
const tend = async () => {
  await trip.run();
  expect(await upkeep(trip.road, { post: fetch, signal: new AbortController().signal })).toMatchObject({
    failures: [],
  });
};
const newest = async () => (await dataRequests(trip.road, SANDBOX_SHOP))[0];
const fileOf = async (id?: string) => (await dataFile(trip.road, SANDBOX_SHOP, id ?? (await newest())?.id ?? ""))?.json;
const bought = (id: number, over: object) =>
  trip.hear("orders/create", order({ id, name: `#${id}`, cart_token: null, checkout_token: null, ...over }));

async function lives() {
  const buyer = visit(trip);
  await trip.hear("customers/create", person(NORA));
  await buyer.sees("search_submitted", { data: { searchResult: { query: "enamel cup" } } });
  const attributes = [{ name: "pjclid", value: newClickId() }];
  await buyer.buys({ customer: person(NORA), email: NORA.email, note_attributes: attributes });
  await bought(5_001_009, { customer: null, email: NORA.email, phone: null, note: "as a guest" });
  // A housemate shares the number and nothing else.
  const guest = { customer: null, email: "sven@home.example", contact_email: "sven@home.example", phone: NORA.phone };
  await bought(5_001_010, { ...guest, note: "of the housemate", shipping_address: null, billing_address: null });
  await trip.run();
}

test("it holds who they are, what they did, whom it was told, and Shopify's own words; of others nothing", async () => {
  await lives();
  await asks(NORA);
  await tend();
  const file = JSON.parse((await fileOf()) ?? "null");
  const text = JSON.stringify(file);
  for (const mark of ["Last6401001", "enamel cup", "as a guest"]) expect(text).toContain(mark);
  expect(["sven@", "of the housemate"].filter((mark) => text.includes(mark))).toEqual([]);
  expect(file.knownBy).toMatchObject({ customers: ["6401001"], emails: [NORA.email] });
  const placed = file.happened.filter(({ event }: { event: { kind: string } }) => event.kind === "order.placed");
  expect(placed).toHaveLength(2);
  expect(placed[1].told).toContainEqual(
    expect.objectContaining({
      to: "tolinku",
      state: "delivered",
      knownThereAs: "6401001",
      messages: [expect.anything()],
    }),
  );
  expect(file.remembered).toContainEqual(expect.objectContaining({ kind: "customer", id: "6401001" }));
  expect(await newest()).toMatchObject({
    customerId: "6401001",
    holds: { orders: 2, events: file.happened.length, webhooks: file.webhooks.length },
  });
});

test("it is sealed where it lies, there for thirty days and no longer, and no shop has another's", async () => {
  await lives();
  await asks(NORA);
  await tend();
  const [row] = await trip.road.db.query<{ file: string }>("SELECT file FROM data_request");
  expect(Buffer.from(row?.file ?? "", "base64").toString("latin1")).not.toContain("nora");
  const id = (await newest())?.id ?? "";
  expect(await dataFile(trip.road, "other.myshopify.com", id)).toBeNull();
  trip.forward(30 * DAY - HOUR);
  await tend();
  expect(await fileOf()).toContain(NORA.email);
  trip.forward(2 * HOUR);
  expect([await fileOf(), (await newest())?.until]).toEqual([undefined, null]);
  await tend();
  expect(await trip.road.db.query("SELECT file, persons FROM data_request")).toEqual([{ file: null, persons: null }]);
  trip.forward(336 * DAY);
  await tend();
  expect(await dataRequests(trip.road, SANDBOX_SHOP)).toEqual([]);
});

test("it is erased with the person, whatever either was asked by; another's stays", async () => {
  await lives();
  await asks({ email: NORA.email });
  await asks({ id: 6_401_002, email: "sven@home.example", phone: NORA.phone });
  await tend();
  await forgetCustomer(trip.road, SANDBOX_SHOP, String(NORA.id));
  const [svens, noras] = await dataRequests(trip.road, SANDBOX_SHOP);
  expect(noras).toMatchObject({ customerId: null, until: null, erasedAt: expect.any(Date) });
  expect(svens).toMatchObject({ customerId: "6401002", until: expect.any(Date), erasedAt: null });
  expect(await fileOf(noras?.id)).toBeUndefined();
});

test("one that names nobody, unknown orders, or comes of a shop that nobody knows is done and written down", async () => {
  await trip.hear("customers/data_request", { shop_domain: SANDBOX_SHOP });
  await asks({ email: "no address", phone: "12" }, { orders_requested: ["x", null, {}] });
  await asks({}, { orders_requested: [9_999_999] });
  const there = { shop_domain: "gone.myshopify.com", customer: NORA };
  await trip.hear("customers/data_request", there, { shop: "gone.myshopify.com" });
  await tend();
  expect((await dataRequests(trip.road, SANDBOX_SHOP)).map(({ nobody, until }) => [nobody, until !== null])).toEqual([
    [false, true],
    [true, false],
    [true, false],
  ]);
  // The request itself is none of what is held.
  expect(await dataRequests(trip.road, "gone.myshopify.com")).toMatchObject([
    { customerId: "6401001", holds: { orders: 0, events: 0, deliveries: 0, remembered: 0, webhooks: 0 } },
  ]);
  expect(await trip.road.db.query("SELECT DISTINCT state, body FROM webhook")).toEqual([
    { state: "normalized", body: null },
  ]);
});

test("one that cannot be worked off holds up no other, and is tried again", async () => {
  await lives();
  await trip.road.db.query("UPDATE connection SET secrets = 'nonsense'");
  await asks(NORA);
  await asks({ id: 6_401_077 });
  while ((await normalize(trip.road, SANDBOX_SHOP)) !== "done");
  const round = await upkeep(trip.road, { post: fetch, signal: new AbortController().signal });
  expect(round).toMatchObject({ failures: [{ part: "requests about people" }] });
  expect((await dataRequests(trip.road, SANDBOX_SHOP)).map(({ customerId }) => customerId)).toEqual(["6401077"]);
});
