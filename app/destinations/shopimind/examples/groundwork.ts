// How statuses, carriers, makers, event types and a data source are declared at ShopiMind, and how its answers to that are heard.
import type { Declaration, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer, ExampleRequest } from "../../example.ts";
import { integer } from "../../number.ts";
import { carrier, maker, paid, source, type } from "./sample-declarations.ts";

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
  refused: Record<string, string> = {},
): Example => ({
  name,
  declares,
  refused,
  requests: talk.map(([request]) => request),
  answers: talk.map(([, answer]) => answer),
  outcome,
});

const badLanguage: ExampleAnswer = {
  status: 400,
  json: { statusCode: 400, message: ["lang must be an ISO code"], error: "Bad Request" },
};
const tooLong: ExampleAnswer = { status: 400, json: { message: ["name is too long"] } };
const nameAsText: ExampleAnswer = { status: 400, json: { message: ["name must be a string"] } };

export const groundworkExamples: Example[] = [
  declared(
    "a failure that comes as a 400 passes",
    [paid],
    [
      [declareStatus, { status: 400, json: { statusCode: 400, message: "Internal error" } }],
      [declareStatus, { status: 200, json: { statusCode: 200 } }],
    ],
    null,
  ),
  declared(
    "where a map by language is no name, an event type's name is text",
    [type],
    [
      [post("events", type.body), nameAsText],
      [post("events", type.body), nameAsText],
      [post("events", { ...(type.body as object), name: "Shopify: checkout started" }), ok],
    ],
    null,
  ),
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
    "a declaration that is refused, also when it is tried once more, is said in ShopiMind's words",
    [paid],
    [
      [declareStatus, badLanguage],
      [declareStatus, badLanguage],
    ],
    null,
    { "status:paid": "400 lang must be an ISO code" },
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
    null,
    {
      "status:paid":
        "ShopiMind did not take what this needs there, orders-statuses: the vendor said: “name is too long”",
    },
  ),
  declared(
    "one maker that is rejected by its index holds back no other",
    [maker, { ...maker, key: "manufacturer:Other" }],
    [
      [
        post("products-manufacturers", [maker.body, maker.body]),
        {
          status: 200,
          json: {
            statusCode: 200,
            sent_count: 1,
            rejected_count: 1,
            rejected_items: [{ index: 1, errors: ["name is too long"] }],
          },
        },
      ],
    ],
    null,
    {
      "manufacturer:Other":
        "ShopiMind did not take what this needs there, products-manufacturers: the vendor said: “name is too long”",
    },
  ),
  declared(
    "where a no does not say whose it is, each is declared alone",
    [maker, { ...maker, key: "manufacturer:Other" }],
    [
      [post("products-manufacturers", [maker.body, maker.body]), { status: 400, json: { message: ["no"] } }],
      [post("products-manufacturers", [maker.body, maker.body]), { status: 400, json: { message: ["no"] } }],
      [post("products-manufacturers", [maker.body]), ok],
      [post("products-manufacturers", [maker.body]), tooLong],
      [post("products-manufacturers", [maker.body]), tooLong],
    ],
    null,
    { "manufacturer:Other": "400 name is too long" },
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
