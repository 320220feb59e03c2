// How Tolinku's answers to a batch are heard, and what is done where an answer was lost.
import { decimal, type Message, type Outcome } from "../destination.ts";
import type { Example, ExampleAnswer } from "../example.ts";

const HOUR = 3_600_000;
const BATCH = "/v1/api/analytics/ecommerce/batch";

const bought = (id: string, userId = "6401230098"): Message => ({
  channel: "commerce",
  id,
  body: { event_type: "purchase", transaction_id: id, revenue: decimal("29.90"), currency: "EUR", user_id: userId },
  userId,
});
const viewed: Message = { channel: "behaviour", id: "browse:sh-4", body: { event_type: "view_cart" } };

function heard(name: string, messages: Message[], answer: ExampleAnswer, outcomes: Outcome[]): Example {
  const request = {
    method: "POST" as const,
    path: BATCH,
    headers: { "x-api-key": "tolk_sec_example" },
    json: { events: messages.map(({ body }) => body) },
  };
  return { name, channel: messages[0]?.channel ?? "", messages, answers: [answer], requests: [request], outcomes };
}
const one = (name: string, answer: ExampleAnswer, outcome: Outcome) => heard(name, [bought("1")], answer, [outcome]);
const no = (status: number, error: string, code?: string) => ({ status, json: { error, ...(code ? { code } : {}) } });
const pause = (reason: string, scope: "channel" | "connection" = "channel"): Outcome => ({
  is: "pause",
  scope,
  reason,
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

export const answerExamples: Example[] = [
  heard("all were accepted", [bought("1"), bought("2")], { status: 200, json: { ok: true, accepted: 2 } }, [
    { is: "delivered" },
    { is: "delivered" },
  ]),
  heard(
    "one of three is invalid: it alone is refused, by its index",
    [bought("1"), bought("2"), bought("3")],
    {
      status: 200,
      json: { ok: true, accepted: 2, errors: ["events[1]: transaction_id is required for purchase events"] },
    },
    [
      { is: "delivered" },
      { is: "refused", reason: "transaction_id is required for purchase events" },
      { is: "delivered" },
    ],
  ),
  heard(
    "numbers that do not add up leave in doubt what was not named",
    [bought("1"), bought("2"), bought("3")],
    { status: 200, json: { ok: true, accepted: 1, errors: ["events[0]: Invalid ecommerce event_type"] } },
    [
      { is: "refused", reason: "Invalid ecommerce event_type" },
      { is: "doubt", reason: "Tolinku accepted 1 of 3 and named 1 that it refused" },
      { is: "doubt", reason: "Tolinku accepted 1 of 3 and named 1 that it refused" },
    ],
  ),
  one(
    "an error that names no event leaves all of it in doubt",
    { status: 200, json: { ok: true, accepted: 0, errors: ["something went wrong"] } },
    { is: "doubt", reason: "Tolinku accepted 0 of 1 and named 0 that it refused" },
  ),
  one(
    "a yes that is cut off is in doubt",
    { status: 200, text: '{"ok":true,"acc' },
    {
      is: "doubt",
      reason: "200, but the answer: Invalid input: expected object, received undefined",
    },
  ),
  one("a batch that is refused whole is halved", no(400, "Maximum 100 events per batch"), {
    is: "split",
    reason: "400 Maximum 100 events per batch",
  }),
  one(
    "too many requests pass by waiting",
    { ...no(429, "Too many requests. Please slow down."), headers: { "ratelimit-reset": "17" } },
    { is: "retry", reason: "429 Too many requests. Please slow down.", after: 17_000 },
  ),
  one(
    "a used-up quota does not pass by waiting: the channel pauses",
    no(429, "Ecommerce event quota exceeded"),
    pause("429 Ecommerce event quota exceeded: the plan's events for this month are used up"),
  ),
  one(
    "the free tier has no ecommerce events",
    no(403, "Ecommerce events are not available on the free tier"),
    pause(
      "403 Ecommerce events are not available on the free tier: the appspace's plan has no ecommerce events: it needs a paid plan",
    ),
  ),
  one(
    "a feature that the plan lacks",
    no(403, "This feature requires a paid plan", "FEATURE_GATED"),
    pause("403 This feature requires a paid plan: the appspace's plan has no ecommerce events: it needs a paid plan"),
  ),
  one(
    "a plan that is used up",
    no(403, "API call limit exceeded", "USAGE_EXCEEDED"),
    pause(
      "403 API call limit exceeded: the appspace has used up its plan for this month: a higher plan, or the next billing month, opens it again",
    ),
  ),
  one(
    "an appspace that is frozen",
    no(403, "Appspace is frozen", "APPSPACE_FROZEN"),
    pause("403 Appspace is frozen: the appspace is frozen because of its billing: mend the payment method at Tolinku"),
  ),
  one(
    "a wrong key pauses the connection",
    no(401, "Invalid or missing API key"),
    pause("401 Invalid or missing API key", "connection"),
  ),
  one(
    "a redirect is never followed, the key would go with it",
    { status: 302, headers: { location: "https://other.example.com/" } },
    pause("302"),
  ),
  one("a failure on the way is in doubt", no(500, "Internal error"), { is: "doubt", reason: "500 Internal error" }),
  heard("behaviour is heard in the same way", [viewed], { status: 200, json: { ok: true, accepted: 1 } }, [
    { is: "delivered" },
  ]),

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
    [no(403, "This endpoint requires a secret API key")],
    ["cannot tell"],
  ),
];
