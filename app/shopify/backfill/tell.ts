// What is on the shelf as the webhooks that would have told it: parts joined to what they belong to, refunds asked for one by one.
import type { What } from "../../destinations/history.ts";
import type { Ask } from "../asking.ts";
import { dataOf, type Outcome } from "../outcome.ts";
import { customerNode, retellCustomer } from "../retold/customer.ts";
import { orderNode, retellOrder } from "../retold/order.ts";
import { productNode, retellProduct } from "../retold/product.ts";
import { REFUND_BY_ID } from "../retold/questions.ts";
import type { RefundNode } from "../retold/refund.ts";
import { type Body, digits } from "../retold/told.ts";
import type { Shelved } from "./shelf.ts";

export interface Told {
  topic: string;
  /** Shopify's id, as digits. */
  id: string;
  /** When it was so: a webhook that tells of the same moment is the newer word. */
  at: string | null;
  body: string;
}
export interface Telling {
  told: Told[];
  /** The line up to which all is told; null: nothing is. */
  upTo: number | null;
  /** What Shopify said where it did not tell what the next one needs; null: it told all. */
  outcome: Outcome<unknown> | null;
}

/** The lists of parts that each of them has, by the type in a part's id. */
const LISTS: Record<What, Record<string, string>> = {
  customers: { MailingAddress: "addressesV2" },
  products: { ProductVariant: "variants", ProductImage: "images", MediaImage: "images" },
  orders: { LineItem: "lineItems", ShippingLine: "shippingLines" },
};
/** A file does not say what may not be seen: null in it says nothing. */
const SEEN = "without protected data";

export async function tell(what: What, shelved: Shelved[], ask: Ask): Promise<Telling> {
  const telling: Telling = { told: [], upTo: null, outcome: null };
  for (const one of shelved) {
    const body = await bodyOf(what, joined(what, one), ask);
    if (body && "untold" in body) return { ...telling, outcome: body.untold };
    if (body) telling.told.push(toldOf(what, one.id, body.is));
    telling.upTo = one.line;
  }
  return telling;
}

const TOPICS: Record<What, string> = {
  customers: "customers/update",
  products: "products/update",
  orders: "orders/updated",
};

const toldOf = (what: What, id: string, body: Body): Told => ({
  ...{ topic: TOPICS[what], id: digits(id), body: JSON.stringify(body) },
  at: typeof body.updated_at === "string" ? body.updated_at : null,
});

function joined(what: What, { root, parts }: Shelved): Record<string, unknown> {
  const lists = Object.values(LISTS[what]).map((name) => [name, { nodes: [] as unknown[] }] as const);
  const node = { ...(JSON.parse(root) as object), ...Object.fromEntries(lists) } as Record<string, unknown>;
  for (const text of parts) {
    const part = JSON.parse(text) as { id?: unknown };
    const type = /^gid:\/\/shopify\/(\w+)\//.exec(String(part.id))?.[1] ?? "";
    const list = node[LISTS[what][type] ?? ""] as { nodes: unknown[] } | undefined;
    list?.nodes.push(part);
  }
  return node;
}

type Made = { is: Body } | { untold: Outcome<unknown> } | null;

/** null: it is nothing that can be read, and is left out. */
async function bodyOf(what: What, node: Record<string, unknown>, ask: Ask): Promise<Made> {
  if (what === "orders") return orderOf(node, ask);
  if (what === "customers") {
    const read = customerNode.safeParse(node);
    return read.success ? { is: retellCustomer(read.data, SEEN) } : null;
  }
  const read = productNode.safeParse(node);
  return read.success ? { is: retellProduct(read.data) } : null;
}

async function orderOf(node: Record<string, unknown>, ask: Ask): Promise<Made> {
  const read = orderNode.safeParse(node);
  if (!read.success) return null;
  const refunds: RefundNode[] = [];
  for (const { id } of read.data.refunds) {
    const outcome = await ask(REFUND_BY_ID, { id });
    const refund = dataOf(outcome)?.refund;
    if (!refund) return { untold: outcome };
    refunds.push(refund);
  }
  return { is: retellOrder(read.data, refunds, SEEN) };
}
