// What an erasure leaves alone, what becomes of what was still owed, and what is written down of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { mailOf, phoneOf, samePhone } from "../app/delivery/erasure/contacts.ts";
import { mentionsOf } from "../app/delivery/erasure/mentions.ts";
import { NOBODY } from "../app/delivery/erasure/person.ts";
import { erasures } from "../app/delivery/erasure/record.ts";
import { whatStays } from "../app/delivery/erasure/stays.ts";
import { replay } from "../app/delivery/ledger/attention.ts";
import type { Event } from "../app/events/event.ts";
import { forgetCustomer, NobodyNamed } from "../app/shopify/compliance.ts";
import { SANDBOX_SHOP } from "../sandbox/sign.ts";
import { customer, order } from "./support/payloads.ts";
import { openTestRoad, type TestRoad } from "./support/road.ts";
import { visit } from "./support/visit.ts";

let trip: TestRoad;
beforeEach(async () => {
  trip = await openTestRoad();
});
afterEach(() => trip.close());

const forget = (who: Parameters<typeof forgetCustomer>[2]) => forgetCustomer(trip.road, SANDBOX_SHOP, who);
const person = (id: number, email: string, phone: string) =>
  customer({
    id,
    email,
    phone,
    default_address: null,
    addresses: [],
    first_name: `First${id}`,
    last_name: `Last${id}`,
  });
const now = () => new Date(trip.road.clock().getTime() + 1_000).toISOString().replace(/\.\d+Z$/, "Z");
const bought = (id: number, buyer: ReturnType<typeof customer> | null, email: string | null, over = {}) =>
  trip.hear(
    "orders/create",
    order({
      ...{
        id,
        name: `#${id}`,
        customer: buyer,
        email,
        contact_email: null,
        cart_token: `cart-of-${id}`,
        checkout_token: `checkout-of-${id}`,
      },
      ...{
        shipping_address: null,
        billing_address: null,
        created_at: now(),
        processed_at: now(),
        updated_at: now(),
        ...over,
      },
    }),
  );
const mailsOf = async () =>
  (
    await trip.road.db.query<{ mail: string }>(
      "SELECT DISTINCT data #>> '{order,email}' AS mail FROM event WHERE kind = 'order.placed' AND data #>> '{order,email}' IS NOT NULL ORDER BY 1",
    )
  ).map(({ mail }) => mail);

test("spellings of one number are one, and numbers that only end alike are not", () => {
  const same = (one: string, other: string) => {
    const [a, b] = [phoneOf(one), phoneOf(other)];
    return a !== null && b !== null && samePhone(a, b);
  };
  for (const spelling of [
    "+4930231259991",
    "0049 30 2312-59991",
    "030/231259991",
    "+49 (0)30 231 259 991",
    "4930231259991",
    "(030) 231259991",
  ])
    expect({ spelling, same: same(spelling, "+49 30 231259991") }).toEqual({ spelling, same: true });
  expect(same("(555) 010-9999", "+1 555 010 9999")).toBe(true);
  for (const other of ["+4630231259991", "+4930231259992", "231259991", "+49 231259991"])
    expect({ other, same: same(other, "+4930231259991") }).toEqual({ other, same: false });
  expect([phoneOf("110"), phoneOf(""), phoneOf(null), mailOf("no address"), mailOf(" A@B.example ")]).toEqual([
    null,
    null,
    null,
    null,
    "a@b.example",
  ]);
});

test("a body speaks of a person in whatever way their ids, tokens, addresses and numbers are written", () => {
  const speaks = mentionsOf({
    ...NOBODY,
    customers: ["6401230098"],
    emails: ["nora+x@example.com"],
    phones: ["+4930231259991"],
    carts: ["c1-Abc/def=="],
  });
  const of = (text: string) => speaks(Buffer.from(text));
  for (const text of [
    '{"customer_id":6401230098}',
    '{"id":"gid:\\/\\/shopify\\/Customer\\/6401230098"}',
    '{"a":"Nora+X@Example.com."}',
    '{"a":"nora+x\\u0040example.com"}',
    '{"landing_site":"\\/?email=nora%2Bx%40example.com&x=1"}',
    '{"landing_site":"/?back=%2F%3Femail%3Dnora%252Bx%2540example.com"}',
    '{"a":"mailto:nora+x@example.com',
    '{"p":"030 2312-59991"}',
    '{"p":"+49 (0)30\\/231259991"}',
    '{"cart":"gid://shopify/Cart/c1-Abc/def==?key=1"}',
    '{"cart":"gid:\\/\\/shopify\\/Cart\\/c1-Abc\\/def=="}',
  ])
    expect({ text, speaks: of(text) }).toEqual({ text, speaks: true });
  for (const text of [
    '{"id":64012300980}',
    '{"id":16401230098}',
    '{"a":"anora+x@example.com"}',
    '{"a":"nora+x@example.com.au"}',
    '{"p":"+4930231259992"}',
    "{}",
  ])
    expect({ text, speaks: of(text) }).toEqual({ text, speaks: false });
});

test("of an event nothing stays that is not named as staying, whatever is added to events", () => {
  const event = {
    ...{
      kind: "order.updated",
      key: "order:1@x#y",
      subject: "order:1",
      occurredAt: "2026-11-20T18:00:00Z",
      version: "v",
    },
    shop: { domain: "a.myshopify.com", currency: "EUR", timeZone: "UTC", locale: "en", primaryDomain: "a.example" },
    order: {
      ...{
        id: "1",
        name: "#1",
        amounts: { currency: "EUR", total: "5.00" },
        tags: ["vip nora"],
        gift: { to: "Nora", note: "x", age: 44 },
      },
      ...{
        pickup: { title: "Nora's", street: "Lane 1", id: "7" },
        email: "x@y.example",
        locale: "sv",
        source: {
          clicks: { gclid: { id: "abc", at: null } },
          utm: { source: "nora" },
          landingPage: "/?x",
          referrer: null,
        },
      },
      items: [
        { productId: "5", title: "Cup", quantity: 2, price: "2.50", engraving: "Nora" },
        { productId: null, title: "For Nora", sku: "N", quantity: 1, price: "1" },
      ],
    },
    difference: { currency: "EUR", total: "1.00", reason: "Nora changed her mind" },
  } as unknown as Event;
  expect(whatStays(event, false)).toEqual({
    ...{
      kind: "order.updated",
      key: "order:1@x#y",
      subject: "order:1",
      occurredAt: "2026-11-20T18:00:00Z",
      version: "v",
    },
    shop: { domain: "a.myshopify.com", currency: "EUR", timeZone: "UTC", locale: "en", primaryDomain: "a.example" },
    order: {
      ...{
        id: "1",
        name: "#1",
        amounts: { currency: "EUR", total: "5.00" },
        tags: [],
        gift: { to: null, note: null, age: null },
      },
      ...{
        pickup: { title: "", street: null, id: "7" },
        email: null,
        phone: null,
        locale: null,
        customer: null,
        shippingAddress: null,
        billingAddress: null,
      },
      source: { clicks: {}, utm: {}, landingPage: null, referrer: null },
      items: [
        { productId: "5", title: "Cup", quantity: 2, price: "2.50", engraving: null },
        { productId: null, title: "", sku: null, quantity: 1, price: "1" },
      ],
    },
    difference: { currency: "EUR", total: "1.00", reason: null },
  });
  expect(whatStays(event, true)).toMatchObject({
    order: { source: { clicks: { gclid: { id: "abc" } }, landingPage: null } },
  });
});

test("who shares a household's number with a customer keeps their own e-mail's orders", async () => {
  const [nora, sven] = [
    person(6_401_001, "nora@home.example", "+4930231259991"),
    person(6_401_002, "sven@home.example", "+4940231259992"),
  ];
  await bought(5_001_001, nora, "nora@home.example");
  await bought(5_001_002, null, "sven@home.example", { phone: "030 231259991" });
  await bought(5_001_003, sven, "sven@home.example");
  await bought(5_001_004, null, "nora@home.example");
  await trip.run();
  await forget("6401001");
  expect(await mailsOf()).toEqual(["sven@home.example"]);
  expect(await trip.road.db.query("SELECT id FROM snapshot WHERE kind = 'customer'")).toEqual([{ id: "6401002" }]);
});

test("on a device that two sign in on, what the other looked at stays", async () => {
  const device = visit(trip);
  const page = (who: number, title: string) =>
    device.sees("page_viewed", {
      customerId: String(who),
      context: { url: `https://shop.example.com/${title}`, title, referrer: null },
    });
  await page(6_401_001, "nora-looked");
  await page(6_401_002, "sven-looked");
  await trip.run();
  await forget("6401001");
  const titles = await trip.road.db.query(
    "SELECT data #>> '{page,title}' AS title FROM event WHERE kind = 'page.viewed' AND data IS NOT NULL",
  );
  expect(titles).toEqual([{ title: "sven-looked" }]);
});

test("a purchase that is still owed is delivered without contact data; what the person looked at is told no more", async () => {
  for (const slug of ["tolinku", "shopipixel", "alana", "prisjakt"]) trip.vendors.misbehave(slug as "tolinku", "down");
  const buyer = visit(trip);
  await buyer.sees("search_submitted", { data: { searchResult: { query: "gift" } } });
  await buyer.buys({
    customer: person(6_401_001, "nora@home.example", "+4930231259991"),
    email: "nora@home.example",
    note_attributes: [{ name: "pjclid", value: "click-1" }],
  });
  await trip.run();
  for (const slug of ["tolinku", "shopipixel", "alana", "prisjakt"]) trip.vendors.misbehave(slug as "tolinku", null);
  await forget("6401001");
  await trip.runToTheEnd();
  const states = (slug: string) =>
    trip.road.db.query(
      `SELECT kind, state, reason FROM delivery WHERE destination = $1 AND kind IN ('order.placed', 'search.submitted') ORDER BY kind`,
      [slug],
    );
  for (const slug of ["tolinku", "shopipixel", "prisjakt"])
    expect({ slug, states: await states(slug) }).toMatchObject({
      slug,
      states: expect.arrayContaining([expect.objectContaining({ kind: "order.placed", state: "delivered" })]),
    });
  expect(await states("alana")).toContainEqual({
    kind: "search.submitted",
    state: "skipped",
    reason: "the customer was erased",
  });
  const [sent] = trip.vendors.ledger("shopipixel").entries.filter(({ kind }) => kind === "Purchase");
  expect(JSON.stringify(sent)).not.toContain("nora@home.example");
});

test("a refused state of the person is not made due again: it would tell the vendor of them anew", async () => {
  await trip.hear("customers/create", person(6_401_001, "nora@home.example", "+4930231259991"));
  await trip.run();
  await trip.road.db.query(
    "UPDATE delivery SET state = 'refused', reason = 'Last6401001 is not welcome' WHERE kind = 'customer.saved'",
  );
  await forget("6401001");
  expect(
    await replay(trip.road, SANDBOX_SHOP, {
      ids: (await trip.road.db.query<{ id: string }>("SELECT id FROM delivery")).map(({ id }) => id),
    }),
  ).toBe(0);
  expect(await trip.road.db.query("SELECT reason FROM delivery WHERE kind = 'customer.saved'")).toEqual([
    { reason: "[cut] is not welcome" },
  ]);
});

test("a vendor's words keep nothing of the person, whatever they echo and however it is written", async () => {
  const buyer = visit(trip);
  await buyer.sees("search_submitted", { data: { searchResult: { query: "Gift für Nora" } } });
  await buyer.buys({
    customer: person(6_401_001, "nora@home.example", "+4930231259991"),
    landing_site: "/?email=nora%40home.example&for=Nora",
  });
  await trip.run();
  await trip.road.db.query(
    `UPDATE attempt SET answer = '{"you":"gift f\\u00fcr nora","page":"/?email=nora%40home.example&for=Nora","n":"LAST6401001"}'`,
  );
  await forget("6401001");
  const answers = JSON.stringify(await trip.road.db.query("SELECT answer FROM attempt")).toLowerCase();
  for (const mark of ["für", "u00fc", "home.example", "last6401001", "for=nora"]) expect(answers).not.toContain(mark);
});

test("the record says what became of it at each vendor, names nobody, and goes after a year", async () => {
  await bought(5_001_001, null, "guest@home.example");
  await trip.run();
  trip.vendors.misbehave("tolinku", "down");
  await bought(5_001_002, person(6_401_001, "nora@home.example", "+4930231259991"), "nora@home.example");
  await trip.run();
  await forget({ email: "Guest@home.example" });
  await forget("6401001");
  const [byId, byMail] = await erasures(trip.road, SANDBOX_SHOP);
  expect(byMail).toMatchObject({ customerId: null, doneAt: expect.any(Date) });
  expect(byId).toMatchObject({ customerId: "6401001", doneAt: expect.any(Date) });
  expect(Object.fromEntries((byId?.vendors ?? []).map(({ destination, is }) => [destination, is]))).toEqual({
    ...{
      shopipixel: "no such call",
      alana: "no such call",
      prisjakt: "no such call",
      tolinku: "failed",
      shopimind: "done",
    },
  });
  const rows = JSON.stringify(await trip.road.db.query("SELECT * FROM erasure"));
  expect(rows).not.toContain("home.example");
  expect(await erasures(trip.road, "other.myshopify.com")).toEqual([]);
});

test("whom nobody names is not erased, and told so", async () => {
  for (const who of [
    "",
    "12a",
    {},
    { email: "no address" },
    { phone: "110" },
    { customerId: "gid://shopify/Customer/1" },
  ])
    await expect(forget(who)).rejects.toThrow(NobodyNamed);
});
