// What an erasure leaves alone, what becomes of what was still owed, and what is written down of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasures } from "../../app/delivery/erasure/record.ts";
import { replay } from "../../app/delivery/ledger/decide.ts";
import { forgetCustomer, NobodyNamed } from "../../app/shopify/compliance.ts";
import { newClickId } from "../../sandbox/shop.ts";
import { SANDBOX_SHOP } from "../../sandbox/sign.ts";
import { customer, order } from "../support/payloads.ts";
import { openTestRoad, type TestRoad } from "../support/road.ts";
import { asTold, becauseOf, REASON_OF } from "../support/told.ts";
import { visit } from "../support/visit.ts";

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
  const buyer = visit(trip);
  await buyer.sees("search_submitted", { data: { searchResult: { query: "gift" } } });
  await buyer.buys({
    customer: person(6_401_001, "nora@home.example", "+4930231259991"),
    email: "nora@home.example",
    note_attributes: [{ name: "pjclid", value: newClickId() }],
  });
  await forget("6401001");
  await trip.runToTheEnd();
  const states = (slug: string) =>
    trip.road.db.query<object>(
      `SELECT kind, state, reason_code AS reason FROM delivery WHERE destination = $1 AND kind IN ('order.placed', 'search.submitted') ORDER BY kind`,
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
    reason: "erased",
  });
  const [sent] = trip.vendors.ledger("shopipixel").entries.filter(({ kind }) => kind === "Purchase");
  expect(JSON.stringify(sent)).not.toContain("nora@home.example");
});

test("a refused state of the person is not made due again: it would tell the vendor of them anew", async () => {
  await trip.hear("customers/create", person(6_401_001, "nora@home.example", "+4930231259991"));
  await trip.run();
  await trip.road.db.query(
    `UPDATE delivery SET state = 'refused', ${becauseOf("Last6401001 is not welcome")} WHERE kind = 'customer.saved'`,
  );
  await forget("6401001");
  expect(
    await replay(trip.road, SANDBOX_SHOP, {
      ids: (await trip.road.db.query<{ id: string }>("SELECT id FROM delivery")).map(({ id }) => id),
    }),
  ).toBe(0);
  expect(
    asTold(await trip.road.db.query(`SELECT ${REASON_OF("delivery")} FROM delivery WHERE kind = 'customer.saved'`)),
  ).toEqual([{ reason: "[cut] is not welcome" }]);
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
