// The deliveries that a decision means, page by page in the order of their ids: each page from an index, none looked at twice.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import { byIds, IS_LOST, idsOf, isConnectionId, OPEN, REASON_KEY } from "./group.ts";
import type { Deed, Which } from "./replays.ts";

/** A decision that is not done yet. */
export interface OpenDecision {
  id: string;
  shop: string;
  at: Date;
  what: Exclude<Deed, "read">;
  by: string | null;
  which: Which;
  /** Of a group: its reason, as the index has it. */
  key: string | null;
  /** All up to here are done. */
  upTo: string;
  /** None after it is meant; null: there is none at all. */
  last: string | null;
}

type Page = [shop: string, after: string, last: string | null, most: number];
const page = (which: string) => `
  SELECT d.id
  FROM delivery d
  WHERE d.shop = $1 AND d.id > $2 AND d.id <= $3 AND ${which}
  ORDER BY d.id
  LIMIT $4`;
const NAMED = statement<{ id: string }, [...Page, ids: string[]]>("page-of-named-deliveries")`${page(byIds(5))}`;
const GROUP = statement<{ id: string }, [...Page, connectionId: string, state: string, key: string | null]>(
  "page-of-group",
)`${page(`d.connection_id = $5 AND d.state = $6 AND ${REASON_KEY} = $7 AND ${OPEN}`)}`;
const ALL = statement<{ id: string }, Page>("page-of-all-that-need-a-person")`${page(OPEN)}`;
const DISMISSED = statement<{ id: string }, [...Page, dismissedAt: string, by: string | null]>(
  "page-of-dismissed",
)`${page(`d.dismissed_at = $5 AND d.dismissed_by IS NOT DISTINCT FROM $6 AND ${IS_LOST}`)}`;

/** @returns ids in their order; fewer than `most`: there are no more. */
export async function pageOf(sql: Sql, open: OpenDecision, most: number): Promise<string[]> {
  const { shop, upTo, last, which, key } = open;
  const values: Page = [shop, upTo, last, most];
  return (await rowsOf(sql, values, which, key)).map(({ id }) => id);
}

async function rowsOf(sql: Sql, values: Page, which: Which, key: string | null): Promise<{ id: string }[]> {
  if ("ids" in which) return sql.query(NAMED, [...values, idsOf(which.ids)]);
  if ("all" in which) return sql.query(ALL, values);
  if ("dismissedAt" in which) return sql.query(DISMISSED, [...values, which.dismissedAt, which.by]);
  if (!isConnectionId(which.connectionId)) return [];
  return sql.query(GROUP, [...values, which.connectionId, which.state, key]);
}
