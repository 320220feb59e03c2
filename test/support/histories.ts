// Orders that change: what a shop keeps of an order, and the webhooks that it sends of every step.
import { type Body, line, order, refund, transaction } from "./payloads.ts";
import type { Sent } from "./readings.ts";

/** All amounts are in cents here, and whole texts in what is sent. */
const money = (cents: number) => `${(cents / 100).toFixed(2)}`;
const FROM = new Date(Date.UTC(2026, 10, 20, 17));

export type Step =
  | { is: "pay" }
  | { is: "cancel" }
  /** Takes pieces out, without money going back. */
  | { is: "edit"; pieces: number }
  /** Adds pieces: an upsell. */
  | { is: "add"; pieces: number }
  /** One thing back, another in its place. */
  | { is: "exchange"; back: number; into: number }
  /** Money back for pieces, at once or in the end; `first` is how it was told before. */
  | { is: "refund"; pieces: number; first: "told" | "pending" | "failed" | "untold" }
  /** Money back for no piece in particular. */
  | { is: "favour"; cents: number }
  /** The money that an edit left over. */
  | { is: "pay back" };

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
}

const PIECE = 1250;
const SHIPPING = 490;
/** Marks the refunds of money, also before it is told. */
const MONEY = "money";

/** @param how `sameSecond`: all of it has one updated_at; `over`: fields of the order that are other ones. */
export function historyOf(
  steps: Step[],
  how: { sameSecond?: boolean; id?: number; refunds?: number; from?: Date; over?: Body } = {},
): History {
  const { sameSecond = false, id = 4001, refunds = 5500, from = FROM } = how;
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
  return { sent, left: money(leftOf(shop)), grew };
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
  const record = (pieces: number, transactions: Body[]) => {
    const lines = pieces ? [{ line_item_id: first.id, quantity: pieces, subtotal: (pieces * PIECE) / 100 }] : [];
    return refund({
      ...{ id, admin_graphql_api_id: `gid://shopify/Refund/${id}`, order_id: orderId, created_at },
      ...{ processed_at: created_at, refund_line_items: lines, transactions },
    });
  };
  const take = (pieces: number) => {
    first.left -= pieces;
  };
  const some = (pieces: number) => Math.min(pieces, first.left);
  switch (step.is) {
    case "pay":
      if (shop.paid > 0) return [];
      shop.paid = leftOf(shop);
      return [{ topic: "orders/paid", body: body() }, updated()];
    case "cancel":
      if (shop.paid > 0) return [];
      shop.cancelled = true;
      return [{ topic: "orders/cancelled", body: body() }, updated()];
    case "edit": {
      const pieces = some(step.pieces);
      if (pieces < 1) return [];
      take(pieces);
      shop.refunds.push(record(pieces, []));
      return [updated()];
    }
    case "add":
      shop.extra += 1;
      shop.lines.push({ id: 9200 + shop.extra, price: 800, ordered: step.pieces, left: step.pieces });
      return [updated()];
    case "exchange": {
      const pieces = some(step.back);
      if (pieces < 1) return [];
      take(pieces);
      shop.refunds.push(record(pieces, []));
      shop.extra += 1;
      shop.lines.push({ id: 9200 + shop.extra, price: 800, ordered: step.into, left: step.into });
      return [updated()];
    }
    case "refund": {
      const pieces = some(step.pieces);
      if (shop.paid === 0 || pieces < 1) return [];
      take(pieces);
      return paidBack(shop, record, pieces, pieces * PIECE, step.first, updated);
    }
    case "favour": {
      if (shop.paid === 0 || shop.favours + step.cents > SHIPPING) return [];
      shop.favours += step.cents;
      return paidBack(shop, record, 0, step.cents, "told", updated);
    }
    case "pay back": {
      const back = shop.refunds.flatMap((one) => one.transactions as Body[]).filter((one) => one.status === "success");
      const over = shop.paid - leftOf(shop) - back.reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
      return shop.paid > 0 && over > 0 ? paidBack(shop, record, 0, over, "told", updated) : [];
    }
  }
}

function paidBack(
  shop: Shop,
  record: (pieces: number, transactions: Body[]) => Body,
  pieces: number,
  cents: number,
  first: "told" | "pending" | "failed" | "untold",
  updated: () => Sent,
): Sent[] {
  const done = transaction({ amount: money(cents) });
  const settled = { ...record(pieces, [done]), note: MONEY };
  const told = (): Sent[] => [{ topic: "refunds/create", body: settled }, updated()];
  if (first === "told") {
    shop.refunds.push(settled);
    return told();
  }
  const earlier = {
    pending: [{ ...done, status: "pending" }],
    failed: [{ ...done, id: 6600, status: "failure" }],
    untold: [],
  }[first];
  const open = { ...record(pieces, earlier), note: MONEY };
  const before: Sent = { topic: "refunds/create", body: open };
  // The order's own webhook may carry the refund before its money is told, too.
  shop.refunds.push(open);
  const stateBefore = updated();
  shop.refunds[shop.refunds.length - 1] = settled;
  return [before, stateBefore, ...told()];
}
