// Scans a table in the order of its numbers, which is that of the rows' coming: it needs no index, and remembers how far it came.
import type { Sql } from "../../base/database.ts";
import type { Road } from "../road.ts";

/** SQL on a row `r` of the table. */
export interface TableScan {
  /** By this its place and what it left are remembered. */
  name: string;
  table: "webhook" | "event";
  /** Which rows it is about; the others are passed for good. */
  about: string;
  /** May it be done now? If not, the row is noted, and looked at again in each round until it may. */
  ready: string;
  /** What is done with the rows of `ready (id)`. */
  act: string;
}

export const AT_ONCE = 1_000;

const CAME = { webhook: "received_at", event: "created_at" };

/** One batch of what was left before and is ready now, and one of what has become old since. @returns how many rows the larger has. */
export async function step(road: Road, scan: TableScan, before: Date): Promise<number> {
  return road.db.transaction(async (sql) => {
    const late = await sql.query(takeUp(scan), [AT_ONCE, scan.name]);
    return Math.max(late.length, await goOn(sql, scan, before));
  });
}

const takeUp = ({ table, ready, act }: TableScan) => `
  WITH ready AS MATERIALIZED (SELECT l.id FROM upkeep_left l LEFT JOIN ${table} r ON r.id = l.id
      WHERE l.walk = $2 AND (r.id IS NULL OR (${ready})) ORDER BY l.id LIMIT $1),
    ${act}
  DELETE FROM upkeep_left l USING ready WHERE l.walk = $2 AND l.id = ready.id RETURNING 1`;

async function goOn(sql: Sql, scan: TableScan, before: Date): Promise<number> {
  const [mark] = await sql.query<{ upTo: string }>(`SELECT up_to AS "upTo" FROM upkeep_mark WHERE name = $1`, [
    scan.name,
  ]);
  const values = [AT_ONCE, scan.name, before, mark?.upTo ?? "0"];
  const [row] = await sql.query<{ passed: number; last: string | null }>(passOn(scan), values);
  if (row?.last) {
    await sql.query(
      "INSERT INTO upkeep_mark (name, up_to) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to",
      [scan.name, row.last],
    );
  }
  return row?.passed ?? 0;
}

const passOn = ({ table, about, ready, act }: TableScan) => `
  WITH next AS MATERIALIZED (SELECT r.id, r.${CAME[table]} AS came, (${about}) AS about, (${ready}) AS ready
      FROM ${table} r WHERE r.id > $4 ORDER BY r.id LIMIT $1),
    stop AS (SELECT min(id) AS id FROM next WHERE came >= $3),
    passed AS MATERIALIZED (SELECT next.* FROM next, stop WHERE stop.id IS NULL OR next.id < stop.id),
    ready AS MATERIALIZED (SELECT id FROM passed WHERE about AND ready),
    ${act},
    noted AS (INSERT INTO upkeep_left (walk, id) SELECT $2, id FROM passed WHERE about AND NOT ready ON CONFLICT DO NOTHING)
  SELECT count(*)::int AS passed, max(id) AS last FROM passed`;
