// ShopiMind: every typed call with its path and body, and its limits.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Http } from "../../app/destinations/destination.ts";
import { openHttp } from "../../app/destinations/http.ts";
import { decimal, integer } from "../../app/destinations/number.ts";
import * as contacts from "../../app/destinations/shopimind/contacts.ts";
import * as custom from "../../app/destinations/shopimind/custom-data.ts";
import * as sources from "../../app/destinations/shopimind/data-sources.ts";
import * as events from "../../app/destinations/shopimind/events.ts";
import shopimind from "../../app/destinations/shopimind/index.ts";
import * as resources from "../../app/destinations/shopimind/resources.ts";

let server: Server;
let http: Http;
let asked: { call: string; body: string }[];
let answers: object[];

const WRITTEN = { statusCode: 200, sent_count: 1, rejected_count: 0, rejected_items: [] };
const LISTED = { statusCode: 200, data: [{ id_data_source: 1, label: "Shop" }] };
const READ = { statusCode: 200, data: { id: 1 } };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    asked.push({ call: `${request.method} ${request.url}`, body });
    response.end(JSON.stringify(answers.shift() ?? WRITTEN));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const headers = shopimind.headers({ apiKey: "example-shopimind-key-0001" });
  http = openHttp({ baseUrl: `http://127.0.0.1:${port}`, headers, fetch: globalThis.fetch });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  asked = [];
  answers = [];
});

type Call = [call: string, body: string, make: () => Promise<unknown>, answer?: object];
const ALL: resources.Name[] = Object.keys(resources.MOST) as resources.Name[];
const LISTING = ALL.filter((name): name is resources.Listing => name !== "newsletter-subscribers");
const IDS: Record<resources.Listing, string> = {
  customers: "customer_ids",
  "customers-groups": "group_ids",
  orders: "order_ids",
  "orders-statuses": "status_ids",
  "orders-carriers": "carrier_ids",
  products: "product_ids",
  "products-categories": "category_ids",
  "products-manufacturers": "manufacturer_ids",
  vouchers: "voucher_ids",
};
const WHOLES = { addresses: "customers/7", variations: "products/7", images: "products/7" };
const PARTS: Record<resources.Part, string> = {
  addresses: "address_ids",
  variations: "variation_ids",
  images: "image_ids",
};
const part = (name: string) => name as resources.Part;
const definition = { name: "pos", fields: [{ name: "a", label: "A", type: "text" as const, required: true }] };

const CALLS: Call[] = [
  ...ALL.flatMap((name): Call[] => [
    [`POST /v1/${name}`, "[{}]", () => resources.save(http, name, [{} as never])],
    [`PUT /v1/${name}`, "[{}]", () => resources.update(http, name, [{} as never])],
  ]),
  ...LISTING.flatMap((name): Call[] => [
    [`GET /v1/${name}?limit=1&offset=2`, "", () => resources.list(http, name, { limit: 1, offset: 2 }), LISTED],
    [`DELETE /v1/${name}/a%2Fb`, "", () => resources.remove(http, name, "a/b")],
    [`POST /v1/${name}/bulk-delete`, `{"${IDS[name]}":["1"]}`, () => resources.removeMany(http, name, ["1"])],
  ]),
  ...Object.entries(PARTS).flatMap(([name, ids]): Call[] => {
    const path = `/v1/${WHOLES[part(name)]}/${name}`;
    return [
      [`POST ${path}`, "[{}]", () => resources.savePartsOf(http, part(name), "7", [{} as never])],
      [`PUT ${path}`, "[{}]", () => resources.updatePartsOf(http, part(name), "7", [{} as never])],
      [`POST ${path.replace("/7", "")}/bulk`, "[{}]", () => resources.saveParts(http, part(name), [{} as never])],
      [`DELETE ${path}/9`, "", () => resources.removePart(http, part(name), "7", "9")],
      [`POST ${path}/bulk-delete`, `{"${ids}":["9"]}`, () => resources.removePartsOf(http, part(name), "7", ["9"])],
    ];
  }),
  ["GET /v1/customers/7", "", () => resources.readOne(http, "customers", "7"), READ],
  ["GET /v1/orders/id/7", "", () => resources.readOne(http, "orders/id", "7"), READ],
  ["GET /v1/orders/reference/%231001", "", () => resources.readOne(http, "orders/reference", "#1001"), READ],
  ["GET /v1/customers/7/groups", "", () => resources.groupsOf(http, "7"), LISTED],
  ["GET /v1/customers/7/addresses", "", () => resources.addressesOf(http, "7"), LISTED],

  [
    "GET /v1/contacts?contact_data_email=a%40example.com",
    "",
    () => contacts.listContacts(http, { contact_data_email: "a@example.com" }),
    LISTED,
  ],
  ["GET /v1/contacts/all", "", () => contacts.listAllContacts(http), LISTED],
  ["GET /v1/contacts/7/lists", "", () => contacts.listsOf(http, 7), LISTED],
  ["GET /v1/contacts/7/tags", "", () => contacts.tagsOf(http, 7), LISTED],
  ["GET /v1/contacts/7/custom-data-definitions", "", () => contacts.customDataOf(http, 7), LISTED],
  ["GET /v1/contact-consent-history", "", () => contacts.consentHistory(http), LISTED],
  ["GET /v1/contact-messages-reject", "", () => contacts.rejectedMessages(http), LISTED],
  ["GET /v1/carts", "", () => contacts.listCarts(http), LISTED],

  ["POST /v1/events", '{"name":"N","code_name":"n"}', () => events.declareEvent(http, { name: "N", code_name: "n" })],
  ["PATCH /v1/events", '{"id_event":7,"name":"M"}', () => events.changeEvent(http, { id_event: 7, name: "M" })],
  ["GET /v1/events", "", () => events.listEvents(http), LISTED],
  ["GET /v1/events/histories", "", () => events.listFired(http), LISTED],
  ["GET /v1/events/7", "", () => events.readEvent(http, 7), READ],
  ["DELETE /v1/events/7", "", () => events.removeEvent(http, 7)],
  ["POST /v1/events/trigger/n", '{"contact":{"id":7}}', () => events.fire(http, "n", { contact: { id: 7 } })],

  ["GET /v1/data-sources", "", () => sources.listSources(http), LISTED],
  ["POST /v1/data-sources", '{"label":"L","type":"api"}', () => sources.makeSource(http, { label: "L", type: "api" })],
  ["PUT /v1/data-sources/7", '{"label":"M"}', () => sources.changeSource(http, 7, { label: "M" })],
  ["DELETE /v1/data-sources/7", "", () => sources.removeSource(http, 7)],

  ["GET /v1/custom-data-definitions?limit=100", "", () => custom.listDefinitions(http, { limit: 100 }), LISTED],
  ["GET /v1/custom-data-definitions/7", "", () => custom.readDefinition(http, 7), READ],
  ["POST /v1/custom-data-definitions", JSON.stringify(definition), () => custom.makeDefinition(http, definition)],
  [
    "PATCH /v1/custom-data-definitions/7/extend",
    '{"fields":[]}',
    () => custom.extendDefinition(http, 7, { fields: [] }),
  ],
  ["PATCH /v1/custom-data-definitions/7/activate", "", () => custom.switchDefinition(http, 7, "activate")],
  ["PATCH /v1/custom-data-definitions/7/deactivate", "", () => custom.switchDefinition(http, 7, "deactivate")],
  ["DELETE /v1/custom-data-definitions/7", "", () => custom.removeDefinition(http, 7)],
  ["POST /v1/custom-data-records/7", '[{"a":"b"}]', () => custom.saveRecords(http, 7, [{ a: "b" }])],
  ["GET /v1/custom-data-records/7", "", () => custom.listRecords(http, 7), LISTED],
  ["PATCH /v1/custom-data-records/7/9", '{"a":"c"}', () => custom.changeRecord(http, 7, 9, { a: "c" })],
  ["DELETE /v1/custom-data-records/7?id=9", "", () => custom.removeRecord(http, 7, 9)],
  ["POST /v1/custom-data-records/7/bulk-delete", "[9]", () => custom.removeRecords(http, 7, [9])],
];

test("a list that ShopiMind would cut to ten is not asked for", async () => {
  await expect(resources.list(http, "orders", { limit: 101 })).rejects.toThrow(RangeError);
  expect(asked).toEqual([]);
});

test("a list is read to its end by numbers that are text, and by its count where it does not say whether there is more", async () => {
  const page = (id: string, pagination: object) => ({
    statusCode: 200,
    data: [{ order_id: id }],
    meta: { pagination },
  });
  answers = [page("1", { has_next_page: "true" }), page("2", { total_items: "3" }), page("3", { total_items: "3" })];
  const ids: unknown[] = [];
  for await (const one of resources.listAll(http, "orders", { limit: 1 })) ids.push(one.order_id);
  expect(ids).toEqual(["1", "2", "3"]);
});

test.each(CALLS)("the call %s", async (call, body, make, answer = WRITTEN) => {
  answers = [answer];
  await make();
  expect(asked).toEqual([{ call, body }]);
});

test("more than a call may carry is never sent", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ a: at }) as never);
  const ids = Array.from({ length: 21 }, String);
  for (const name of ALL) {
    await expect(resources.save(http, name, many(resources.MOST[name] + 1))).rejects.toThrow(RangeError);
  }
  await expect(resources.saveParts(http, "images", many(51))).rejects.toThrow(RangeError);
  await expect(async () => resources.removeMany(http, "orders", ids)).rejects.toThrow(RangeError);
  await expect(custom.saveRecords(http, 7, many(21))).rejects.toThrow(RangeError);
  await expect(custom.removeRecords(http, 7, ids.map(Number))).rejects.toThrow(RangeError);
  expect(asked).toEqual([]);
});

test("a list is read to its end, page by page", async () => {
  const page = (has_next_page: boolean, ...ids: number[]) => ({
    statusCode: 200,
    data: ids.map((id) => ({ id })),
    meta: { pagination: { total_items: 3, has_next_page } },
  });
  answers = [page(true, 1, 2), page(false, 3)];
  const found: unknown[] = [];
  for await (const one of resources.listAll(http, "orders", { limit: 2 })) found.push(one.id);
  expect(found).toEqual([1, 2, 3]);
  expect(asked.map(({ call }) => call)).toEqual(["GET /v1/orders?limit=2&offset=0", "GET /v1/orders?limit=2&offset=2"]);
});

test("numbers travel with the digits that Shopify wrote", async () => {
  const product = { product_id: integer("9007199254740993001"), price: decimal("12.50") };
  await resources.save(http, "products", [product as never]);
  expect(asked[0]?.body).toBe('[{"product_id":9007199254740993001,"price":12.50}]');
});
