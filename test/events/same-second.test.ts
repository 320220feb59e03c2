// Two words on one order of one second: which of them is newer is the same for the state at a vendor and for the order's account.
import fc from "fast-check";
import { expect, test } from "vitest";
import { accountOf, withVersion } from "../../app/events/account.ts";
import { orderRank } from "../../app/events/order-rank.ts";
import type { Owed } from "../../app/events/owed.ts";
import { line, order, refund } from "../support/payloads.ts";
import { Books } from "../support/readings.ts";

const nothing = { cancelledAt: null, paid: false, fulfillmentStatus: null };
const triggeredAt = "2026-11-20T17:00:04.000Z";
const two = [line({ id: 9101 }), line({ id: 9102, price: "30.00" })];
const dear = { line_items: two, total_price: "80.00", current_total_price: "80.00", total_tax: "0.00" };

test.each<[string, object, object]>([
  ["an edit that took something out", dear, { ...dear, current_total_price: "30.00" }],
  ["a refund", {}, { refunds: [refund()], financial_status: "partially_refunded", current_total_price: "17.40" }],
  ["an upsell", {}, { line_items: two, total_price: "59.90", current_total_price: "59.90" }],
  ["the payment", { financial_status: "pending" }, { financial_status: "paid" }],
  ["what was sent", { fulfillment_status: "partial" }, { fulfillment_status: "fulfilled" }],
  [
    "the cancellation",
    { financial_status: "paid" },
    { financial_status: "paid", cancelled_at: "2026-11-20T18:00:03+01:00" },
  ],
])("of one second and one trigger the word of %s is the newer, whichever comes last", (_, before, after) => {
  const bodies = [order(before as Record<string, unknown>), order(after as Record<string, unknown>)];
  for (const when of [triggeredAt, null])
    for (const sent of [bodies, bodies.toReversed()]) {
      const books = new Books();
      for (const body of sent) books.hear({ topic: "orders/updated", body, triggeredAt: when });
      const told = books
        .of("order.updated")
        .find(({ key }) => key === (books.newest("order:4001") as { key: string }).key);
      const alone = new Books();
      alone.hear({ topic: "orders/updated", body: bodies[1], triggeredAt: when });
      const { order: expected } = alone.of("order.updated")[0] ?? {};
      const facts = (one: typeof expected) => [
        one?.left ?? one?.amounts,
        one?.paid,
        one?.fulfillmentStatus,
        one?.cancelledAt,
      ];
      expect(facts(told?.order)).toEqual(facts(expected));
      const account = books.snapshots.get("account 4001")?.data as { newest: { now: string } };
      expect(Number(account.newest.now)).toBe(Number(told?.order.left?.amounts.total ?? told?.order.amounts.total));
    }
});

const money = fc.tuple(fc.nat(2_000), fc.constantFrom("", "0", "00")).map(([cents, more]) => {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${more}`;
});
const owed: fc.Arbitrary<Owed> = fc
  .record({ now: money, ordered: fc.nat(12), paid: fc.array(money, { maxLength: 3 }) })
  .map(({ now, ordered, paid }) => {
    const refunds = paid.map((one, at) => ({ id: String(at + 1), paid: one, awaited: "0" }));
    return { now, ordered, refunds, ever: "100.00" } as unknown as Owed;
  });

test("the rank of a word is as the account has it", () => {
  const at = "2026-11-20T17:00:03Z";
  const empty = accountOf("1", () => undefined);
  fc.assert(
    fc.property(owed, owed, (one, other) => {
      const first = withVersion(empty, one, at);
      const isNewer = withVersion(first, other, at) !== first;
      expect(orderRank(other, nothing) > orderRank(one, nothing)).toBe(isNewer);
    }),
    { numRuns: 2_000 },
  );
});

test("amounts beyond all measure, and below nothing, have a rank of the same length", () => {
  for (const now of ["-5.00", "0", "99999999999999999999.9999999999"])
    expect(orderRank({ now, ordered: 10 ** 9, refunds: [], ever: "0" } as unknown as Owed, nothing)).toMatch(
      /^\d{46}$/,
    );
});
