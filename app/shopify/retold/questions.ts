// What Shopify is asked to tell of one thing by its id; none costs more than Shopify takes for one question (1,000 points).
import { z } from "zod";
import { ADDRESS, CUSTOMER, customerNode } from "./customer.ts";
import { LINE, lineNode, SHIPPING_LINE } from "./lines.ts";
import { ORDER, orderNode } from "./order.ts";
import { IMAGE, MOST_VARIANTS, PRODUCT, productNode, VARIANT } from "./product.ts";
import { REFUND, refundNode } from "./refund.ts";

const LINES = `pageInfo { hasNextPage endCursor } nodes { ${LINE} }`;
const page = z.object({ pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }) });

export const ORDER_BY_ID = {
  query: `query OneOrder($id: ID!) { order(id: $id) { ${ORDER}
    lineItems(first: 40) { ${LINES} }
    shippingLines(first: 5, includeRemovals: true) { nodes { ${SHIPPING_LINE} } } } }`,
  usable: z.object({ order: orderNode.extend({ lineItems: page.extend({ nodes: z.array(lineNode) }) }).nullable() }),
};

export const MORE_LINES = {
  query: `query MoreLines($id: ID!, $after: String) { order(id: $id) {
    lineItems(first: 50, after: $after) { ${LINES} } } }`,
  usable: z.object({ order: z.object({ lineItems: page.extend({ nodes: z.array(lineNode) }) }) }),
};

export const REFUND_BY_ID = {
  query: `query OneRefund($id: ID!) { refund(id: $id) { ${REFUND} } }`,
  usable: z.object({ refund: refundNode.nullable() }),
};

export const CUSTOMER_BY_ID = {
  query: `query OneCustomer($id: ID!) { customer(id: $id) { ${CUSTOMER} addressesV2(first: 50) { nodes { ${ADDRESS.slice(1, -1)} } } } }`,
  usable: z.object({ customer: customerNode.nullable() }),
};

export const PRODUCT_BY_ID = {
  query: `query OneProduct($id: ID!) { product(id: $id) { ${PRODUCT}
    variants(first: ${MOST_VARIANTS}) { nodes { ${VARIANT} } }
    images(first: 250) { pageInfo { hasNextPage } nodes { ${IMAGE} } } } }`,
  usable: z.object({ product: productNode.nullable() }),
};
