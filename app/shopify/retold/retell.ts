// Asks Shopify for one order, customer or product as it is now, and retells it as the webhook that would have told it.
import type { Ask } from "../asking.ts";
import type { Outcome } from "../outcome.ts";
import { retellCustomer } from "./customer.ts";
import { retellOrder } from "./order.ts";
import { retellProduct } from "./product.ts";
import { CUSTOMER_BY_ID, MORE_LINES, ORDER_BY_ID, PRODUCT_BY_ID, REFUND_BY_ID } from "./questions.ts";
import type { RefundNode } from "./refund.ts";
import type { Body, Seen } from "./told.ts";

export type Resource = "orders" | "customers" | "products";
export type Retold =
  | { is: "told"; topic: string; body: Body }
  /** Deleted since, or not to be seen any more. */
  | { is: "gone" }
  /** Not told, or not all of it. */
  | { is: "not told"; why: Exclude<Outcome<never>, { is: "done" | "partly" }> };

/** @param gid as GraphQL names it. */
export const retell: Record<Resource, (ask: Ask, gid: string) => Promise<Retold>> = {
  async orders(ask, gid) {
    const told = await tellOrder(ask, gid);
    return "body" in told ? { is: "told", topic: "orders/updated", body: told.body } : told;
  },
  async customers(ask, gid) {
    const heard = whole(await ask(CUSTOMER_BY_ID, { id: gid }));
    if ("is" in heard) return heard;
    const { customer } = heard.data;
    if (!customer) return { is: "gone" };
    return { is: "told", topic: "customers/update", body: retellCustomer(customer, heard.seen) };
  },
  async products(ask, gid) {
    const heard = whole(await ask(PRODUCT_BY_ID, { id: gid }));
    if ("is" in heard) return heard;
    const { product } = heard.data;
    return product ? { is: "told", topic: "products/update", body: retellProduct(product) } : { is: "gone" };
  },
};

type NotTold = Extract<Retold, { is: "not told" }>;

/** What is told to a part only is of no use, but where it is what Shopify may not show: half an order would be wrong. */
function whole<Data>(outcome: Outcome<Data>): { data: Data; seen: Seen } | NotTold {
  if (outcome.is === "done") return { data: outcome.data, seen: "all" };
  if (outcome.is !== "partly") return { is: "not told", why: outcome };
  const other = outcome.lacks.find(({ is }) => is !== "not approved");
  return other ? { is: "not told", why: other } : { data: outcome.data, seen: "without protected data" };
}

async function tellOrder(ask: Ask, gid: string): Promise<{ body: Body } | Exclude<Retold, { is: "told" }>> {
  const heard = whole(await ask(ORDER_BY_ID, { id: gid }));
  if ("is" in heard) return heard;
  const { order } = heard.data;
  if (!order) return { is: "gone" };
  const lines = [...order.lineItems.nodes];
  for (let { pageInfo } = order.lineItems; pageInfo.hasNextPage; ) {
    const more = whole(await ask(MORE_LINES, { id: gid, after: pageInfo.endCursor }));
    if ("is" in more) return more;
    lines.push(...more.data.order.lineItems.nodes);
    pageInfo = more.data.order.lineItems.pageInfo;
  }
  const refunds: RefundNode[] = [];
  for (const { id } of order.refunds) {
    const refund = whole(await ask(REFUND_BY_ID, { id }));
    if ("is" in refund) return refund;
    if (!refund.data.refund) return { is: "not told", why: { is: "refused", says: "it knows of no such refund" } };
    refunds.push(refund.data.refund);
  }
  return { body: retellOrder({ ...order, lineItems: { nodes: lines } }, refunds, heard.seen) };
}
