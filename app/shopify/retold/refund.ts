// A refund out of GraphQL as refunds/create would have told it.
import { z } from "zod";
import { asPaid, BAG, bag, priceSet, twice } from "./money.ts";
import { type Body, digits, gid, identity, withId, word } from "./told.ts";

const MOST = 50;
const TRANSACTION = `id kind status gateway test createdAt processedAt amountSet ${BAG}`;
/** With its connections: no bulk operation tells them. */
export const REFUND = `id createdAt processedAt note
  duties { amountSet ${BAG} }
  refundLineItems(first: ${MOST}) {
    pageInfo { hasNextPage }
    nodes { id quantity restockType lineItem { id } subtotalSet ${BAG} totalTaxSet ${BAG} }
  }
  transactions(first: 20) { pageInfo { hasNextPage } nodes { ${TRANSACTION} } }
  orderAdjustments(first: 10) { pageInfo { hasNextPage } nodes { id reason amountSet ${BAG} taxAmountSet ${BAG} } }
  refundShippingLines(first: 10) {
    pageInfo { hasNextPage }
    nodes { id subtotalAmountSet ${BAG} taxAmountSet ${BAG} shippingLine { taxLines { priceSet ${BAG} } } }
  }`;

const text = z.string().nullish();
/** A list that is not whole is of no use: money would be missing. */
const whole = <Node extends z.ZodType>(node: Node) =>
  z.object({ nodes: z.array(node), pageInfo: z.object({ hasNextPage: z.literal(false) }).optional() });
const transactionNode = z.object({
  ...{ id: gid, kind: z.string(), status: z.string(), gateway: text, test: z.boolean() },
  ...{ createdAt: text, processedAt: text, amountSet: bag },
});
export const refundNode = z.object({
  ...{ id: gid, createdAt: text, processedAt: text, note: text },
  duties: z.array(z.object({ amountSet: bag })).nullish(),
  refundLineItems: whole(
    z.object({ id: gid.nullish(), quantity: z.number().int(), restockType: z.string(), lineItem: withId }).extend({
      ...{ subtotalSet: bag, totalTaxSet: bag },
    }),
  ),
  transactions: whole(transactionNode),
  orderAdjustments: whole(z.object({ id: gid, reason: text, amountSet: bag, taxAmountSet: bag })),
  refundShippingLines: whole(
    z.object({
      ...{ id: gid, subtotalAmountSet: bag, taxAmountSet: bag },
      shippingLine: z.object({ taxLines: z.array(z.object({ priceSet: bag })) }),
    }),
  ),
});
export type RefundNode = z.infer<typeof refundNode>;

/** The body of refunds/create. @param lines of its order, retold: a webhook carries those that came back. */
export function retellRefund(node: RefundNode, orderGid: string, lines: Body[]): Body {
  const { refundLineItems, transactions, orderAdjustments, refundShippingLines, duties } = node;
  const orderId = digits(orderGid);
  return {
    ...identity(node.id),
    ...{ order_id: orderId, created_at: node.createdAt, processed_at: node.processedAt, note: node.note },
    ...(duties?.length ? { duties: duties.map(({ amountSet }) => ({ amount_set: priceSet(amountSet) })) } : {}),
    refund_line_items: refundLineItems.nodes.map((one) => {
      const own = digits(one.lineItem.id);
      return {
        ...(one.id ? { id: digits(one.id) } : {}),
        ...{ line_item_id: own, quantity: one.quantity, restock_type: word(one.restockType) },
        ...{ ...twice("subtotal", one.subtotalSet), ...twice("total_tax", one.totalTaxSet) },
        line_item: lines.find(({ id }) => id === own) ?? null,
      };
    }),
    transactions: transactions.nodes.map((one) => retellTransaction(one, orderId)),
    order_adjustments: orderAdjustments.nodes.map((one) => ({
      ...{ id: digits(one.id), order_id: orderId, reason: one.reason ? word(one.reason) : null },
      ...{ ...twice("amount", one.amountSet), ...twice("tax_amount", one.taxAmountSet) },
    })),
    refund_shipping_lines: refundShippingLines.nodes.map((one) => ({
      id: digits(one.id),
      ...{ ...twice("subtotal_amount", one.subtotalAmountSet), ...twice("tax_amount", one.taxAmountSet) },
      shipping_line: { tax_lines: one.shippingLine.taxLines.map((tax) => twice("price", tax.priceSet)) },
    })),
  };
}

/** A payment is in the buyer's currency, as a webhook tells it. */
const retellTransaction = (node: z.infer<typeof transactionNode>, orderId: string): Body => ({
  ...identity(node.id),
  ...{ order_id: orderId, kind: word(node.kind), status: word(node.status), gateway: node.gateway, test: node.test },
  ...asPaid(node.amountSet),
  ...{ created_at: node.createdAt, processed_at: node.processedAt },
});
