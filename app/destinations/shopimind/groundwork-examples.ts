// What is declared at ShopiMind before it is named, and how its answers to that are heard.
import { type Declaration, integer, type Message, type Outcome } from "../destination.ts";
import type { Example, ExampleAnswer, ExampleRequest } from "../example.ts";
import { product } from "../sample-catalog.ts";
import { happened } from "../sample-events.ts";
import { order } from "../samples.ts";
import { EVENT_TYPES } from "./checkout.ts";

const ALWAYS = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };
const source: Declaration = { key: "data-source", body: { label: "Switchyard", type: "api" } };
const status = (status_id: string, name: string): Declaration => ({
  key: `status:${status_id}`,
  body: { status_id, lang: "de", name, is_deleted: false, ...ALWAYS },
});
const paid = status("paid", "Paid");
const carrier: Declaration = {
  key: "carrier:standard",
  body: { carrier_id: "standard", name: "Standard shipping", is_active: true, ...ALWAYS },
};
const maker: Declaration = {
  key: "manufacturer:Nordlicht",
  body: { manufacturer_id: "Nordlicht", name: "Nordlicht", is_active: true, ...ALWAYS },
};
const type: Declaration = { key: "event:shopify_checkout_started", body: EVENT_TYPES.shopify_checkout_started };
const message = (channel: string, body: object = {}): Message => ({ channel, id: "1", body });

const ok: ExampleAnswer = {
  status: 200,
  json: { statusCode: 200, sent_count: 1, rejected_count: 0, rejected_items: [] },
};
const sources = (...labels: string[]): ExampleAnswer => ({
  status: 200,
  json: { statusCode: 200, data: labels.map((label, at) => ({ id_data_source: at + 1, label })) },
});
const get: ExampleRequest = { method: "GET", path: "/v1/data-sources" };
const post = (path: string, json: unknown): ExampleRequest => ({ method: "POST", path: `/v1/${path}`, json });
const make = post("data-sources", source.body);
const declareStatus = post("orders-statuses", [paid.body]);
const declared = (
  name: string,
  declares: Declaration[],
  talk: [ExampleRequest, ExampleAnswer][],
  outcome: Outcome | null,
): Example => ({
  name,
  declares,
  requests: talk.map(([request]) => request),
  answers: talk.map(([, answer]) => answer),
  outcome,
});

export const groundworkExamples: Example[] = [
  {
    name: "an order needs its status and its carrier",
    event: happened("order.updated"),
    message: message("orders"),
    needs: [source, paid, carrier],
  },
  {
    name: "a state that has no words of its own is named after itself; without shipping there is no carrier",
    event: happened("order.updated", { order: order({ financialStatus: "partially_refunded", carrier: null }) }),
    message: message("orders"),
    needs: [source, status("partially_refunded", "Partially refunded")],
  },
  {
    name: "a product needs its maker",
    event: happened("product.saved"),
    message: message("products"),
    needs: [source, maker],
  },
  {
    name: "a product of no known maker needs none",
    event: happened("product.saved", { product: product({ vendor: null }) }),
    message: message("products"),
    needs: [source],
  },
  {
    name: "a customer needs nothing but the source",
    event: happened("customer.saved"),
    message: message("customers"),
    needs: [source],
  },
  {
    name: "a trigger needs its event type",
    event: happened("checkout.contact_given"),
    message: message("triggers", { code_name: "shopify_checkout_started" }),
    needs: [type],
  },
  { name: "a deletion needs nothing", event: happened("product.deleted"), message: message("deletions"), needs: [] },

  declared(
    "an own data source is made where there is none of that name, then statuses and carriers are declared",
    [source, paid, carrier],
    [
      [get, sources("Shopify")],
      [make, { status: 201, json: { statusCode: 201, data: { id_data_source: 2 } } }],
      [declareStatus, ok],
      [post("orders-carriers", [carrier.body]), ok],
    ],
    null,
  ),
  declared("a data source that is there is not made again", [source], [[get, sources("Shopify", "Switchyard")]], null),
  declared(
    "a key that may not list or make sources holds nothing up",
    [source, paid],
    [
      [get, { status: 403, json: { statusCode: 403, message: "Forbidden" } }],
      [declareStatus, ok],
    ],
    null,
  ),
  {
    ...declared(
      "statuses belong to the data source that the merchant chose",
      [source, paid],
      [[post("orders-statuses", [{ ...(paid.body as object), id_data_source: integer("7") }]), ok]],
      null,
    ),
    settings: { dataSource: "7" },
  } as Example,
  declared(
    "several makers are declared in one call",
    [maker, { ...maker, key: "manufacturer:Other" }],
    [[post("products-manufacturers", [maker.body, maker.body]), ok]],
    null,
  ),
  declared(
    "an event type that is there is fine",
    [type],
    [[post("events", type.body), { status: 409, json: { statusCode: 409, message: "exists" } }]],
    null,
  ),
  declared(
    "a declaration that is refused is said in ShopiMind's words",
    [paid],
    [
      [
        declareStatus,
        { status: 400, json: { statusCode: 400, message: ["lang must be an ISO code"], error: "Bad Request" } },
      ],
    ],
    { is: "refused", reason: "400 lang must be an ISO code" },
  ),
  declared(
    "a declaration that is rejected within a yes is refused as well",
    [paid],
    [
      [
        declareStatus,
        {
          status: 200,
          json: {
            statusCode: 200,
            sent_count: 0,
            rejected_count: 1,
            rejected_items: [{ index: 0, errors: ["name is too long"] }],
          },
        },
      ],
    ],
    { is: "refused", reason: "orders-statuses: name is too long" },
  ),
  declared(
    "a failure leaves nothing in doubt: what waits for it was not sent",
    [paid],
    [[declareStatus, { status: 503, text: "busy" }]],
    {
      is: "retry",
      reason: "503 busy",
    },
  ),
  declared(
    "a key that is not valid holds back all",
    [source],
    [[get, { status: 401, json: { statusCode: 401, message: "Unauthorized" } }]],
    {
      is: "pause",
      scope: "connection",
      reason: "401 Unauthorized",
    },
  ),
];
