// Reads a metafield of products, which no webhook tells.
import { z } from "zod";
import { ask, type Graphql } from "./ask.ts";

const METAFIELDS = `query ProductMetafields($ids: [ID!]!, $namespace: String!, $key: String!) {
  nodes(ids: $ids) { ... on Product { id metafield(namespace: $namespace, key: $key) { value } } } }`;
/** Shopify's limit for `nodes`. */
const MOST = 250;

// A product that is gone is null among the nodes.
const answer = z.object({
  data: z.object({
    nodes: z.array(
      z.object({ id: z.string().optional(), metafield: z.object({ value: z.string() }).nullish() }).nullable(),
    ),
  }),
});

/**
 * @param metafield "namespace.key"
 * @returns its values by product id, without the products that have none; null where Shopify cannot be asked just now.
 */
export async function readMetafields(
  graphql: Graphql,
  metafield: string,
  productIds: string[],
): Promise<Map<string, string> | null> {
  const dot = metafield.lastIndexOf(".");
  const [namespace, key] = [metafield.slice(0, dot), metafield.slice(dot + 1)];
  const found = new Map<string, string>();
  for (let from = 0; from < productIds.length; from += MOST) {
    const ids = productIds.slice(from, from + MOST).map((id) => `gid://shopify/Product/${id}`);
    const said = answer.safeParse(await ask(graphql, METAFIELDS, { ids, namespace, key }));
    if (!said.success) return null;
    for (const node of said.data.data.nodes) {
      const value = node?.metafield?.value.trim();
      if (node?.id && value) found.set(node.id.slice(node.id.lastIndexOf("/") + 1), value);
    }
  }
  return found;
}
