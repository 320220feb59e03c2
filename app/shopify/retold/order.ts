// An order out of GraphQL as orders/updated would have told it. What GraphQL cannot tell (the buyer's browser and its address) is left out, never guessed.
import { z } from "zod";
import { ADDRESS, addressNode, retellAddress } from "./address.ts";
import { buyerNode, CUSTOMER, retellBuyer } from "./customer.ts";
import { lineNode, retellLines, retellShippingLine, shippingLineNode } from "./lines.ts";
import { BAG, bag, inShop, priceSet, twice } from "./money.ts";
import { type RefundNode, retellRefund } from "./refund.ts";
import { type Body, digits, gid, identity, personal, type Seen, withId, word } from "./told.ts";

/** Without its connections, and of its refunds the ids alone: each is asked for by itself. */
export const ORDER = `id name createdAt processedAt updatedAt cancelledAt test taxesIncluded
  currencyCode presentmentCurrencyCode displayFinancialStatus displayFulfillmentStatus
  sourceName app { id } tags customAttributes { key value } cartToken checkoutToken landingPageUrl referrerUrl
  email phone customerLocale customerAcceptsMarketing discountCodes
  totalPriceSet ${BAG} currentTotalPriceSet ${BAG} subtotalPriceSet ${BAG} currentSubtotalPriceSet ${BAG}
  totalTaxSet ${BAG} currentTotalTaxSet ${BAG} totalShippingPriceSet ${BAG} totalTipReceivedSet ${BAG}
  originalTotalDutiesSet ${BAG} currentTotalDutiesSet ${BAG}
  customer { ${CUSTOMER} } billingAddress ${ADDRESS} shippingAddress ${ADDRESS}
  fulfillments { trackingInfo { number } } refunds { id }`;

const text = z.string().nullish();
const maybe = bag.nullish();
export const orderNode = z.object({
  ...{ id: gid, name: z.string(), createdAt: z.string(), processedAt: z.string(), updatedAt: z.string() },
  ...{ cancelledAt: text, test: z.boolean(), taxesIncluded: z.boolean(), tags: z.array(z.string()) },
  ...{ currencyCode: z.string(), presentmentCurrencyCode: z.string() },
  ...{ displayFinancialStatus: text, displayFulfillmentStatus: text, sourceName: text, app: withId.nullish() },
  customAttributes: z.array(z.object({ key: z.string(), value: text })),
  ...{ cartToken: text, checkoutToken: text, landingPageUrl: text, referrerUrl: text },
  ...{ email: text, phone: text, customerLocale: text, customerAcceptsMarketing: z.boolean() },
  discountCodes: z.array(z.string()),
  ...{ totalPriceSet: bag, currentTotalPriceSet: bag, subtotalPriceSet: maybe, currentSubtotalPriceSet: bag },
  ...{ totalTaxSet: maybe, currentTotalTaxSet: bag, totalShippingPriceSet: bag, totalTipReceivedSet: bag },
  ...{ originalTotalDutiesSet: maybe, currentTotalDutiesSet: maybe },
  ...{ customer: buyerNode.nullish(), billingAddress: addressNode.nullish(), shippingAddress: addressNode.nullish() },
  fulfillments: z.array(z.object({ trackingInfo: z.array(z.object({ number: text })) })),
  refunds: z.array(withId),
  ...{
    lineItems: z.object({ nodes: z.array(lineNode) }),
    shippingLines: z.object({ nodes: z.array(shippingLineNode) }),
  },
});
export type OrderNode = z.infer<typeof orderNode>;

/** The body of orders/updated. @param refunds all that `node.refunds` names. */
export function retellOrder(node: OrderNode, refunds: RefundNode[], seen: Seen): Body {
  const lines = retellLines(node.lineItems.nodes, inShop(node.totalTipReceivedSet));
  return {
    ...identity(node.id),
    ...{ name: node.name, test: node.test, taxes_included: node.taxesIncluded, tags: node.tags.join(", ") },
    ...{ created_at: node.createdAt, processed_at: node.processedAt, updated_at: node.updatedAt },
    ...{ cancelled_at: node.cancelledAt ?? null, ...status(node), ...amounts(node), ...whence(node) },
    ...personal({ email: node.email ?? null, phone: node.phone ?? null }, seen),
    ...{ buyer_accepts_marketing: node.customerAcceptsMarketing, customer_locale: node.customerLocale ?? null },
    discount_codes: node.discountCodes.map((code) => ({ code })),
    customer: retellBuyer(node.customer, seen),
    billing_address: retellAddress(node.billingAddress),
    shipping_address: retellAddress(node.shippingAddress),
    line_items: lines,
    shipping_lines: node.shippingLines.nodes.map(retellShippingLine),
    fulfillments: node.fulfillments.map(({ trackingInfo }) => ({ tracking_number: trackingInfo[0]?.number ?? null })),
    refunds: refunds.map((refund) => retellRefund(refund, node.id, lines)),
  };
}

function amounts(node: OrderNode): Body {
  const { currencyCode, presentmentCurrencyCode } = node;
  return {
    ...{ currency: currencyCode, presentment_currency: presentmentCurrencyCode },
    ...twice("total_price", node.totalPriceSet),
    ...twice("current_total_price", node.currentTotalPriceSet),
    ...twice("subtotal_price", node.subtotalPriceSet),
    ...twice("current_subtotal_price", node.currentSubtotalPriceSet),
    ...twice("total_tax", node.totalTaxSet),
    ...twice("current_total_tax", node.currentTotalTaxSet),
    total_shipping_price_set: priceSet(node.totalShippingPriceSet),
    total_tip_received: inShop(node.totalTipReceivedSet),
    original_total_duties_set: priceSet(node.originalTotalDutiesSet),
    current_total_duties_set: priceSet(node.currentTotalDutiesSet),
  };
}

/** By GraphQL's words; a webhook has none for an order of which nothing was sent yet. */
const SENT: Record<string, string> = { FULFILLED: "fulfilled", PARTIALLY_FULFILLED: "partial", RESTOCKED: "restocked" };

const status = ({ displayFinancialStatus, displayFulfillmentStatus }: OrderNode): Body => ({
  financial_status: displayFinancialStatus ? word(displayFinancialStatus) : null,
  fulfillment_status: SENT[displayFulfillmentStatus ?? ""] ?? null,
});

/**
 * A webhook also tells the buyer's browser. Without it, an order that has neither a token nor a landing page may have come by a
 * buyer or not: nothing is said of either then, since a field that is null would say that none did.
 */
function whence(node: OrderNode): Body {
  const { cartToken, checkoutToken, landingPageUrl, referrerUrl } = node;
  const came = cartToken || checkoutToken || landingPageUrl;
  return {
    source_name: node.sourceName ?? null,
    ...(node.app ? { app_id: digits(node.app.id) } : {}),
    note_attributes: node.customAttributes.map(({ key, value }) => ({ name: key, value: value ?? null })),
    ...(came ? { cart_token: cartToken ?? null, checkout_token: checkoutToken ?? null } : {}),
    ...(landingPageUrl ? { landing_site: landingPageUrl } : {}),
    ...(referrerUrl ? { referring_site: referrerUrl } : {}),
  };
}
