// How alana's answer to a batch is heard.
import type { Message, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";
import { decimal } from "../../number.ts";

const visitorId = "visitor-7f3a";
const home: Message = { channel: "behaviour", id: "1", body: { eventType: "home-page-view", visitorId } };
const seen: Message = {
  channel: "behaviour",
  id: "2",
  body: { eventType: "detail-page-view", visitorId, productId: "1" },
};
const bought: Message = {
  channel: "purchase",
  id: "5500112233445",
  body: {
    eventType: "purchase-complete",
    visitorId,
    productIds: ["1"],
    revenue: decimal("29.90"),
    currency: "EUR",
  },
};

function heard(name: string, messages: Message[], answer: ExampleAnswer, ...outcomes: Outcome[]): Example {
  const request = {
    method: "POST" as const,
    path: "/api/v1/events",
    headers: { "x-api-key": "ak_example" },
    json: { events: messages.map(({ body }) => body) },
  };
  return { name, channel: messages[0]?.channel ?? "", messages, answers: [answer], requests: [request], outcomes };
}
const counted = (stored: number, errors: number) => ({ status: 200, json: { status: "ok", stored, errors } });
const unsure = (reason: string): Outcome => ({ is: "unknown", reason });

export const answerExamples: Example[] = [
  heard("all stored is delivered", [home, seen], counted(2, 0), { is: "delivered" }, { is: "delivered" }),
  heard("a purchase that failed is refused, for it was alone", [bought], counted(0, 1), {
    is: "refused",
    reason: "not valid for alana: 0 of 1 stored",
  }),
  heard(
    "a batch with errors is unknown, for alana does not say which",
    [home, seen],
    counted(1, 1),
    unsure("1 of 2 stored; alana does not say which"),
    unsure("1 of 2 stored; alana does not say which"),
  ),
  heard(
    "a yes that counts nothing is in doubt",
    [bought],
    { status: 200, json: { status: "ok" } },
    {
      is: "doubt",
      reason: "the vendor answered 200, but not as its documentation promises (field: stored, errors)",
    },
  ),
  heard(
    "at the limit it waits",
    [bought],
    { status: 429, headers: { "retry-after": "7" }, text: "Too many" },
    {
      is: "retry",
      reason: "429 Too many",
      after: 7_000,
    },
  ),
  heard(
    "a wrong key pauses the connection",
    [bought],
    { status: 401, json: { error: { message: "Invalid key" } } },
    {
      is: "pause",
      scope: "connection",
      reason: "401 Invalid key",
    },
  ),
  heard(
    "a key without the right pauses the channel",
    [bought],
    { status: 403, json: { error: "Forbidden" } },
    {
      is: "pause",
      scope: "channel",
      reason: "403 Forbidden",
    },
  ),
  { name: "a lost answer is never sent again", channel: "purchase", age: 1_000, inDoubt: "unknown" },
  { name: "nor is a lost view", channel: "behaviour", age: 1_000, inDoubt: "unknown" },
];
