// What an order comes to at the vendors, whatever becomes of it, in whatever order its webhooks come, and however often.
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderMessage } from "../../app/destinations/shopimind/order.ts";
import { compare, less, sum, writtenAs } from "../../app/events/decimal.ts";
import type { Event, EventOf } from "../../app/events/event.ts";
import { type History, historyOf } from "../support/histories.ts";
import { Books, type Sent } from "../support/readings.ts";
import type { Step } from "../support/steps.ts";

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ is: fc.constantFrom("pay" as const, "pay" as const, "pay back" as const) }),
    fc.record({ is: fc.constant("cancel" as const), restock: fc.boolean() }),
    fc.record({ is: fc.constant("edit" as const), pieces: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ is: fc.constant("favour" as const), cents: fc.constantFrom(100, 333) }),
    fc.record({
      is: fc.constant("refund" as const),
      pieces: fc.integer({ min: 1, max: 2 }),
      first: fc.constantFrom(
        "told" as const,
        "pending" as const,
        "failed" as const,
        "untold" as const,
        "never" as const,
      ),
      over: fc.boolean(),
    }),
  ),
  { maxLength: 6 },
);
const growing: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    steps.map((some) => some[0] ?? { is: "pay" as const }),
    fc.record({ is: fc.constant("add" as const), pieces: fc.integer({ min: 1, max: 2 }) }),
    fc.record({
      ...{ is: fc.constant("refund" as const), pieces: fc.integer({ min: 1, max: 2 }) },
      ...{ first: fc.constant("told" as const), of: fc.constantFrom("added" as const, "all" as const) },
    }),
    fc.record({ is: fc.constant("exchange" as const), back: fc.constant(1), into: fc.integer({ min: 1, max: 3 }) }),
  ),
  { maxLength: 7 },
);

/** All of the webhooks, some of them twice, in any order. */
const mixed = (sent: Sent[]) =>
  fc.subarray(sent).chain((again) =>
    fc.shuffledSubarray([...sent, ...again], {
      minLength: sent.length + again.length,
      maxLength: sent.length + again.length,
    }),
  );

const cases = (of: fc.Arbitrary<Step[]>) =>
  fc
    .tuple(of, fc.boolean(), fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 })))
    .map(([list, sameSecond, late]) => historyOf(list, { sameSecond, late }))
    .chain((history) => fc.tuple(fc.constant(history), fc.oneof(fc.constant(history.sent), mixed(history.sent))));

function hearAll(sent: Sent[]): Books {
  const books = new Books();
  for (const one of sent) books.hear(one);
  return books;
}

type Rule = "placed" | "paid";
const isOf = (rule: Rule, event: Event) =>
  !("against" in event) || event.against === undefined || event.against === rule;

/** What vendors are left with by one of the two rules: the purchase less all that they are told to take off; null: no purchase. */
function atVendors(books: Books, rule: Rule): { net: string; raise: string } | null {
  const [bought] = books.of(`order.${rule}`);
  if (!bought) return null;
  const refunds = books.of("order.refunded").filter((one) => isOf(rule, one));
  const reduced = books.of("order.reduced").filter((one) => isOf(rule, one));
  const changes = [...books.events.values()].filter(
    (one) => (one.kind === "order.reduced" || one.kind === "order.raised") && isOf(rule, one),
  );
  const last = changes.at(-1);
  return {
    net: writtenAs(
      less(
        bought.order.amounts.total,
        sum("0", ...refunds.map((one) => one.part ?? one.refund.total), ...reduced.map((one) => one.less)),
      ),
      "0.00",
    ),
    raise: last && "raise" in last ? last.raise : "0",
  };
}

/** Each as [its steps, how many of its webhooks were before our time]. */
const found: Record<string, [Step[], number]> = {
  "a refund that pays back what an edit left over, too": [
    [{ is: "pay" }, { is: "edit", pieces: 1 }, { is: "refund", pieces: 1, first: "told", over: true }],
    2,
  ],
  "an edit before it was heard of, and the money that it left over": [
    [{ is: "pay" }, { is: "edit", pieces: 1 }, { is: "pay back" }],
    3,
  ],
  "an exchange for less before it was heard of": [
    [{ is: "pay" }, { is: "exchange", back: 1, into: 1 }, { is: "pay back" }],
    3,
  ],
  "an upsell that went back": [
    [{ is: "pay" }, { is: "add", pieces: 1 }, { is: "refund", pieces: 1, first: "told", of: "added" }],
    2,
  ],
  "an upsell, and all of it back": [
    [{ is: "pay" }, { is: "add", pieces: 1 }, { is: "refund", pieces: 1, first: "told", of: "all" }],
    2,
  ],
  "a refund that failed for good": [[{ is: "pay" }, { is: "refund", pieces: 1, first: "never" }], 2],
  "a cancellation before it was paid": [[{ is: "cancel", restock: true }], 0],
};

const permutations = <T>(all: T[]): T[][] =>
  all.length < 2 ? [all] : all.flatMap((one, at) => permutations(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

test.each(Object.entries(found))("in every order: %s", (_, [list, late]) => {
  for (const sameSecond of [false, true]) {
    const history = historyOf(list, { sameSecond, late });
    for (const sent of permutations(history.sent)) check([history, sent]);
  }
});

/** ShopiMind is told of every state, with a product, and no amount of it is below 0. */
function checkState(history: History, books: Books) {
  const told = orderMessage(books.newest("order:4001") as EventOf<"order.updated">);
  const text = JSON.stringify("body" in told ? told.body : told);
  expect(text).not.toMatch(/"skip"|:-|"products":\[\]/);
  const { amount } = JSON.parse(text) as { amount: number };
  if (!history.sameSecond) expect(amount.toFixed(2)).toBe(history.left);
}

function check([history, sent]: [History, Sent[]]) {
  const books = hearAll(sent);
  for (const rule of ["placed", "paid"] as const) {
    const there = atVendors(books, rule);
    if (!there) continue;
    if (!history.grew) expect([rule, there.net]).toEqual([rule, history.left]);
    else expect([rule, writtenAs(sum(there.net, there.raise), "0.00")]).toEqual([rule, history.left]);
    expect(there.net).not.toMatch(/^-/);
    // What vendors lack is never more than what was added: nothing was taken off that was never told.
    expect([rule, compare(there.raise, history.added) <= 0 || there.raise]).toEqual([rule, true]);
  }
  checkState(history, books);
  const all = [...books.events.values()].map(({ key }) => key);
  for (const one of sent) expect(books.hear(one).filter(({ kind }) => kind !== "customer.saved")).toEqual([]);
  expect([...books.events.keys()]).toEqual(all);
}

test("purchase, refunds and reductions leave the vendors with what is left in the shop, to the cent", () => {
  fc.assert(fc.property(cases(steps), check), { numRuns: 150 });
});

test("what an order grew by is recorded, and explains all that a vendor lacks", () => {
  fc.assert(fc.property(cases(growing), check), { numRuns: 150 });
});
