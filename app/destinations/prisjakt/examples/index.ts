// What Prisjakt is told of an order, and how its answer is heard.
import type { Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer, Examples } from "../../example.ts";
import { decimal } from "../../number.ts";
import { happened, NOW } from "../../sample-events.ts";
import { amounts, CLICK, item, order, source } from "../../samples.ts";
import { checkExamples } from "./check.ts";
import { readExamples } from "./read.ts";

const DAY = 86_400_000;
const from = (id: string, at: string | null = null) => source({ clicks: { pjclid: { id, at } } });
const clicked = from(CLICK, "2026-11-20T18:00:00Z");
const body = {
  event_name: "purchase",
  event_time: "2026-11-21T08:30:00Z",
  external_event_id: "5500112233445",
  data: { number_of_items: 2, currency: "EUR", amount: decimal("29.90") },
  signed_click_id: CLICK,
};
const message = { channel: "purchase", id: "5500112233445", body };

function heard(name: string, answer: ExampleAnswer, outcome: Outcome): Example {
  const request = {
    method: "POST" as const,
    path: "/pixels/52907745-7672-470e-a803-a2f8feb52944/events",
    headers: { "client-id": "example-client" },
    json: body,
  };
  return {
    name,
    channel: "purchase",
    messages: [message],
    answers: [answer],
    requests: [request],
    outcomes: [outcome],
  };
}
const problem = (status: number, title: string, detail: string, more: object = {}) => ({
  status,
  json: { title, status, detail, ...more, context: { request_id: "d61579e9" } },
});

export default {
  now: NOW,
  settings: {
    pixelId: "52907745-7672-470e-a803-a2f8feb52944",
    clientId: "example-client",
    clientSecret: "example-secret",
  },
  cases: [
    {
      name: "an order with a click id is a purchase, in UTC without milliseconds",
      event: happened("order.placed", { order: order({ source: clicked }) }),
      sends: [message],
    },
    {
      name: "a percent-encoded click id is read once",
      event: happened("order.placed", { order: order({ source: from(` ${CLICK.replace("_", "%5F")}`) }) }),
      sends: [message],
    },
    {
      name: "the number of items is the sum of the quantities",
      event: happened("order.placed", { order: order({ source: clicked, items: [item(), item({ quantity: 3 })] }) }),
      sends: [{ ...message, body: { ...body, data: { ...body.data, number_of_items: 5 } } }],
    },
    {
      name: "a currency that Prisjakt lacks is replaced by the buyer's, amount and currency together",
      event: happened("order.placed", {
        order: order({
          source: clicked,
          amounts: amounts({ currency: "HUF", total: "11500" }),
          presentment: amounts({ currency: "SEK", total: "340.50" }),
        }),
      }),
      sends: [
        { ...message, body: { ...body, data: { number_of_items: 2, currency: "SEK", amount: decimal("340.50") } } },
      ],
    },
    {
      name: "an order in no currency of Prisjakt's is skipped",
      event: happened("order.placed", {
        order: order({ source: clicked, amounts: amounts({ currency: "USD" }), presentment: null }),
      }),
      skips: "unsupported currency USD: Prisjakt takes DKK, EUR, GBP, NOK, NZD, SEK",
    },
    {
      name: "most orders have no click id and are skipped",
      event: happened("order.placed"),
      skips: "no click id: the buyer did not come from Prisjakt",
    },
    {
      name: "a made-up click id is never sent",
      event: happened("order.placed", { order: order({ source: from("%E0%A4%A") }) }),
      skips: "the click id is not one that Prisjakt gives out",
    },
    {
      name: "an id without its signature is not enough",
      event: happened("order.placed", { order: order({ source: from(CLICK.slice(0, 36)) }) }),
      skips: "the click id is not one that Prisjakt gives out",
    },
    {
      name: "a click of more than 30 days ago does not count",
      event: happened("order.placed", { order: order({ source: from(CLICK, "2026-10-20T08:00:00Z") }) }),
      skips: "the click was more than 30 days before the purchase",
    },
    heard("the client's secret is not needed to send", { status: 201, json: { id: "52907745" } }, { is: "delivered" }),
    {
      name: "without a client ID a purchase is sent by the pixel ID alone",
      settings: { clientId: "", clientSecret: "" },
      channel: "purchase",
      messages: [message],
      answers: [{ status: 201, text: "" }],
      requests: [
        { method: "POST", path: "/pixels/52907745-7672-470e-a803-a2f8feb52944/events", headers: {}, json: body },
      ],
      outcomes: [{ is: "delivered" }],
    },
    {
      name: "a pixel that asks for one all the same pauses the connection, and says what to do",
      settings: { clientId: "" },
      channel: "purchase",
      messages: [message],
      answers: [problem(401, "Unauthorized", "client-id is missing")],
      requests: [{ method: "POST", path: "/pixels/52907745-7672-470e-a803-a2f8feb52944/events", json: body }],
      outcomes: [
        {
          is: "pause",
          scope: "connection",
          reason:
            "Prisjakt asks for a client ID with this pixel's purchases: enter the one it gave you (“401 Unauthorized: client-id is missing”)",
        },
      ],
    },
    heard("a yes without a body is a yes", { status: 201, text: "" }, { is: "delivered" }),
    heard(
      "a web page in place of an answer is no yes: it may be sent again",
      { status: 200, text: "<!doctype html><p>Hello." },
      { is: "doubt", reason: "200 Hello." },
    ),
    heard(
      "a conflict that Prisjakt does not tell of is another's no",
      { status: 409, text: "<html><body>Blocked</body></html>" },
      { is: "split", foreign: true, reason: "the answer was 409, but not in the vendor's own words: “Blocked”" },
    ),
    heard("a conflict means that it is there already", problem(409, "Conflict", "It exists"), {
      is: "delivered",
      alreadyHad: true,
    }),
    heard(
      "a purchase that is not valid is refused with the fields that are wrong",
      problem(400, "Request validation failed", "See field_errors", {
        field_errors: { "data.amount": { message: "invalid number", value: "x" } },
      }),
      { is: "refused", reason: "400 Request validation failed: data.amount: invalid number" },
    ),
    heard("a wrong pixel pauses the channel", problem(404, "Not Found", "There is no such pixel"), {
      is: "pause",
      scope: "channel",
      reason: "Prisjakt does not know this pixel: check the pixel ID (“404 Not Found: There is no such pixel”)",
    }),
    heard(
      "a click that Prisjakt does not know refuses one purchase only",
      problem(404, "Click not found", "No click"),
      {
        is: "refused",
        reason: "404 Click not found: No click",
      },
    ),
    heard("a disabled pixel pauses the channel", problem(403, "Forbidden", "The pixel is disabled"), {
      is: "pause",
      scope: "channel",
      reason:
        "The pixel is off, or the client lacks the role event_publisher or shop_user (“403 Forbidden: The pixel is disabled”)",
    }),
    heard("a wrong client pauses the connection", problem(401, "Unauthorized", "Unknown client"), {
      is: "pause",
      scope: "connection",
      reason: "401 Unknown client",
    }),
    heard(
      "at the limit it waits for the reset, in milliseconds",
      { ...problem(429, "Too Many Requests", "Slow down"), headers: { "x-ratelimit-reset": "1500" } },
      { is: "retry", reason: "429 Slow down", after: 1500 },
    ),
    heard("a fault at the vendor leaves it in doubt", { status: 503, text: "" }, { is: "doubt", reason: "503" }),
    { name: "for 29 days a lost answer is sent again", channel: "purchase", age: 28 * DAY, inDoubt: "send again" },
    { name: "after that it is looked up", channel: "purchase", age: 29 * DAY, inDoubt: "look up" },
    {
      name: "without a secret nothing can be looked up",
      settings: { clientSecret: "" },
      channel: "purchase",
      age: 30 * DAY,
      inDoubt: "unknown",
    },
    ...checkExamples,
    ...readExamples,
  ],
} satisfies Examples;
