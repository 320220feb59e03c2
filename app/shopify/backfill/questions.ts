// What a bulk operation is asked for: customers, products or orders of a span, each connection's nodes as lines of their own.
import type { What } from "../../destinations/history.ts";
import { ADDRESS, CUSTOMER } from "../retold/customer.ts";
import { LINE, SHIPPING_LINE } from "../retold/lines.ts";
import { ORDER } from "../retold/order.ts";
import { IMAGE, PRODUCT, VARIANT } from "../retold/product.ts";
import type { Piece } from "./backfill.ts";

type Span = Pick<Piece, "what" | "since" | "until">;

/** Shopify's search for what was made in the span. */
export const searchOf = ({ since, until }: Omit<Span, "what">): string =>
  `created_at:>='${since}' AND created_at:<'${until}'`;

const nodes = (fields: string) => `{ edges { node { ${fields} } } }`;

// Refunds' own lists hang in a plain list, which no bulk operation takes: an order tells their ids.
const FIELDS: Record<What, string> = {
  customers: `${CUSTOMER} addressesV2 ${nodes(ADDRESS.slice(1, -1))}`,
  products: `${PRODUCT} variants ${nodes(VARIANT)} images ${nodes(IMAGE)}`,
  orders: `${ORDER} lineItems ${nodes(LINE)} shippingLines(includeRemovals: true) ${nodes(SHIPPING_LINE)}`,
};

export const questionFor = (piece: Span): string =>
  `{ ${piece.what}(query: ${JSON.stringify(searchOf(piece))}) ${nodes(FIELDS[piece.what])} }`;
