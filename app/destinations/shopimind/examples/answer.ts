// How ShopiMind's answers are heard: bulk writes, deletions, triggers.
import type { Message, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer, ExampleRequest } from "../../example.ts";
import { integer } from "../../number.ts";

const headers = { "spm-api-key": "example-shopimind-key-0001" };
const customer = (id: string): Message => ({
  channel: "customers",
  id,
  body: { customer_id: id, email: `${id}@example.com` },
});
const [a, b, c] = ["a", "b", "c"].map(customer) as [Message, Message, Message];
const post = (path: string, messages: Message[]): ExampleRequest => ({
  method: "POST",
  path: `/v1/${path}`,
  headers,
  json: messages.map(({ body }) => body),
});
const wrote = (sent: number, rejected: object[] = [], count = rejected.length): ExampleAnswer => ({
  status: 200,
  json: { statusCode: 200, sent_count: sent, rejected_count: count, rejected_items: rejected },
});
const rejected = (index: number | undefined, ...errors: string[]) => ({ index, payload: { email: "x" }, errors });
const no = (status: number, message: unknown, more: object = {}): ExampleAnswer => ({
  status,
  json: { statusCode: status, message, ...more },
});
const yes: Outcome = { is: "delivered" };
const refused = (reason: string): Outcome => ({ is: "refused", reason });

function heard(name: string, messages: Message[], answer: ExampleAnswer, outcomes: Outcome[]): Example {
  return { name, channel: "customers", messages, answers: [answer], requests: [post("customers", messages)], outcomes };
}
const one = (name: string, answer: ExampleAnswer, outcome: Outcome) => heard(name, [a], answer, [outcome]);
const written = (channel: string, path: string): Example => {
  const messages = [{ channel, id: "1", body: { lang: "de" } }];
  const name = `${channel} go to ${path}, in an array even when there is one`;
  return { name, channel, messages, answers: [wrote(1)], requests: [post(path, messages)], outcomes: [yes] };
};

const bye: Message = { channel: "deletions", id: "customers/a", body: { resource: "customers", id: "a" } };
const deleted = (name: string, answer: ExampleAnswer, outcome: Outcome): Example => ({
  name,
  channel: "deletions",
  messages: [bye],
  answers: [answer],
  requests: [{ method: "DELETE", path: "/v1/customers/a" }],
  outcomes: [outcome],
});

const trigger = { contact: { email: "mara@example.com" }, metaData: { currency: "EUR" } };
const fired = (name: string, answer: ExampleAnswer, outcome: Outcome, heard_at = "2026-11-21T09:59:00Z"): Example => ({
  name,
  channel: "triggers",
  messages: [{ channel: "triggers", id: "t", body: { code_name: "shopify_checkout_started", heard_at, trigger } }],
  answers: [answer],
  requests: [{ method: "POST", path: "/v1/events/trigger/shopify_checkout_started", headers, json: trigger }],
  outcomes: [outcome],
});

export const answerExamples: Example[] = [
  heard("all are accepted", [a, b], wrote(2), [yes, yes]),
  heard("a 200 is a yes, whatever else it says or leaves out", [a, b], { status: 200, json: { statusCode: 200 } }, [
    yes,
    yes,
  ]),
  heard("also with nothing in it", [a, b], { status: 200, text: "" }, [yes, yes]),
  heard("also where it is no object", [a, b], { status: 200, json: "accepted" }, [yes, yes]),
  heard(
    "counts that are null are none",
    [a],
    { status: 200, json: { sent_count: null, rejected_count: null, rejected_items: null } },
    [yes],
  ),
  heard(
    "numbers may be text, and what is rejected needs no count",
    [a, b],
    { status: 200, json: { sent_count: "1", rejected_items: [{ index: "1", errors: ["no lang"] }] } },
    [yes, refused("no lang")],
  ),
  one(
    "a web page of something in between is no yes",
    { status: 200, text: "<html>Welcome</html>" },
    {
      is: "doubt",
      reason: "the vendor answered 200, but not as its documentation promises",
    },
  ),
  heard(
    "a yes with one rejected refuses that one, in ShopiMind's words and without its payload",
    [a, b, c],
    wrote(2, [rejected(1, "email must be an email")]),
    [yes, refused("email must be an email"), yes],
  ),
  heard(
    "errors that are objects are read to their sentences",
    [a, b],
    wrote(1, [{ index: 0, errors: [{ property: "lang", value: "xx", constraints: { isIn: "lang is not known" } }] }]),
    [refused("lang is not known"), yes],
  ),
  heard("a rejection that does not say which one is found by halves", [a, b], wrote(1, [rejected(undefined, "bad")]), [
    { is: "split", reason: "1 of 2 rejected, without a word on which" },
    { is: "split", reason: "1 of 2 rejected, without a word on which" },
  ]),
  one("of one, it is clear which", wrote(0, [rejected(undefined, "bad")]), refused("bad")),
  one(
    "a count without items refuses the one that was sent",
    wrote(0, [], 1),
    refused("1 of 1 rejected, without a word on which"),
  ),
  heard(
    "a batch whose items are all bad is a 400 that names each",
    [a, b],
    no(400, "All items are invalid", { rejected_items: [rejected(0, "no email"), rejected(1, "no lang")] }),
    [refused("no email"), refused("no lang")],
  ),
  one(
    "a batch of one bad item is a 400",
    no(400, "All items are invalid", { rejected_items: [rejected(0, "no email")] }),
    refused("no email"),
  ),
  heard(
    "a 400 that names nobody is halved",
    [a, b],
    no(400, ["each value must be an object"], { error: "Bad Request" }),
    [
      { is: "split", reason: "400 each value must be an object", onceMore: true },
      { is: "split", reason: "400 each value must be an object", onceMore: true },
    ],
  ),
  one("a key that is not valid, or not active any more", no(401, "Unauthorized"), {
    is: "pause",
    scope: "connection",
    reason: "401 Unauthorized",
  }),
  one("a key without the permission", no(403, "Forbidden resource"), {
    is: "pause",
    scope: "channel",
    reason: "403 Forbidden resource",
  }),
  one(
    "too many requests",
    { ...no(429, "Too Many Requests"), headers: { "retry-after": "12" } },
    { is: "retry", reason: "429 Too Many Requests", after: 12_000 },
  ),
  one("a failure on the way is in doubt", no(502, "Bad gateway"), { is: "doubt", reason: "502 Bad gateway" }),
  one(
    "a yes that is cut off is in doubt",
    { status: 200, text: '{"statusCode":200,"sen' },
    {
      is: "doubt",
      reason: "the vendor answered 200, but not as its documentation promises",
    },
  ),
  {
    name: "what is sent belongs to the data source that the merchant chose",
    settings: { dataSource: "7" },
    channel: "customers",
    messages: [a],
    answers: [wrote(1)],
    requests: [
      { method: "POST", path: "/v1/customers", json: [{ ...(a.body as object), id_data_source: integer("7") }] },
    ],
    outcomes: [yes],
  },
  written("addresses", "customers/addresses/bulk"),
  written("orders", "orders"),
  written("products", "products"),
  written("variations", "products/variations/bulk"),
  written("images", "products/images/bulk"),
  written("categories", "products-categories"),

  deleted("a deletion is accepted", { status: 200, json: { statusCode: 200 } }, yes),
  deleted("also with an empty yes", { status: 204, text: "" }, yes),
  deleted("what is gone already is deleted", no(404, "Not found"), { is: "delivered", alreadyHad: true }),
  deleted("a deletion that fails is in doubt", no(500, "Oops"), { is: "doubt", reason: "500 Oops" }),

  fired("a trigger is fired", { status: 200, json: { statusCode: 200 } }, yes),
  fired("a contact that ShopiMind has not made yet is waited for", no(404, "Contact not found"), {
    is: "retry",
    reason: "404 Contact not found",
    after: 60_000,
  }),
  fired(
    "after ten minutes there is no such contact",
    no(400, "Unknown contact"),
    { is: "skipped", reason: "ShopiMind knows no such contact (the vendor answered 400: “Unknown contact”)" },
    "2026-11-21T09:45:00Z",
  ),
  fired("facts that its event type does not know are refused", no(400, ["metaData.foo is not declared"]), {
    is: "refused",
    reason: "400 metaData.foo is not declared",
  }),
  fired("a trigger whose answer is lost may have sent an e-mail", no(500, "Oops"), { is: "doubt", reason: "500 Oops" }),
];
