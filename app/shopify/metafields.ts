// Reads a metafield of products, which no webhook tells.
import { z } from "zod";
import type { Ask } from "./asking.ts";

/** Shopify's limit for `nodes`. */
const MOST = 250;

const METAFIELDS = {
  query: `query ProductMetafields($ids: [ID!]!, $namespace: String!, $key: String!) {
  nodes(ids: $ids) { ... on Product { id metafield(namespace: $namespace, key: $key) { value } } } }`,
  // A product that is gone is null among the nodes.
  usable: z.object({
    nodes: z.array(
      z.object({ id: z.string().optional(), metafield: z.object({ value: z.string() }).nullish() }).nullable(),
    ),
  }),
};

/**
 * @param metafield "namespace.key"
 * @returns its values by product id, without the products that have none; null where Shopify does not tell all of them just now.
 */
export async function readMetafields(
  ask: Ask,
  metafield: string,
  productIds: string[],
): Promise<Map<string, string> | null> {
  const dot = metafield.lastIndexOf(".");
  const [namespace, key] = [metafield.slice(0, dot), metafield.slice(dot + 1)];
  const found = new Map<string, string>();
  for (let from = 0; from < productIds.length; from += MOST) {
    const ids = productIds.slice(from, from + MOST).map((id) => `gid://shopify/Product/${id}`);
    const told = await ask(METAFIELDS, { ids, namespace, key });
    // A part that was refused would look like a product without a value.
    if (told.is !== "done") return null;
    for (const node of told.data.nodes) {
      const value = node?.metafield?.value.trim();
      if (node?.id && value) found.set(node.id.slice(node.id.lastIndexOf("/") + 1), value);
    }
  }
  return found;
}
