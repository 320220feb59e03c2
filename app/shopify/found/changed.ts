// Asks Shopify which orders, customers or products changed in a span of time: their ids, page by page, oldest change first.
import { z } from "zod";
import type { Ask } from "../asking.ts";
import type { Outcome } from "../outcome.ts";
import type { Resource } from "../retold/retell.ts";
import { gid } from "../retold/told.ts";

export interface Changed {
  id: string;
  createdAt: string;
  updatedAt: string;
}
export interface Page {
  changed: Changed[];
  /** null: it is the last one. */
  next: string | null;
}

const PAGE = 100;
const node = z.object({ id: gid, createdAt: z.string(), updatedAt: z.string() });
const list = z.object({
  nodes: z.array(node),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
});
const questionOf = (resource: Resource) => ({
  query: `query Changed($query: String!, $after: String) {
    list: ${resource}(first: ${PAGE}, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id createdAt updatedAt } pageInfo { hasNextPage endCursor } } }`,
  usable: z.object({ list }),
});
const QUESTIONS = {
  orders: questionOf("orders"),
  customers: questionOf("customers"),
  products: questionOf("products"),
};

/** @param after Shopify's cursor; null: from the beginning. */
export async function askChanged(
  ask: Ask,
  resource: Resource,
  { since, until }: { since: Date; until: Date },
  after: string | null,
): Promise<Outcome<Page>> {
  const query = `updated_at:>='${since.toISOString()}' updated_at:<='${until.toISOString()}'`;
  const outcome = await ask(QUESTIONS[resource], { query, after });
  if (outcome.is === "partly") return outcome.lacks[0] ?? { is: "ill", says: "its list was not whole" };
  if (outcome.is !== "done") return outcome;
  const { nodes, pageInfo } = outcome.data.list;
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  return { is: "done", data: { changed: nodes, next } };
}
