// An order, its lines, transactions and refunds, as GraphQL tells them.
import { connection, type Node, type Paging } from "./connection.ts";
import { cents, type Payload, refunded } from "./memory.ts";
import { addressNode, amount, attributes, bag, named, tagsOf, utc } from "./nodes.ts";

/** What leads from an order to the rest of the shop. */
export interface Links {
  bulk: boolean;
  customer(id: unknown): Node | null;
  product(id: unknown): Node | null;
  variant(id: unknown): Node | null;
}

export function orderNode(order: Payload, links: Links): Node {
  const lines = order.line_items.map((line: Payload) => lineNode(line, order, links));
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
    lineItems: (paging: Paging) => connection(lines, (line: Node) => line, paging, links.bulk),
    refunds: ({ first }: { first?: number }) =>
      order.refunds.slice(0, first).map((refund: Payload) => refundNode(refund, order, lines, links)),
    transactions: ({ first }: { first?: number }) => paymentsOf(order).slice(0, first),
    shippingLines: (paging: Paging) => connection(order.shipping_lines, shippingNode, paging, links.bulk),
    shippingLine: order.shipping_lines[0] ? shippingNode(order.shipping_lines[0]) : null,
  });
}

const times = (order: Payload) => ({
  ...{ createdAt: utc(order.created_at), updatedAt: utc(order.updated_at), processedAt: utc(order.processed_at) },
  ...{ cancelledAt: utc(order.cancelled_at), closedAt: utc(order.closed_at) },
  cancelReason: order.cancel_reason?.toUpperCase() ?? null,
});

function sums(order: Payload) {
  const back = refunded(order);
  const total = cents(order.total_price);
  const paid = ["paid", "refunded", "partially_refunded"].includes(order.financial_status);
  return {
    ...{ currencyCode: order.currency, presentmentCurrencyCode: order.presentment_currency },
    taxesIncluded: order.taxes_included,
    ...{ totalPriceSet: bag(total), currentTotalPriceSet: bag(cents(order.current_total_price) - back) },
    ...{
      subtotalPriceSet: bag(cents(order.subtotal_price)),
      currentSubtotalPriceSet: bag(cents(order.current_subtotal_price) - back),
    },
    ...{ totalTaxSet: bag(cents(order.total_tax)), currentTotalTaxSet: bag(cents(order.current_total_tax)) },
    ...{
      totalDiscountsSet: bag(cents(order.total_discounts)),
      currentTotalDiscountsSet: bag(cents(order.current_total_discounts)),
    },
    totalShippingPriceSet: bag(cents(order.total_shipping_price_set.shop_money.amount)),
    totalRefundedSet: bag(back),
    totalReceivedSet: bag(paid ? total : 0),
    netPaymentSet: bag(paid ? total - back : 0),
    totalOutstandingSet: bag(cents(order.total_outstanding)),
    totalTipReceivedSet: bag(0),
    originalTotalPriceSet: bag(total),
    currentTotalDutiesSet: null,
  };
}

function states(order: Payload) {
  const back = refunded(order);
  const financial =
    back === 0 ? order.financial_status : back < cents(order.total_price) ? "partially_refunded" : "refunded";
  return {
    displayFinancialStatus: String(financial).toUpperCase(),
    displayFulfillmentStatus: order.fulfillment_status === "fulfilled" ? "FULFILLED" : "UNFULFILLED",
    fullyPaid: order.financial_status === "paid",
    unpaid: order.financial_status === "pending",
  };
}

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
    app: { __typename: "OrderApp", id: `gid://shopify/App/${order.app_id}`, name: "Online Store" },
    customAttributes: attributes(order.note_attributes),
    ...{ note: order.note, tags: tagsOf(order.tags), customerAcceptsMarketing: order.buyer_accepts_marketing },
  };
}

function lineNode(line: Payload, order: Payload, links: Links): Node {
  const gone = order.refunds
    .flatMap(({ refund_line_items }: Payload) => refund_line_items)
    .filter(({ line_item_id }: Payload) => line_item_id === line.id)
    .reduce((sum: number, { quantity }: Payload) => sum + quantity, 0);
  const discount = line.discount_allocations.reduce((sum: number, one: Payload) => sum + cents(one.amount), 0);
  const whole = cents(line.price) * line.quantity;
  return named("LineItem", line.id, {
    ...{ name: line.name, title: line.title, variantTitle: line.variant_title, sku: line.sku, vendor: line.vendor },
    ...{ quantity: line.quantity, currentQuantity: line.current_quantity - gone, isGiftCard: line.gift_card },
    ...{ originalUnitPriceSet: bag(cents(line.price)), originalTotalSet: bag(whole), discountedTotalSet: bag(whole) },
    discountedUnitPriceAfterAllDiscountsSet: bag(Math.round((whole - discount) / line.quantity)),
    totalDiscountSet: bag(discount),
    ...{ product: links.product(line.product_id), variant: links.variant(line.variant_id) },
    ...{
      customAttributes: attributes(line.properties),
      requiresShipping: line.requires_shipping,
      taxable: line.taxable,
    },
    discountAllocations: line.discount_allocations.map((one: Payload) => ({
      allocatedAmountSet: bag(cents(one.amount)),
    })),
  });
}

const shippingNode = (line: Payload): Node =>
  named("ShippingLine", line.id, {
    ...{ title: line.title, code: line.code, source: line.source },
    ...{ originalPriceSet: bag(cents(line.price)), discountedPriceSet: bag(cents(line.discounted_price)) },
  });

function paymentsOf(order: Payload): Node[] {
  const total = cents(order.total_price);
  const status = order.financial_status === "pending" ? "PENDING" : "SUCCESS";
  const sale = named("OrderTransaction", order.id, {
    ...{ kind: "SALE", status, test: order.test, gateway: "shopify_payments", amountSet: bag(total) },
    ...{ createdAt: utc(order.created_at), processedAt: utc(order.processed_at), parentTransaction: null },
  });
  const back = order.refunds.flatMap(({ transactions }: Payload) => transactions).map(transactionNode);
  return order.financial_status === "voided" ? back : [sale, ...back];
}

const transactionNode = (one: Payload): Node =>
  named("OrderTransaction", one.id, {
    ...{ kind: one.kind.toUpperCase(), status: one.status.toUpperCase(), test: one.test, gateway: one.gateway },
    ...{ amountSet: bag(cents(one.amount)), createdAt: utc(one.created_at), processedAt: utc(one.processed_at) },
    parentTransaction: null,
  });

function refundNode(refund: Payload, order: Payload, lines: Node[], links: Links): Node {
  const back = refund.transactions.reduce((sum: number, one: Payload) => sum + cents(one.amount), 0);
  const items = refund.refund_line_items.map((one: Payload) => ({
    __typename: "RefundLineItem",
    id: `gid://shopify/RefundLineItem/${one.id}`,
    lineItem: lines.find(({ id }) => id.endsWith(`/${one.line_item_id}`)),
    ...{ quantity: one.quantity, restockType: one.restock_type.toUpperCase(), restocked: true },
    ...{
      priceSet: bag(cents(one.line_item.price)),
      subtotalSet: bag(cents(one.subtotal)),
      totalTaxSet: bag(cents(one.total_tax)),
    },
  }));
  const none = (paging: Paging) => connection([], (one: Node) => one, paging, links.bulk);
  return named("Refund", refund.id, {
    ...{
      legacyResourceId: String(refund.id),
      note: refund.note,
      duties: [],
      totalRefundedSet: bag(back),
      totalRefunded: amount(back),
    },
    ...{ createdAt: utc(refund.created_at), updatedAt: utc(refund.created_at), processedAt: utc(refund.processed_at) },
    order: () => orderNode(order, links),
    refundLineItems: (paging: Paging) => connection(items, (one: Node) => one, paging, links.bulk),
    transactions: (paging: Paging) => connection(refund.transactions, transactionNode, paging, links.bulk),
    ...{ orderAdjustments: none, refundShippingLines: none },
  });
}
