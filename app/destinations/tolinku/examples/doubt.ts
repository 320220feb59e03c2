// What is done where Tolinku's answer was lost: sent again, looked up in the buyer's journey, or left unknown.
import type { Message } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";
import { decimal } from "../../number.ts";

const HOUR = 3_600_000;
const bought = (id: string, userId = "6401230098"): Message => ({
  channel: "commerce",
  id,
  body: { event_type: "purchase", transaction_id: id, revenue: decimal("29.90"), currency: "EUR", user_id: userId },
  userId,
});

const journey = (userId: string, transactions: string[]): ExampleAnswer => ({
  status: 200,
  json: {
    user_id: userId,
    events: [
      { event_type: "view_item", timestamp: "2026-11-20T10:30:00Z", items: [{ item_id: "1" }] },
      ...transactions.map((transaction_id) => ({
        event_type: "purchase",
        timestamp: "2026-11-20T10:35:00Z",
        transaction_id,
        revenue: 29.9,
      })),
    ],
  },
});
const ask = (userId: string) => ({
  method: "GET" as const,
  path: `/v1/api/analytics/ecommerce/user-journey?user_id=${userId}`,
});
const lookUp = (
  name: string,
  messages: Message[],
  users: string[],
  answers: ExampleAnswer[],
  found: ("there" | "not there" | "cannot tell")[],
): Example => ({
  name,
  channel: "commerce",
  lookUp: messages,
  since: "2026-11-20T10:00:00Z",
  answers,
  requests: users.map(ask),
  found,
});

export const doubtExamples: Example[] = [
  {
    name: "a purchase may be sent again for 23 hours: Tolinku drops the second",
    channel: "commerce",
    age: 23 * HOUR - 1,
    inDoubt: "send again",
  },
  {
    name: "after that a second one would count, so it is looked up",
    channel: "commerce",
    age: 23 * HOUR,
    inDoubt: "look up",
  },
  {
    name: "behaviour has no key that a second one would be known by",
    channel: "behaviour",
    age: 1,
    inDoubt: "unknown",
  },

  lookUp(
    "each buyer is asked for once, and the transaction found in the journey or not",
    [bought("1"), bought("2"), bought("3", "visitor 7")],
    ["6401230098", "visitor+7"],
    [journey("6401230098", ["1"]), journey("visitor 7", ["3"])],
    ["there", "not there", "there"],
  ),
  lookUp(
    "a purchase of nobody cannot be looked up",
    [{ ...bought("1"), userId: undefined } as unknown as Message],
    [],
    [],
    ["cannot tell"],
  ),
  lookUp(
    "a publishable key may not ask",
    [bought("1")],
    ["6401230098"],
    [{ status: 403, json: { error: "This endpoint requires a secret API key" } }],
    ["cannot tell"],
  ),
];
