// Asks Shopify's Admin API, where a refusal is an answer too.

/** Admin GraphQL, as Shopify's library hands it out. */
export type Graphql = (query: string, options?: { variables?: Record<string, unknown> }) => Promise<Response>;

/** The library's answers to a token that has ended: a redirect for a fresh one, or 401 to a script. Its other Responses are Shopify's refusals. */
const TOKEN_ENDED = new Set([302, 401]);

/** @returns what Shopify said; null where it refused or cannot be reached. A token that has ended is the library's to handle: it throws a Response. */
export async function ask(graphql: Graphql, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  try {
    return await (await graphql(query, { variables })).json();
  } catch (error) {
    if (error instanceof Response && TOKEN_ENDED.has(error.status)) throw error;
    return null;
  }
}
