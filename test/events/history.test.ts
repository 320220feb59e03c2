// Whatever order the webhooks of a history come in, however often, and whichever are lost: the same is counted and the newest state stands.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "../../app/events/facts.ts";
import { consent, customer, line, order, product, refund, transaction } from "../support/payloads.ts";
import { Books, type Sent } from "../support/readings.ts";
import { cart, cartLine } from "../support/visits.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 17, 0, second)).toISOString();
/** The same moment as Shopify may write it, in another zone. */
const inZone = (second: number) => at(second + 7200).replace("Z", "+02:00");

/** Some of the webhooks, each as often as it comes, in any order. */
const arrivals = (sent: Sent[]) =>
  fc.uniqueArray(fc.nat(sent.length - 1), { minLength: 1, maxLength: sent.length }).chain((kept) =>
    fc
      .array(fc.constantFrom(...kept), { maxLength: 4 })
      .chain((again) => fc.shuffledSubarray([...kept, ...again], { minLength: kept.length + again.length }))
      .map((indices) => indices.flatMap((index) => sent[index] ?? [])),
  );
const orders = (sent: Sent[]) => fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 });

function hearAll(sent: Sent[]): Books {
  const books = new Books();
  for (const one of sent) books.hear(one);
  return books;
}

const nine = { line_items: [line({ quantity: 9 })] };
const steps = fc.array(fc.constantFrom("pay", "edit", "refund", "cancel", "fulfil"), { maxLength: 7 });

function orderHistory(happenings: string[]): Sent[] {
  let state: Record<string, unknown> & { refunds: Record<string, unknown>[] } = { refunds: [] };
  const sent = [{ topic: "orders/create", body: order({ ...nine, updated_at: at(0) }), triggeredAt: at(0) }];
  happenings.forEach((happening, index) => {
    const second = index + 1;
    const updated_at = second % 2 ? inZone(second) : at(second);
    const given = refund({
      id: 5500 + index,
      created_at: at(second),
      transactions: [transaction({ amount: `${index}.10` })],
    });
    if (happening === "pay") state = { ...state, financial_status: "paid" };
    if (happening === "edit") state = { ...state, total_price: `${30 + index}.00` };
    if (happening === "cancel") state = { ...state, cancelled_at: at(second) };
    if (happening === "fulfil") state = { ...state, fulfillment_status: "fulfilled" };
    if (happening === "refund") state = { ...state, refunds: [...state.refunds, given] };
    const topics = { pay: "orders/paid", cancel: "orders/cancelled", fulfil: "orders/fulfilled" };
    const body = order({ ...nine, ...state, updated_at });
    for (const topic of [
      "orders/updated",
      ...Object.entries(topics).flatMap(([name, one]) => (name === happening ? one : [])),
    ])
      sent.push({ topic, body, triggeredAt: at(second) });
    if (happening === "refund") sent.push({ topic: "refunds/create", body: given, triggeredAt: at(second) });
  });
  return sent;
}

test("an order counts once, its refunds once each, and its newest state seen stands", () => {
  const histories = steps.map(orderHistory).chain(arrivals);
  fc.assert(
    fc.property(histories, (sent) => {
      const books = hearAll(sent);
      const whole = sent
        .filter((one) => one.topic !== "refunds/create")
        .map((one) => one.body as ReturnType<typeof order>);
      expect(books.of("order.placed")).toHaveLength(whole.length > 0 ? 1 : 0);
      const refunds = sent.flatMap(({ topic, body }) => {
        const seen = body as { id: number; refunds: { id: number }[] };
        return topic === "refunds/create" ? [seen.id] : seen.refunds.map((one) => one.id);
      });
      expect(
        books
          .of("order.refunded")
          .filter(({ against }) => against !== "paid")
          .map((one) => one.refund.id)
          .sort(),
      ).toEqual([...new Set(refunds.map(String))].sort());
      for (const { refund: one } of books.of("order.refunded")) expect(one.total).toBe(`${Number(one.id) - 5500}.10`);
      const time = (body: Record<string, unknown>) => Date.parse(String(body.updated_at));
      const newest = whole.sort((one, other) => time(other) - time(one))[0];
      if (!newest) return;
      expect(books.newest("order:4001")).toMatchObject({
        order: {
          updatedAt: newest.updated_at,
          financialStatus: newest.financial_status,
          cancelledAt: newest.cancelled_at,
        },
      });
      expect(books.of("order.paid")).toHaveLength(whole.some((body) => body.financial_status === "paid") ? 1 : 0);
      expect(books.of("order.cancelled")).toHaveLength(whole.some((body) => body.cancelled_at) ? 1 : 0);
    }),
    { numRuns: 300 },
  );
});

const maybe = fc.option(fc.constantFrom("A", "B", "C"), { nil: null });
const customerSteps = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant("saved" as const), first_name: maybe, phone: maybe, last_name: maybe }),
    fc.record({ is: fc.constant("consent" as const), state: fc.constantFrom("subscribed", "unsubscribed") }),
    fc.record({ is: fc.constant("order" as const), first_name: maybe }),
  ),
  { minLength: 1, maxLength: 7 },
);

const customerHistory = (list: typeof customerSteps extends fc.Arbitrary<infer T> ? T : never): Sent[] =>
  list.map((step, second) => {
    const [updated_at, triggeredAt] = [at(second), at(second)];
    if (step.is === "consent")
      return { topic: "customers_email_marketing_consent/update", body: consent(step.state, updated_at), triggeredAt };
    const person = customer({ ...step, is: undefined, updated_at });
    if (step.is === "saved") return { topic: "customers/update", body: person, triggeredAt };
    return { topic: "orders/create", body: order({ id: 4000 + second, updated_at, customer: person }), triggeredAt };
  });

test("a customer is the same in the end, however the webhooks come", () => {
  const pairs = customerSteps.map(customerHistory).chain((sent) => fc.tuple(fc.constant(sent), orders(sent)));
  fc.assert(
    fc.property(pairs, ([sent, mixed]) => {
      const person = (books: Books) => {
        const event = books.newest("customer:7001");
        return event && "customer" in event ? event.customer : null;
      };
      expect(person(hearAll(mixed))).toEqual(person(hearAll(sent)));
    }),
    { numRuns: 300 },
  );
});

test("a customer or product that was deleted stays deleted", () => {
  const sent: Sent[] = [
    { topic: "customers/delete", body: { id: 7001 }, triggeredAt: at(2) },
    { topic: "products/delete", body: { id: 501 }, triggeredAt: at(2) },
    ...[0, 1].flatMap((second) => [
      { topic: "customers/update", body: customer({ updated_at: at(second) }), triggeredAt: at(second) },
      { topic: "products/update", body: product({ updated_at: at(second) }), triggeredAt: at(second) },
    ]),
  ];
  fc.assert(
    fc.property(orders(sent), (mixed) => {
      const books = hearAll(mixed);
      expect(books.newest("customer:7001")?.kind).toBe("customer.deleted");
      expect(books.newest("product:501")?.kind).toBe("product.deleted");
    }),
    { numRuns: 100 },
  );
});

test("a product's newest state seen stands", () => {
  const sent = [0, 1, 2, 3].map((second) => ({
    topic: "products/update",
    body: product({ updated_at: inZone(second), title: `Cup ${second}` }),
    triggeredAt: at(second),
  }));
  fc.assert(
    fc.property(arrivals(sent), (mixed) => {
      const titles = mixed.map((one) => (one.body as { title: string }).title).sort();
      expect(hearAll(mixed).newest("product:501")).toMatchObject({ product: { title: titles.at(-1) } });
    }),
    { numRuns: 100 },
  );
});

const lines = fc.dictionary(fc.constantFrom("601", "602", "603"), fc.integer({ min: 1, max: 9 }));
const carts = fc.array(lines, { minLength: 1, maxLength: 7 }).map((list) =>
  list.map((contents, second) => ({
    topic: "carts/update",
    // Two carts of one updated_at are told apart by the time of the webhook.
    body: cart(
      Object.entries(contents).map(([variant, quantity]) => cartLine(Number(variant), quantity)),
      { updated_at: at(Math.floor(second / 2)) },
    ),
    triggeredAt: at(second),
  })),
);

test("pieces added less pieces removed is always the last cart", () => {
  fc.assert(
    fc.property(carts.chain(arrivals), (sent) => {
      const books = hearAll(sent);
      const held = new Map<string, number>();
      const count = (items: Item[], sign: number) => {
        for (const { variantId, quantity } of items)
          held.set(`${variantId}`, (held.get(`${variantId}`) ?? 0) + sign * quantity);
      };
      for (const event of [...books.of("cart.created"), ...books.of("cart.changed")]) {
        count(event.added, 1);
        count(event.removed, -1);
      }
      const last = sent.reduce((one, other) => ((other.triggeredAt ?? "") > (one.triggeredAt ?? "") ? other : one));
      const expected = (last.body as { line_items: { variant_id: number; quantity: number }[] }).line_items;
      expect(Object.fromEntries([...held].filter(([, quantity]) => quantity !== 0))).toEqual(
        Object.fromEntries(expected.map((one) => [`${one.variant_id}`, one.quantity])),
      );
    }),
    { numRuns: 300 },
  );
});
