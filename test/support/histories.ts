// Orders that change: what a shop keeps of an order, and the webhooks that it sends of every step.
import { type Body, line, order, refund, transaction } from "./payloads.ts";
import type { Sent } from "./readings.ts";
import type { Refund, Step } from "./steps.ts";

/** All amounts are in cents here, and whole texts in what is sent. */
const money = (cents: number) => `${(cents / 100).toFixed(2)}`;
const FROM = new Date(Date.UTC(2026, 10, 20, 17));

interface Line {
  id: number;
  price: number;
  ordered: number;
  left: number;
}
interface Shop {
  lines: Line[];
  refunds: Body[];
  paid: number;
  /** Refunded without pieces. */
  favours: number;
  cancelled: boolean;
  extra: number;
}

export interface History {
  sent: Sent[];
  /** What is left of the order in the shop's own books at the end. */
  left: string;
  /** It once grew: no vendor can be told. */
  grew: boolean;
  /** Of states of one second, which one is the newest is not told. */
  sameSecond: boolean;
  /** What is left of all that was ever added. */
  added: string;
}

const PIECE = 1250;
const SHIPPING = 490;
/** Marks the refunds of money, also before it is told. */
const MONEY = "money";

/** @param how `sameSecond`: all has one updated_at; `over`: fields of the order; `late`: so many webhooks were before our time. */
export function historyOf(
  steps: Step[],
  how: { sameSecond?: boolean; id?: number; refunds?: number; from?: Date; over?: Body; late?: number } = {},
): History {
  const { sameSecond = false, id = 4001, refunds = 5500, from = FROM, late = 0 } = how;
  const at = (second: number) => new Date(from.getTime() + second * 1_000).toISOString().replace(/\.\d+Z$/, "Z");
  const over = how.from ? { created_at: at(0), processed_at: at(0), ...how.over } : (how.over ?? {});
  const shop: Shop = {
    lines: [{ id: 9101, price: PIECE, ordered: 4, left: 4 }],
    ...{ refunds: [], paid: 0, favours: 0, cancelled: false, extra: 0 },
  };
  const sent: Sent[] = [{ topic: "orders/create", body: bodyOf(shop, id, at(0), over), triggeredAt: at(0) }];
  let grew = false;
  steps.forEach((step, index) => {
    const second = sameSecond ? 0 : index + 1;
    const before = leftOf(shop);
    const webhooks = act(shop, step, id, refunds + index, at(second), () => bodyOf(shop, id, at(second), over));
    if (leftOf(shop) > before) grew = true;
    sent.push(...webhooks.map((one) => ({ ...one, triggeredAt: at(second) })));
  });
  const added = shop.lines.slice(1).reduce((sum, one) => sum + one.left * one.price, 0);
  return {
    sent: sent.slice(Math.min(late, sent.length - 1)),
    left: money(leftOf(shop)),
    grew,
    sameSecond,
    added: money(added),
  };
}

const leftOf = ({ lines, favours, cancelled, paid }: Shop): number => {
  if (cancelled && paid === 0) return 0;
  return lines.reduce((sum, one) => sum + one.left * one.price, SHIPPING) - favours;
};

function bodyOf(shop: Shop, id: number, updated_at: string, over: Body): Body {
  const ordered = shop.lines.reduce((sum, one) => sum + one.ordered * one.price, 0);
  const back = shop.refunds.some(({ note }) => note === MONEY);
  const status = shop.paid > 0 ? (back ? "partially_refunded" : "paid") : shop.cancelled ? "voided" : "pending";
  return order({
    ...{ id, admin_graphql_api_id: `gid://shopify/Order/${id}`, updated_at },
    ...{ financial_status: status, cancelled_at: shop.cancelled ? updated_at : null },
    ...{ total_price: money(ordered + SHIPPING), total_price_set: null, subtotal_price: money(ordered) },
    ...{ current_total_price: money(leftOf(shop)), total_tax: "0.00" },
    line_items: shop.lines.map((one) =>
      line({
        ...{ id: one.id, quantity: one.ordered, current_quantity: one.left, price: money(one.price) },
        ...{ price_set: null, tax_lines: [] },
      }),
    ),
    refunds: shop.refunds.map((one) => ({ ...one, transactions: [...(one.transactions as Body[])] })),
    ...over,
  });
}

function act(shop: Shop, step: Step, orderId: number, id: number, created_at: string, body: () => Body): Sent[] {
  const updated = () => ({ topic: "orders/updated", body: body() });
  const [first] = shop.lines;
  if (!first || (shop.cancelled && step.is !== "pay back")) return [];
  const record = (taken: Line[], transactions: Body[]) => {
    const lines = taken.map((one) => ({
      ...{ line_item_id: one.id, quantity: one.left, subtotal: (one.left * one.price) / 100 },
    }));
    return refund({
      ...{ id, admin_graphql_api_id: `gid://shopify/Refund/${id}`, order_id: orderId, created_at },
      ...{ processed_at: created_at, refund_line_items: lines, transactions },
    });
  };
  /** @returns what was taken, as lines of their own. */
  const take = (pieces: number, from: Line[] = [first]): Line[] =>
    from.flatMap((one) => {
      const taken = { ...one, left: Math.min(pieces, one.left) };
      one.left -= taken.left;
      return taken.left > 0 ? [taken] : [];
    });
  const over = () => {
    const back = shop.refunds.flatMap((one) => one.transactions as Body[]).filter((one) => one.status === "success");
    return shop.paid - leftOf(shop) - back.reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
  };
  switch (step.is) {
    case "pay":
      if (shop.paid > 0) return [];
      shop.paid = leftOf(shop);
      return [{ topic: "orders/paid", body: body() }, updated()];
    case "cancel":
      if (shop.paid > 0) return [];
      shop.cancelled = true;
      if (step.restock) shop.refunds.push(record(take(99, shop.lines), []));
      return [{ topic: "orders/cancelled", body: body() }, updated()];
    case "edit": {
      const taken = take(step.pieces);
      if (taken.length === 0) return [];
      shop.refunds.push(record(taken, []));
      return [updated()];
    }
    case "add":
      shop.extra += 1;
      shop.lines.push({ id: 9200 + shop.extra, price: 800, ordered: step.pieces, left: step.pieces });
      return [updated()];
    case "exchange": {
      const taken = take(step.back);
      if (taken.length === 0) return [];
      shop.refunds.push(record(taken, []));
      shop.extra += 1;
      shop.lines.push({ id: 9200 + shop.extra, price: 800, ordered: step.into, left: step.into });
      return [updated()];
    }
    case "refund": {
      if (shop.paid === 0) return [];
      const before = over();
      const taken =
        step.of === "all" ? take(99, shop.lines) : take(step.pieces, [shop.lines.at(step.of ? -1 : 0) ?? first]);
      if (taken.length === 0) return [];
      const worth = taken.reduce((sum, one) => sum + one.left * one.price, 0);
      return paidBack(shop, record, taken, worth + (step.over ? Math.max(0, before) : 0), step.first, updated);
    }
    case "favour": {
      if (shop.paid === 0 || shop.favours + step.cents > SHIPPING) return [];
      shop.favours += step.cents;
      return paidBack(shop, record, [], step.cents, "told", updated);
    }
    case "pay back":
      return shop.paid > 0 && over() > 0 ? paidBack(shop, record, [], over(), "told", updated) : [];
  }
}

function paidBack(
  shop: Shop,
  record: (taken: Line[], transactions: Body[]) => Body,
  taken: Line[],
  cents: number,
  first: Refund["first"],
  updated: () => Sent,
): Sent[] {
  const done = transaction({ amount: money(cents) });
  const settled = { ...record(taken, [done]), note: MONEY };
  const told = (): Sent[] => [{ topic: "refunds/create", body: settled }, updated()];
  if (first === "told") {
    shop.refunds.push(settled);
    return told();
  }
  const earlier = {
    pending: [{ ...done, status: "pending" }],
    failed: [{ ...done, id: 6600, status: "failure" }],
    never: [{ ...done, id: 6600, status: "failure" }],
    untold: [],
  }[first];
  const open = { ...record(taken, earlier), note: first === "never" ? null : MONEY };
  const before: Sent = { topic: "refunds/create", body: open };
  // The order's own webhook may carry the refund before its money is told, too.
  shop.refunds.push(open);
  const stateBefore = updated();
  if (first === "never") return [before, stateBefore];
  shop.refunds[shop.refunds.length - 1] = settled;
  return [before, stateBefore, ...told()];
}
