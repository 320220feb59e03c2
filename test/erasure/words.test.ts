// By which words a person is known in any text, and which of an event's words stay.
import { expect, test } from "vitest";
import { mailOf, phoneOf, samePhone } from "../../app/delivery/erasure/contacts.ts";
import { mentionsOf } from "../../app/delivery/erasure/mentions.ts";
import { NOBODY } from "../../app/delivery/erasure/person.ts";
import { whatStays } from "../../app/delivery/erasure/stays.ts";
import type { Event } from "../../app/events/event.ts";

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
