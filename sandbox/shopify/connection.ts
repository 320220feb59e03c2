// Lists as GraphQL hands them out: searched, sorted, in pages with cursors.
import type { Kept, Payload } from "./memory.ts";

// biome-ignore lint/suspicious/noExplicitAny: a node has what its type has
export type Node = Record<string, any>;
export interface Paging {
  first?: number;
  last?: number;
  after?: string;
  before?: string;
  query?: string;
  sortKey?: string;
  reverse?: boolean;
}
/** Shopify's limit for a page. */
const MOST = 250;
const encode = (at: number) => Buffer.from(JSON.stringify({ at })).toString("base64url");
const decode = (cursor: string) => (JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as { at: number }).at;

/** @param all the whole list, made into nodes when their page is asked for. @param bulk a bulk operation has no pages. */
export function connection<Item>(all: Item[], toNode: (item: Item) => Node, paging: Paging, bulk = false) {
  const { first, last, after, before } = paging;
  if (!bulk && first === undefined && last === undefined) throw new Error("you must provide one of first or last");
  const [from, to] = [after ? decode(after) + 1 : 0, before ? decode(before) : all.length];
  const within = all.slice(from, to);
  const size = Math.min(MOST, first ?? last ?? MOST);
  const start = bulk || first !== undefined ? from : Math.max(from, to - size);
  const page = bulk ? within : within.slice(start - from, start - from + size);
  const edges = page.map((item, at) => ({ cursor: encode(start + at), node: toNode(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: start + page.length < all.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const SORTED_BY: Record<string, string> = {
  UPDATED_AT: "updated_at",
  CREATED_AT: "created_at",
  PROCESSED_AT: "processed_at",
};
const TERM =
  /(-?)(created_at|updated_at|processed_at|cancelled_at|id|financial_status|email|test):\s*(>=|<=|>|<)?\s*('[^']*'|"[^"]*"|\S+)/g;

/** What Shopify's search finds, as far as it is stood in for: fields with a comparison, all of which hold. What it does not know it leaves out of account. */
export function found(all: Iterable<Kept>, { query, sortKey, reverse }: Paging, knownUntil: number): Payload[] {
  const tests = [...(query ?? "").matchAll(TERM)].map(([, not, field = "", compare = "", value = ""]) => {
    const holds = holdsOf(field, compare, value.replace(/^['"]|['"]$/g, ""));
    return (payload: Payload) => holds(payload) !== (not === "-");
  });
  const sorted = SORTED_BY[sortKey ?? ""] ?? "id";
  const rank = (payload: Payload) =>
    sorted === "id" ? Number(payload.id) : Date.parse(payload[sorted] ?? payload.updated_at);
  const list = [...all]
    .filter(({ changed, payload }) => changed <= knownUntil && tests.every((test) => test(payload)))
    .map(({ payload }) => payload)
    .sort((one, other) => rank(one) - rank(other) || Number(one.id) - Number(other.id));
  return reverse ? list.reverse() : list;
}

function holdsOf(field: string, compare: string, value: string): (payload: Payload) => boolean {
  const isTime = field.endsWith("_at");
  const wanted = isTime ? Date.parse(value) : field === "id" ? Number(value) : value.toLowerCase();
  return (payload) => {
    const raw = payload[field];
    const has = isTime ? Date.parse(raw) : field === "id" ? Number(raw) : String(raw).toLowerCase();
    if (compare === ">=") return has >= wanted;
    if (compare === ">") return has > wanted;
    if (compare === "<=") return has <= wanted;
    return compare === "<" ? has < wanted : has === wanted;
  };
}
