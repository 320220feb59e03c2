// What may be done at ShopiMind after a lost answer, and what it can be asked.
import type { Message } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";

const DAY = 86_400_000;
const SENT = "2026-11-20T10:00:00.000Z";

const message = (channel: string, id: string): Message => ({ channel, id, body: { updated_at: SENT } });
const has = (updated_at?: string): ExampleAnswer => ({
  status: 200,
  json: { statusCode: 200, data: updated_at ? { updated_at } : {} },
});
const no = (status: number): ExampleAnswer => ({ status, json: { statusCode: status, message: "No" } });

const lookUp = (
  name: string,
  channel: "orders" | "customers",
  answers: ExampleAnswer[],
  found: ("there" | "not there" | "cannot tell")[],
): Example => ({
  name,
  channel,
  lookUp: answers.map((_, at) => message(channel, String(820982911946 + at))),
  since: SENT,
  answers,
  requests: answers.map((_, at) => ({
    method: "GET",
    path: `/v1/${channel === "orders" ? "orders/id" : channel}/${820982911946 + at}`,
  })),
  found,
});

export const doubtExamples: Example[] = [
  { name: "a trigger is never fired a second time", channel: "triggers", age: 1, inDoubt: "unknown" },
  { name: "a customer may be sent again at any time", channel: "customers", age: 30 * DAY, inDoubt: "send again" },
  { name: "a deletion may be repeated", channel: "deletions", age: 30 * DAY, inDoubt: "send again" },
  lookUp(
    "an order is there in the state that was sent or a newer one; an older state is not what was sent",
    "orders",
    [has(SENT), has("2026-11-20T12:00:00+01:00"), has("2026-11-20T10:59:59+01:00"), no(404)],
    ["there", "there", "not there", "not there"],
  ),
  lookUp("a customer without a date tells nothing", "customers", [has()], ["cannot tell"]),
  {
    name: "parts of a product cannot be asked for one by one",
    channel: "images",
    lookUp: [message("images", "1")],
    since: SENT,
    answers: [],
    requests: [],
    found: ["cannot tell"],
  },
];
