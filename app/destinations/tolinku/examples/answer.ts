// How Tolinku's answers to a batch are heard.
import type { Message, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";
import { decimal } from "../../number.ts";

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
    "what is neither counted nor named was ignored in silence, as a purchase that it had is",
    [bought("1"), bought("2"), bought("3")],
    { status: 200, json: { ok: true, accepted: 1, errors: ["events[0]: Invalid ecommerce event_type"] } },
    [{ is: "refused", reason: "Invalid ecommerce event_type" }, { is: "delivered" }, { is: "delivered" }],
  ),
  one("also where nothing was counted", { status: 200, json: { ok: true, accepted: 0 } }, { is: "delivered" }),
  heard("a yes without a count is one", [bought("1"), bought("2")], { status: 200, json: { ok: true } }, [
    { is: "delivered" },
    { is: "delivered" },
  ]),
  heard(
    "more than were sent leave all of them in doubt",
    [bought("1"), bought("2")],
    { status: 200, json: { ok: true, accepted: 2, errors: ["events[0]: Invalid ecommerce event_type"] } },
    [
      { is: "refused", reason: "Invalid ecommerce event_type" },
      { is: "doubt", reason: "Tolinku accepted 2 of 2 and named 1 that it refused" },
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
      reason: "the vendor answered 200, but not as its documentation promises",
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
    pause("the plan's events for this month are used up (“429 Ecommerce event quota exceeded”)"),
  ),
  one(
    "the free tier has no ecommerce events",
    no(403, "Ecommerce events are not available on the free tier"),
    pause(
      "the appspace's plan has no ecommerce events: it needs a paid plan (“403 Ecommerce events are not available on the free tier”)",
    ),
  ),
  one(
    "a feature that the plan lacks",
    no(403, "This feature requires a paid plan", "FEATURE_GATED"),
    pause(
      "the appspace's plan has no ecommerce events: it needs a paid plan (“403 This feature requires a paid plan”)",
    ),
  ),
  one(
    "a plan that is used up",
    no(403, "API call limit exceeded", "USAGE_EXCEEDED"),
    pause(
      "the appspace has used up its plan for this month: a higher plan, or the next billing month, opens it again (“403 API call limit exceeded”)",
    ),
  ),
  one(
    "an appspace that is frozen",
    no(403, "Appspace is frozen", "APPSPACE_FROZEN"),
    pause(
      "the appspace is frozen because of its billing: mend the payment method at Tolinku (“403 Appspace is frozen”)",
    ),
  ),
  one(
    "a wrong key pauses the connection",
    no(401, "Invalid or missing API key"),
    pause("401 Invalid or missing API key", "connection"),
  ),
  one(
    "a redirect is never followed, the key would go with it",
    { status: 302, headers: { location: "https://other.example.com/" } },
    { is: "retry", reason: "302" },
  ),
  one("a failure on the way is in doubt", no(500, "Internal error"), { is: "doubt", reason: "500 Internal error" }),
  heard("behaviour is heard in the same way", [viewed], { status: 200, json: { ok: true, accepted: 1 } }, [
    { is: "delivered" },
  ]),
];
