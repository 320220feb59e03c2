// How what a product has lost is taken away at ShopiMind, and how its answers to that are heard.
import type { Message, Outcome } from "../../destination.ts";
import type { Example, ExampleAnswer } from "../../example.ts";
import { happened } from "../../sample-events.ts";

const ID = "7290001112223";
const GONE = ["41220003334440", "41220003334441"];
const removal = (part: "variations" | "images"): Message => ({
  channel: "removals",
  id: `products/${ID}/${part}/1`,
  body: { part, product: ID, ids: GONE },
});
const no = (status: number, message: string, more: object = {}): ExampleAnswer => ({
  status,
  json: { statusCode: status, message, ...more },
});
const wrote = (sent: number, rejected_items?: object[]): ExampleAnswer => ({
  status: 200,
  json: { statusCode: 200, sent_count: sent, rejected_count: GONE.length - sent, rejected_items },
});
const items = (...errors: string[]) => errors.map((error, index) => ({ index, errors: [error] }));

const heard = (
  name: string,
  answer: ExampleAnswer,
  outcome: Outcome,
  part: "variations" | "images" = "variations",
): Example => ({
  name,
  channel: "removals",
  messages: [removal(part)],
  answers: [answer],
  requests: [
    { method: "POST", path: `/v1/products/${ID}/${part}/bulk-delete`, json: { [`${part.slice(0, -1)}_ids`]: GONE } },
  ],
  outcomes: [outcome],
});
const yes: Outcome = { is: "delivered" };

export const removalExamples: Example[] = [
  heard("variations of a product are deleted in one call, whose body is an object", wrote(2), yes),
  heard("images of a product too", wrote(2), yes, "images"),
  heard("a yes without counts is one", { status: 200, json: { statusCode: 200 } }, yes),
  heard("an empty yes too", { status: 200, text: "" }, yes),
  heard("of a product that is not there nothing is left to delete", no(404, "Not found"), yes),
  heard("of what is gone already the rest is deleted", wrote(1), yes),
  heard("also where ShopiMind names what it leaves out without a reason", wrote(1, [{ index: 0 }]), yes),
  heard(
    "what ShopiMind says it does not have is deleted",
    wrote(0, items("Variation not found", "It does not exist")),
    yes,
  ),
  heard(
    "also where it says so of all with a 400",
    no(400, "All items are invalid", { rejected_items: items("Variation not found", "Variation not found") }),
    yes,
  ),
  heard("a no of another kind is one", wrote(1, items("it is in use")), { is: "refused", reason: "it is in use" }),
  heard(
    "a 400 for another reason is one too",
    no(400, "All items are invalid", { rejected_items: items("not a number", "not a number") }),
    { is: "refused", reason: "not a number" },
  ),
  heard("a 400 that names nobody says it of the whole", no(400, "variation_ids must be an array"), {
    is: "split",
    reason: "400 variation_ids must be an array",
    onceMore: true,
  }),
  heard("a key without the permission pauses the removals", no(403, "Forbidden resource"), {
    is: "pause",
    scope: "channel",
    reason: "403 Forbidden resource",
  }),
  heard("a removal that fails is in doubt", no(502, "Bad gateway"), { is: "doubt", reason: "502 Bad gateway" }),
  heard(
    "so is a yes that is cut off",
    { status: 200, text: '{"statusCode":200,"sen' },
    {
      is: "doubt",
      reason: "the vendor answered 200, but not as its documentation promises",
    },
  ),
  { name: "a removal may be repeated", channel: "removals", age: 30 * 86_400_000, inDoubt: "send again" },
  {
    name: "a removal needs nothing to be known first",
    event: happened("product.saved"),
    message: removal("images"),
    needs: [],
  },
];
