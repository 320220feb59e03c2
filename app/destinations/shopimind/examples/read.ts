// "Test connection", what ShopiMind counts, and the erasure of a person.
import type { Outcome } from "../../destination.ts";
import type { Checked, Example, ExampleAnswer } from "../../example.ts";

const counted = (total_items: number): ExampleAnswer => ({
  status: 200,
  json: {
    statusCode: 200,
    data: [],
    meta: {
      pagination: {
        total_items,
        items_per_page: 1,
        total_pages: total_items,
        current_page: 1,
        offset: 0,
        has_next_page: true,
      },
    },
  },
});
const sources = (...labels: string[]): ExampleAnswer => ({
  status: 200,
  json: { statusCode: 200, data: labels.map((label, at) => ({ id_data_source: at + 1, label, type: "api" })) },
});
const no = (status: number, message: string): ExampleAnswer => ({ status, json: { statusCode: status, message } });
const get = (path: string) => ({ method: "GET" as const, path: `/v1/${path}` });
const WRITES = {
  ok: null,
  says: "Whether the key may write customers, orders and products is known with the first event",
};
const LIMIT = { ok: null, says: "ShopiMind takes 600 requests a minute with one key" };
const UNDECLARED = { ok: null, says: "An own data source is declared with the first event" };
const found = { ok: true, says: "The key is valid; ShopiMind has 812 contacts of this shop" };

const check = (name: string, answers: ExampleAnswer[], checks: Checked, settings = {}): Example => ({
  name,
  settings,
  answers,
  requests: [get("contacts?limit=1"), get("data-sources")].slice(0, answers.length),
  checks,
});
const forget = (name: string, answers: ExampleAnswer[], outcome: Outcome): Example => ({
  name,
  forgets: ["6401230098", "6401230555"],
  answers,
  requests: ["6401230098", "6401230555"]
    .slice(0, answers.length)
    .map((id) => ({ method: "DELETE", path: `/v1/customers/${id}` })),
  outcome,
});

export const readExamples: Example[] = [
  check(
    "a key that may read says how many contacts there are",
    [counted(812), sources("Shopify")],
    [found, UNDECLARED, WRITES, LIMIT],
  ),
  check(
    "the own data source is told by its number",
    [counted(812), sources("Shopify", "Switchyard")],
    [
      found,
      { ok: true, says: "The own data source “Switchyard” is there; to have all of it belong to it, enter 2" },
      WRITES,
      LIMIT,
    ],
  ),
  check(
    "the data source that was chosen is named",
    [counted(812), sources("Shopify", "Switchyard")],
    [found, { ok: true, says: "What is sent belongs to the data source “Switchyard”" }, WRITES, LIMIT],
    { dataSource: "2" },
  ),
  check(
    "a data source that is not there",
    [counted(812), sources("Shopify")],
    [found, { ok: false, says: "ShopiMind has no data source 9" }, WRITES, LIMIT],
    { dataSource: "9" },
  ),
  check(
    "a key that is not valid",
    [no(401, "Unauthorized")],
    [{ ok: false, says: "ShopiMind does not accept this key (“401 Unauthorized”)" }],
  ),
  check(
    "a key that may not read",
    [no(403, "Forbidden"), no(403, "Forbidden")],
    [
      { ok: false, says: "The key is known, but may not read contacts (“403 Forbidden”)" },
      { ok: null, says: "The data sources could not be read (the vendor answered 403: “Forbidden”)" },
      WRITES,
      LIMIT,
    ],
  ),
  check(
    "a vendor that is ill says nothing about the key",
    [no(503, "Unavailable"), { status: 200, text: "<html>" }],
    [
      { ok: null, says: "ShopiMind could not say just now (“503 Unavailable”)" },
      {
        ok: null,
        says: "The data sources could not be read (the vendor answered 200, but not as its documentation promises)",
      },
      WRITES,
      LIMIT,
    ],
  ),
  {
    name: "its figures are the counts of now, as far as the key may read them",
    range: { from: "2026-11-01", to: "2026-11-30" },
    answers: [
      counted(812),
      counted(790),
      counted(1204),
      no(403, "Forbidden"),
      { status: 200, json: { statusCode: 200, data: [] } },
    ],
    requests: ["contacts", "customers", "orders", "products", "carts"].map((name) => get(`${name}?limit=1`)),
    reports: {
      figures: [
        { label: "Contacts", value: "812" },
        { label: "Customers", value: "790" },
        { label: "Orders", value: "1204" },
      ],
      charts: [],
      tables: [],
      notes: [
        "ShopiMind's API has no figures by date: these are the counts of now, some seconds behind what was accepted.",
        "Products: the vendor answered 403: “Forbidden”",
        "Carts: ShopiMind did not say how many",
      ],
    },
  },
  forget(
    "a person is deleted under every id; who is gone already is no error",
    [{ status: 200, json: { statusCode: 200 } }, no(404, "Not found")],
    {
      is: "delivered",
    },
  ),
  forget("what cannot be deleted now is said", [no(403, "Forbidden")], {
    is: "pause",
    scope: "channel",
    reason: "403 Forbidden",
  }),
];
