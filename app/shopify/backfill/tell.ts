// What is on the shelf as the webhooks that would have told it: parts joined to what they belong to, refunds asked for one by one. What cannot be read is left out.
import type { What } from "../../destinations/history.ts";
import type { Ask } from "../asking.ts";
import { dataOf, type Outcome } from "../outcome.ts";
import { customerNode, retellCustomer } from "../retold/customer.ts";
import { orderNode, retellOrder } from "../retold/order.ts";
import { productNode, retellProduct } from "../retold/product.ts";
import { REFUND_BY_ID } from "../retold/questions.ts";
import type { RefundNode } from "../retold/refund.ts";
import { type Body, digits } from "../retold/told.ts";
import type { Piece } from "./backfill.ts";
import { count } from "./count.ts";
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
  /** Shopify's ids, as digits, of what cannot be read. */
  leftOut: string[];
  /** The line up to which all is told or left out; null: nothing is. */
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

/** @param how.tries so often in a row the first of them was asked for without an answer of use. */
export async function tell(piece: Piece, shelved: Shelved[], { ask, tries }: { ask: Ask; tries: number }) {
  const { what } = piece;
  const telling: Telling = { told: [], leftOut: [], upTo: null, outcome: null };
  for (const one of shelved) {
    const made = await bodyOf(what, joined(what, one), ask);
    const untold = made && "untold" in made ? made.untold : null;
    if (untold) {
      const again = telling.upTo === null ? tries : 0;
      if (!(await isItsOwn(untold, again, piece, ask))) return { ...telling, outcome: untold };
    }
    if (made && "is" in made) telling.told.push(toldOf(what, one.id, made.is));
    else telling.leftOut.push(digits(one.id));
    telling.upTo = one.line;
  }
  return telling;
}

/** So often Shopify is asked again for a thing that it does not tell, and for one at which it fails. */
const [AGAIN, AGAIN_IF_ILL] = [1, 4];

/** Is it this one thing that Shopify does not tell? Else nothing could be told of any other either. */
async function isItsOwn(untold: Outcome<unknown>, tries: number, piece: Piece, ask: Ask): Promise<boolean> {
  if (untold.is === "done" || untold.is === "refused") return tries >= AGAIN;
  if (untold.is === "partly") return tries >= AGAIN && untold.lacks.every(({ is }) => is === "refused");
  if (untold.is !== "ill" || tries < AGAIN_IF_ILL) return false;
  return (await count(ask, piece)).outcome.is === "done";
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
