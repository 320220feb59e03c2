// What happened in the sandbox's shop, as Shopify remembers it: told by the same payloads that become webhooks.
import { PRODUCTS } from "../shop/catalogue.ts";
import { productPayload } from "../shop/people.ts";
import { withRefund } from "../shop/refund.ts";

/** A payload of a webhook, or a part of one. */
// biome-ignore lint/suspicious/noExplicitAny: payloads have Shopify's many shapes
export type Payload = any;

export interface Kept {
  payload: Payload;
  /** Milliseconds when Shopify changed it last: its search index knows of it later. */
  changed: number;
}
export type Memory = ReturnType<typeof openMemory>;
const ALWAYS_THERE = new Date("2026-02-11T09:00:00Z");

export function openMemory(now: () => number) {
  const orders = new Map<string, Kept>();
  const customers = new Map<string, Kept>();
  const products = new Map<string, Kept>(
    PRODUCTS.map((product) => [
      String(product.id),
      { payload: productPayload(product, ALWAYS_THERE), changed: ALWAYS_THERE.getTime() },
    ]),
  );
  const consents = new Map<string, Payload>();
  const keep = (all: Map<string, Kept>, payload: Payload) => {
    const before = all.get(String(payload.id))?.payload;
    const newer = !before || String(payload.updated_at) >= String(before.updated_at);
    all.set(String(payload.id), { payload: newer ? { ...before, ...payload } : before, changed: now() });
  };
  function keepOrder(payload: Payload) {
    const told = payload.refunds ?? [];
    const refunds: Payload[] = orders.get(String(payload.id))?.payload.refunds ?? [];
    const untold = refunds.filter(({ id }) => !told.some((one: Payload) => one.id === id));
    keep(orders, untold.reduce(withRefund, { ...payload, refunds: told }));
    if (payload.customer?.id && !customers.has(String(payload.customer.id))) keep(customers, payload.customer);
  }
  function keepRefund(refund: Payload) {
    const order = orders.get(String(refund.order_id))?.payload;
    if (!order || order.refunds.some(({ id }: Payload) => id === refund.id)) return;
    keep(orders, { ...withRefund(order, refund), updated_at: refund.created_at });
  }
  return {
    orders,
    customers,
    products,
    consents,
    /** @param topic as of the webhook that it became, or should have become. */
    remember(topic: string, payload: Payload) {
      const [resource = "", deed = ""] = topic.split("/");
      const all = { orders, customers, products }[resource];
      if (topic === "refunds/create") keepRefund(payload);
      else if (resource === "customers_email_marketing_consent") consents.set(String(payload.customer_id), payload);
      else if (deed === "delete") all?.delete(String(payload.id));
      else if (resource === "orders") keepOrder(payload);
      else if (all && deed !== "merge") keep(all, payload);
    },
  };
}

/** Cents, out of Shopify's text for an amount. */
export const cents = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100);

/** What went back so far, by what the refunds' transactions say. */
export const refunded = (order: Payload): number =>
  order.refunds
    .flatMap(({ transactions }: Payload) => transactions)
    .reduce((sum: number, { amount }: Payload) => sum + cents(amount), 0);
