// What an order comes to at the vendors, whatever becomes of it, in whatever order its webhooks come, and however often.
import fc from "fast-check";
import { expect, test } from "vitest";
import { less, sum, writtenAs } from "../app/events/decimal.ts";
import type { Event } from "../app/events/event.ts";
import { type History, historyOf, type Step } from "./support/histories.ts";
import { Books, type Sent } from "./support/readings.ts";

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ is: fc.constantFrom("pay" as const, "pay" as const, "cancel" as const, "pay back" as const) }),
    fc.record({ is: fc.constant("edit" as const), pieces: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ is: fc.constant("favour" as const), cents: fc.constantFrom(100, 333) }),
    fc.record({
      is: fc.constant("refund" as const),
      pieces: fc.integer({ min: 1, max: 2 }),
      first: fc.constantFrom("told" as const, "pending" as const, "failed" as const, "untold" as const),
    }),
  ),
  { maxLength: 6 },
);
const growing: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    steps.map((some) => some[0] ?? { is: "pay" as const }),
    fc.record({ is: fc.constant("add" as const), pieces: fc.integer({ min: 1, max: 2 }) }),
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
    .tuple(of, fc.boolean())
    .map(([list, sameSecond]) => historyOf(list, { sameSecond }))
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

function check([history, sent]: [History, Sent[]]) {
  const books = hearAll(sent);
  for (const rule of ["placed", "paid"] as const) {
    const there = atVendors(books, rule);
    if (!there) continue;
    if (!history.grew) expect([rule, there.net]).toEqual([rule, history.left]);
    else expect([rule, writtenAs(sum(there.net, there.raise), "0.00")]).toEqual([rule, history.left]);
    expect(there.net).not.toMatch(/^-/);
  }
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
