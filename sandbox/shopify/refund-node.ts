// A refund and its transactions, as GraphQL tells them.
import { connection, type Node, type Paging } from "./connection.ts";
import type { Payload } from "./memory.ts";
import { bagOf, named, noMoney, sumOf, utc } from "./nodes.ts";

/** A webhook tells a payment in its own currency alone. */
export const transactionNode = (one: Payload, currency: string): Node =>
  named("OrderTransaction", one.id, {
    ...{ kind: one.kind.toUpperCase(), status: one.status.toUpperCase(), test: one.test ?? false },
    ...{ gateway: one.gateway ?? null, amountSet: bagOf(one, "amount", one.currency ?? currency) },
    ...{
      createdAt: utc(one.created_at),
      processedAt: utc(one.processed_at ?? one.created_at),
      parentTransaction: null,
    },
  });

export function refundNode(
  refund: Payload,
  order: Payload,
  lines: Node[],
  around: { bulk: boolean; order: () => Node },
): Node {
  const { currency } = order;
  const of = (from: Payload, name: string) => bagOf(from, name, currency) ?? noMoney(currency);
  const list = (all: Node[]) => (paging: Paging) => connection(all, (one: Node) => one, paging, around.bulk);
  const items = refund.refund_line_items.map((one: Payload, at: number) => ({
    ...{ __typename: "RefundLineItem", id: `gid://shopify/RefundLineItem/${one.id ?? at + 1}` },
    lineItem: lines.find(({ id }) => id.endsWith(`/${one.line_item_id}`)),
    ...{ quantity: one.quantity, restockType: (one.restock_type ?? "no_restock").toUpperCase(), restocked: true },
    priceSet: of(one.line_item ?? {}, "price"),
    ...{ subtotalSet: of(one, "subtotal"), totalTaxSet: of(one, "total_tax") },
  }));
  const payments = refund.transactions.map((one: Payload) =>
    transactionNode({ created_at: refund.created_at, ...one }, currency),
  );
  const adjustments = (refund.order_adjustments ?? []).map((one: Payload, at: number) =>
    named("OrderAdjustment", one.id ?? at + 1, {
      ...{ reason: null, amountSet: of(one, "amount"), taxAmountSet: of(one, "tax_amount") },
    }),
  );
  const shipping = (refund.refund_shipping_lines ?? []).map((one: Payload, at: number) =>
    named("RefundShippingLine", one.id ?? at + 1, {
      ...{ subtotalAmountSet: of(one, "subtotal_amount"), taxAmountSet: of(one, "tax_amount") },
      shippingLine: { __typename: "ShippingLine", taxLines: [] },
    }),
  );
  const back = sumOf(
    payments.filter(({ status }: Node) => status === "SUCCESS").map((one: Node) => one.amountSet),
    currency,
  );
  return named("Refund", refund.id, {
    ...{ legacyResourceId: String(refund.id), note: refund.note ?? null, duties: [] },
    ...{ totalRefundedSet: back, totalRefunded: back.shopMoney },
    ...{ createdAt: utc(refund.created_at), updatedAt: utc(refund.created_at), processedAt: utc(refund.processed_at) },
    order: around.order,
    ...{ refundLineItems: list(items), transactions: list(payments) },
    ...{ orderAdjustments: list(adjustments), refundShippingLines: list(shipping) },
  });
}
