// How ShopiPixel's answers to a batch are heard, and what may be done when there is none.
import type { Message, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";

const MINUTE = 60_000;
const message = (id: string): Message => ({
  channel: "events",
  id,
  body: { eventName: "Purchase", eventId: id, eventTime: 1795249800 },
});
const first = message("purchase_1");
const second = message("purchase_2");
const third = message("purchase_3");

function heard(name: string, messages: Message[], answer: ExampleAnswer, outcomes: Outcome[]): Example {
  const request = {
    method: "POST" as const,
    path: "/api/v1/events",
    headers: { authorization: "Bearer sp_example" },
    json: messages.map(({ body }) => body),
  };
  return { name, channel: "events", messages, answers: [answer], requests: [request], outcomes };
}
const results = (...results: object[]): ExampleAnswer => ({ status: 200, json: { success: true, results } });
const no = (status: number, error: string, headers?: Record<string, string>) => ({
  status,
  headers,
  json: { success: false, error },
});

export const answerExamples: Example[] = [
  heard(
    "each event of a batch has its own result, by its place",
    [first, second, third],
    results(
      { success: true, eventId: "purchase_1" },
      { success: false, error: "event_not_found", message: "OrderRefunded has not been defined" },
      { success: true, duplicate: true },
    ),
    [
      { is: "delivered" },
      {
        is: "refused",
        reason:
          "ShopiPixel does not know the event (“event_not_found: OrderRefunded has not been defined”): define it there under Event triggers > Events, active, and send it again",
      },
      { is: "delivered", alreadyHad: true },
    ],
  ),
  heard(
    "an event that is too old is refused in the vendor's words",
    [first],
    results({ success: false, error: { code: "validation_failed", message: "eventTime is outside the window" } }),
    [
      {
        is: "refused",
        reason:
          "ShopiPixel takes an event within 24 hours of when it happened, and nothing later (“validation_failed: eventTime is outside the window”)",
      },
    ],
  ),
  heard(
    "the least that tells a yes from a no: duplicate, error, or a word for one",
    [first, second, third],
    {
      ...results({ duplicate: true }, { error: "validation_failed" }, { status: "created" }),
    },
    [{ is: "delivered", alreadyHad: true }, { is: "refused", reason: "validation_failed" }, { is: "delivered" }],
  ),
  heard("a result that says neither is in doubt", [first], results({ eventId: "purchase_1" }), [
    { is: "doubt", reason: "the result does not say whether the event was taken" },
  ]),
  heard(
    "results that each name their event need not be in order",
    [first, second],
    results(
      { success: false, error: "validation_failed", eventId: "purchase_2" },
      { success: true, eventId: "purchase_1" },
    ),
    [{ is: "delivered" }, { is: "refused", reason: "validation_failed" }],
  ),
  heard(
    "of one event the answer may be that of a single one",
    [first],
    { status: 200, json: { success: true, duplicate: true } },
    [{ is: "delivered", alreadyHad: true }],
  ),
  heard(
    "a failure that passes by itself is tried again",
    [first],
    results({ success: false, code: "internal_error" }),
    [{ is: "retry", reason: "internal_error" }],
  ),
  heard("a result that names another event settles nothing", [first], results({ success: true, eventId: "pv_9" }), [
    { is: "doubt", reason: "the result at this place is another event's" },
  ]),
  heard("fewer results than events settle nothing", [first, second], results({ success: true }), [
    { is: "doubt", reason: "1 results for 2 events" },
    { is: "doubt", reason: "1 results for 2 events" },
  ]),
  heard("a yes without results is in doubt, and says where it does not fit", [first], { status: 200, json: {} }, [
    { is: "doubt", reason: "the vendor answered 200, but not as its documentation promises (field: results)" },
  ]),
  heard("a yes that is no JSON is in doubt", [first], { status: 200, text: "<html>" }, [
    { is: "doubt", reason: "the vendor answered 200, but not as its documentation promises" },
  ]),
  heard("a key that is not accepted pauses the connection", [first], no(401, "unauthorized"), [
    {
      is: "pause",
      scope: "connection",
      reason:
        "ShopiPixel does not take the key (“401 unauthorized”): look under Settings > API there whether it is still active, or make a new one",
    },
  ]),
  heard("a missing permission pauses the channel", [first], no(403, "Permission events:write required"), [
    {
      is: "pause",
      scope: "channel",
      reason:
        "The key lacks a permission: make a new one under Settings > API (“403 Permission events:write required”)",
    },
  ]),
  heard("a missing plan pauses the channel", [first], no(403, "Enterprise plan required"), [
    {
      is: "pause",
      scope: "channel",
      reason: "ShopiPixel asks for an active Enterprise plan: see Billing there (“403 Enterprise plan required”)",
    },
  ]),
  heard("a body that is too large is split", [first, second], no(413, "Request body too large"), [
    { is: "split", reason: "413 Request body too large" },
    { is: "split", reason: "413 Request body too large" },
  ]),
  heard(
    "at the limit it waits as long as it is told",
    [first],
    no(429, "Rate limit exceeded", { "retry-after": "42" }),
    [{ is: "retry", reason: "429 Rate limit exceeded", after: 42_000 }],
  ),
  heard("a fault at the vendor leaves it in doubt", [first], { status: 502, text: "Bad Gateway" }, [
    { is: "doubt", reason: "502 Bad Gateway" },
  ]),
  { name: "within 20 minutes a lost answer is sent again", channel: "events", age: 18 * MINUTE, inDoubt: "send again" },
  { name: "after that it is looked up", channel: "events", age: 20 * MINUTE, inDoubt: "look up" },
];
