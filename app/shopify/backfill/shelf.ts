// Keeps the lines of a file until they are on the road: a part may stand far behind what it belongs to.
import type { Sql } from "../../base/database.ts";
import { statement } from "../../base/statement.ts";
import type { Line } from "./lines.ts";

const KEEP = statement<
  never,
  [backfillId: string, lines: number[], ids: (string | null)[], parents: (string | null)[], data: string[]]
>("keep-backfill-lines")`
  INSERT INTO backfill_line (backfill_id, line, id, parent, data)
  SELECT $1, line, id, parent, data
  FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS l (line, id, parent, data)
  ON CONFLICT DO NOTHING`;

export async function keepLines(sql: Sql, backfillId: string, lines: Line[]): Promise<void> {
  const column = <Key extends keyof Line>(key: Key) => lines.map((line) => line[key]);
  await sql.query(KEEP, [backfillId, column("line"), column("id"), column("parent"), column("data")]);
}

interface Root {
  line: number;
  id: string;
  data: string;
}
const ROOTS = statement<Root, [backfillId: string, after: number, most: number]>("next-roots-of-backfill")`
  SELECT line, id, data
  FROM backfill_line
  WHERE backfill_id = $1 AND parent IS NULL AND line > $2 AND id IS NOT NULL
  ORDER BY line
  LIMIT $3`;
const PARTS = statement<{ parent: string; data: string }, [backfillId: string, parents: string[]]>(
  "parts-of-backfill-roots",
)`
  SELECT coalesce(parent, '') AS parent, data
  FROM backfill_line
  WHERE backfill_id = $1 AND parent = ANY ($2)
  ORDER BY line`;
const COUNT = statement<{ roots: number }, [backfillId: string]>("count-roots-of-backfill")`
  SELECT count(*)::int AS roots
  FROM backfill_line
  WHERE backfill_id = $1 AND parent IS NULL AND id IS NOT NULL`;

/** A customer, a product or an order with its parts. */
export interface Shelved {
  line: number;
  id: string;
  root: string;
  parts: string[];
}

/** @param after the line up to which all is done. */
export async function takeDown(sql: Sql, backfillId: string, after: number, most: number): Promise<Shelved[]> {
  const roots = await sql.query(ROOTS, [backfillId, after, most]);
  if (roots.length === 0) return [];
  const parts = Map.groupBy(await sql.query(PARTS, [backfillId, roots.map(({ id }) => id)]), ({ parent }) => parent);
  return roots.map(({ line, id, data }) => ({
    ...{ line, id, root: data },
    parts: (parts.get(id) ?? []).map((part) => part.data),
  }));
}

export async function countRoots(sql: Sql, backfillId: string): Promise<number> {
  const [row] = await sql.query(COUNT, [backfillId]);
  return row?.roots ?? 0;
}
