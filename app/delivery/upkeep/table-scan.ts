// Scans a table in the order of its numbers, which is that of the rows' coming: it needs no index, and remembers how far it came.

import type { Sql } from "../../base/database.ts";
import { type Statement, statement } from "../../base/statement.ts";
import type { Road } from "../road.ts";

/** SQL on a row `r` of the table. */
interface Scanned {
  /** By this its place and what it left are remembered. */
  name: string;
  table: keyof typeof CAME;
  /** Which rows it is about; the others are passed for good. */
  about: string;
  /** May it be done now? If not, the row is noted, and looked at again in each round until it may. */
  ready: string;
  /** What is done with the rows of `ready (id)`. */
  act: string;
}

export interface TableScan {
  name: string;
  takeUp: Statement<{ id: string }, [most: number, name: string]>;
  passOn: Statement<{ passed: number; last: string | null }, [most: number, name: string, before: Date, upTo: string]>;
}

export const AT_ONCE = 1_000;

const CAME = { webhook: "received_at", event: "created_at", sent_request: "kept_at" };

/** One batch of what was left before and is ready now, and one of what has become old since. @returns how many rows the larger has. */
export async function step(road: Road, scan: TableScan, before: Date): Promise<number> {
  return road.db.transaction(async (sql) => {
    const late = await sql.query(scan.takeUp, [AT_ONCE, scan.name]);
    return Math.max(late.length, await goOn(sql, scan, before));
  });
}

export const tableScan = ({ name, table, about, ready, act }: Scanned): TableScan => ({
  name,
  takeUp: statement<{ id: string }, [most: number, name: string]>(`take-up-${name.replaceAll(" ", "-")}`)`
    WITH ready AS MATERIALIZED (
      SELECT l.id
      FROM upkeep_left l
      LEFT JOIN ${table} r ON r.id = l.id
      WHERE l.walk = $2 AND (r.id IS NULL OR (${ready}))
      ORDER BY l.id
      LIMIT $1),
    ${act}
    DELETE FROM upkeep_left l
    USING ready
    WHERE l.walk = $2 AND l.id = ready.id
    RETURNING l.id`,
  passOn: statement<{ passed: number; last: string | null }, [most: number, name: string, before: Date, upTo: string]>(
    `scan-${name.replaceAll(" ", "-")}`,
  )`
    WITH next AS MATERIALIZED (
      SELECT r.id, r.${CAME[table]} AS came, (${about}) AS about, (${ready}) AS ready
      FROM ${table} r
      WHERE r.id > $4
      ORDER BY r.id
      LIMIT $1),
    stop AS (SELECT min(id) AS id FROM next WHERE came >= $3),
    passed AS MATERIALIZED (SELECT next.* FROM next, stop WHERE stop.id IS NULL OR next.id < stop.id),
    ready AS MATERIALIZED (SELECT id FROM passed WHERE about AND ready),
    ${act},
    noted AS (
      INSERT INTO upkeep_left (walk, id)
      SELECT $2, id
      FROM passed
      WHERE about AND NOT ready
      ON CONFLICT DO NOTHING)
    SELECT count(*)::int AS passed, max(id) AS last
    FROM passed`,
});

const MARK = statement<{ upTo: string }, [name: string]>("mark-of-scan")`
  SELECT up_to AS "upTo"
  FROM upkeep_mark
  WHERE name = $1
  FOR UPDATE`;
const SET_MARK = statement<never, [name: string, upTo: string]>("set-mark-of-scan")`
  INSERT INTO upkeep_mark (name, up_to)
  VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to`;

async function goOn(sql: Sql, scan: TableScan, before: Date): Promise<number> {
  const [mark] = await sql.query(MARK, [scan.name]);
  const [row] = await sql.query(scan.passOn, [AT_ONCE, scan.name, before, mark?.upTo ?? "0"]);
  if (row?.last) await sql.query(SET_MARK, [scan.name, row.last]);
  return row?.passed ?? 0;
}
