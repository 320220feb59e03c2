// An order, and how it came, as GraphQL tells them.
import { connection, type Node, type Paging } from "./connection.ts";
import type { Links } from "./links.ts";
import { cents, type Payload, refunded } from "./memory.ts";
import { addressNode, attributes, bag, bagOf, named, noMoney, tagsOf, utc } from "./nodes.ts";
import { lineNode, shippingNode } from "./order-line-nodes.ts";
import { refundNode, transactionNode } from "./refund-node.ts";

export function orderNode(order: Payload, links: Links): Node {
  const lines = order.line_items.map((line: Payload) => lineNode(line, order, links));
  const parcels = order.shipping_lines.map((one: Payload) => shippingNode(one, order.currency));
  const left = parcels.filter(({ isRemoved }: Node) => !isRemoved);
  return named("Order", order.id, {
    legacyResourceId: String(order.id),
    ...{ name: order.name, number: order.number, confirmationNumber: order.confirmation_number, test: order.test },
    ...{
      confirmed: order.confirmed,
      closed: Boolean(order.closed_at),
      edited: false,
      email: order.email,
      phone: order.phone,
    },
    ...times(order),
    ...sums(order),
    ...states(order),
    ...whence(order),
    customer: links.customer(order.customer?.id),
    billingAddress: addressNode(order.billing_address),
    shippingAddress: addressNode(order.shipping_address),
    discountCodes: order.discount_codes.map(({ code }: Payload) => code),
    discountCode: order.discount_codes[0]?.code ?? null,
    paymentGatewayNames: order.payment_gateway_names,
    fulfillments: ({ first }: { first?: number }) => (order.fulfillments ?? []).slice(0, first).map(fulfillmentNode),
    lineItems: (paging: Paging) => connection(lines, (line: Node) => line, paging, links.bulk),
    refunds: ({ first }: { first?: number }) =>
      order.refunds
        .slice(0, first)
        .map((refund: Payload) =>
          refundNode(refund, order, lines, { bulk: links.bulk, order: () => orderNode(order, links) }),
        ),
    transactions: ({ first }: { first?: number }) => paymentsOf(order).slice(0, first),
    shippingLines: ({ includeRemovals, ...paging }: Paging & { includeRemovals?: boolean }) =>
      connection(includeRemovals ? parcels : left, (one: Node) => one, paging, links.bulk),
    shippingLine: left[0] ?? null,
  });
}

const times = (order: Payload) => ({
  ...{ createdAt: utc(order.created_at), updatedAt: utc(order.updated_at), processedAt: utc(order.processed_at) },
  ...{ cancelledAt: utc(order.cancelled_at), closedAt: utc(order.closed_at) },
  cancelReason: order.cancel_reason?.toUpperCase() ?? null,
});

function sums(order: Payload) {
  const { currency } = order;
  const back = refunded(order);
  const total = cents(order.total_price);
  const paid = ["paid", "refunded", "partially_refunded"].includes(order.financial_status);
  const of = (name: string, or = name) => bagOf(order, name, currency) ?? bagOf(order, or, currency);
  return {
    ...{
      currencyCode: currency,
      presentmentCurrencyCode: order.presentment_currency,
      taxesIncluded: order.taxes_included,
    },
    ...{ totalPriceSet: of("total_price"), originalTotalPriceSet: of("total_price") },
    currentTotalPriceSet: of("current_total_price", "total_price"),
    ...{
      subtotalPriceSet: of("subtotal_price"),
      currentSubtotalPriceSet: of("current_subtotal_price", "subtotal_price"),
    },
    ...{ totalTaxSet: of("total_tax"), currentTotalTaxSet: of("current_total_tax", "total_tax") },
    ...{ totalDiscountsSet: of("total_discounts"), currentTotalDiscountsSet: of("current_total_discounts") },
    totalShippingPriceSet: of("total_shipping_price") ?? noMoney(currency),
    ...{ totalRefundedSet: bag(back), totalReceivedSet: bag(paid ? total : 0) },
    netPaymentSet: bag(paid ? total - back : 0),
    totalOutstandingSet: bag(cents(order.total_outstanding)),
    totalTipReceivedSet: of("total_tip_received") ?? noMoney(currency),
    ...{ originalTotalDutiesSet: of("original_total_duties"), currentTotalDutiesSet: of("current_total_duties") },
  };
}

const SENT: Record<string, string> = { fulfilled: "FULFILLED", partial: "PARTIALLY_FULFILLED" };

const states = (order: Payload) => ({
  displayFinancialStatus: order.financial_status?.toUpperCase() ?? null,
  displayFulfillmentStatus: SENT[order.fulfillment_status] ?? "UNFULFILLED",
  fullyPaid: order.financial_status === "paid",
  unpaid: order.financial_status === "pending",
});

/** Of where the buyer came from GraphQL knows less than the webhook: no user agent, and the landing page of every other order only. */
function whence(order: Payload) {
  const landing =
    Number(order.id) % 2 === 0 && order.landing_site ? `https://sandbox-shop.myshopify.com${order.landing_site}` : null;
  return {
    ...{
      sourceName: order.source_name,
      sourceIdentifier: null,
      clientIp: order.browser_ip,
      customerLocale: order.customer_locale,
    },
    ...{ cartToken: order.cart_token, checkoutToken: order.checkout_token },
    ...{ landingPageUrl: landing, referrerUrl: null, customerJourneySummary: null, channelInformation: null },
    app: order.app_id
      ? { __typename: "OrderApp", id: `gid://shopify/App/${order.app_id}`, name: "Online Store" }
      : null,
    customAttributes: attributes(order.note_attributes),
    ...{ note: order.note, tags: tagsOf(order.tags), customerAcceptsMarketing: order.buyer_accepts_marketing },
  };
}

const fulfillmentNode = (one: Payload): Node =>
  named("Fulfillment", one.id ?? 1, {
    trackingInfo: () =>
      one.tracking_number ? [{ __typename: "FulfillmentTrackingInfo", number: one.tracking_number }] : [],
  });

function paymentsOf(order: Payload): Node[] {
  const status = order.financial_status === "pending" ? "PENDING" : "SUCCESS";
  const sale = named("OrderTransaction", order.id, {
    ...{ kind: "SALE", status, test: order.test, gateway: "shopify_payments", amountSet: bagOf(order, "total_price") },
    ...{ createdAt: utc(order.created_at), processedAt: utc(order.processed_at), parentTransaction: null },
  });
  const back = order.refunds
    .flatMap(({ transactions }: Payload) => transactions)
    .map((one: Payload) => transactionNode(one, order.currency));
  return order.financial_status === "voided" ? back : [sale, ...back];
}
